import { useRef, useState } from "preact/hooks";
import { type ControlProps, controlProps } from "./control-props.ts";
import { type ReadFile, readTextFile, sizeText } from "./read-text-file.ts";

/** Takes a text file of the reader's. It is read in the page and goes nowhere but to the lesson's cells. */
export function FileControl(props: ControlProps<"file">) {
  const { spec, onInput } = props;
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
    if ("value" in read) onInput?.(spec.name, read.value);
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
        {problem || stateText(props)}
      </p>
    </div>
  );
}

function stateText({ spec }: ControlProps<"file">): string {
  if (!spec.value) return `A text file of at most ${sizeText(spec.maxBytes)}. It stays on this computer.`;
  return `In use: ${spec.value.name}, ${spec.value.text.length.toLocaleString("en-US")} characters.`;
}
