import type { TargetedClipboardEvent } from "preact";
import { useRef } from "preact/hooks";
import { type ControlProps, controlProps } from "./control-props.ts";
import { useDraft } from "./use-draft.ts";

/** A longer text is not laid out: with five million characters that takes 300 MB, and a second at each change. */
const LONGEST_SHOWN = 100_000;
const EXCERPT = 2000;

/** A line of text, or a box of several lines. */
export function TextControl(props: ControlProps<"text">) {
  const { spec } = props;
  const [value, set] = useDraft<string>(props);
  if ((spec.rows ?? 1) > 1) return <TextBox {...props} value={value} set={set} />;
  const shared = sharedProps(props);
  return (
    <div class="control is-text">
      <label for={shared.id}>{spec.label}</label>
      <input type="text" value={value} {...shared} onInput={(event) => set(event.currentTarget.value)} />
    </div>
  );
}

const sharedProps = (props: ControlProps<"text">) => ({
  ...controlProps(props),
  placeholder: props.spec.placeholder,
  maxLength: props.spec.maxLength,
  spellcheck: false,
  autocomplete: "off",
});

type BoxProps = ControlProps<"text"> & { value: string; set: (value: string) => void };

function TextBox({ value, set, ...props }: BoxProps) {
  const { rows, label, maxLength } = props.spec;
  const box = useRef<HTMLTextAreaElement>(null);
  const shared = sharedProps(props);
  const isLong = value.length > LONGEST_SHOWN;

  const paste = (event: TargetedClipboardEvent<HTMLTextAreaElement>): void => {
    const text = event.clipboardData?.getData("text/plain").replace(/\r\n?/g, "\n") ?? "";
    if (text.length <= LONGEST_SHOWN) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    const whole = isLong ? text : value.slice(0, selectionStart) + text + value.slice(selectionEnd);
    set(whole.slice(0, maxLength));
  };
  const clear = (): void => {
    set("");
    box.current?.focus();
  };

  return (
    <div class="control is-box">
      <label for={shared.id}>{label}</label>
      <textarea
        {...shared}
        ref={box}
        rows={rows}
        value={isLong ? `${value.slice(0, EXCERPT)} …` : value}
        readOnly={isLong}
        aria-describedby={isLong ? `${shared.id}-state` : undefined}
        onPaste={paste}
        onInput={(event) => set(event.currentTarget.value)}
      />
      {isLong && (
        <p class="control-state" id={`${shared.id}-state`} role="status">
          In use: {value.length.toLocaleString("en-US")} characters. The box shows the first{" "}
          {EXCERPT.toLocaleString("en-US")}.{" "}
          <button type="button" onClick={clear}>
            Clear
          </button>
        </p>
      )}
    </div>
  );
}
