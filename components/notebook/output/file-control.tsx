import { useRef, useState } from "preact/hooks";
import { type ControlProps, controlProps } from "./control-props.ts";
import { type ReadFile, readTextFile, sizeText } from "./read-text-file.ts";
import { useDraft } from "./use-draft.ts";

type TextFile = { name: string; text: string };

/** Takes a text file of the reader's. It is read in the page and goes nowhere but to the lesson's cells. */
export function FileControl(props: ControlProps<"file">) {
  const { spec } = props;
  const [value, set] = useDraft<TextFile | null>(props);
  const [problem, setProblem] = useState("");
  const latest = useRef(0);
  const { id } = controlProps(props);

  const choose = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const turn = ++latest.current;
    const read: ReadFile = await readTextFile(file, spec.maxBytes);
    // a file that was chosen later has overtaken this one
    if (turn !== latest.current) return;
    setProblem("problem" in read ? read.problem : "");
    if ("value" in read) set(read.value);
  };

  return (
    <div class="control is-file">
      <label for={id}>{spec.label}</label>
      <input
        {...controlProps(props)}
        type="file"
        accept={spec.accept}
        aria-describedby={`${id}-state`}
        onChange={(event) => void choose(event.currentTarget.files?.[0])}
      />
      <p class={problem ? "control-problem" : "control-state"} id={`${id}-state`} role="status">
        {problem || stateText(value, spec.maxBytes)}
      </p>
    </div>
  );
}

function stateText(value: TextFile | null, limit: number): string {
  if (!value) return `A text file of at most ${sizeText(limit)}. It stays on this computer.`;
  return `In use: ${value.name}, ${value.text.length.toLocaleString("en-US")} characters.`;
}
