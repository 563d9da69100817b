import { type ControlProps, controlProps } from "./control-props.ts";
import { FileControl } from "./file-control.tsx";
import { TextControl } from "./text-control.tsx";
import { idPart } from "./output-id.ts";
import { useDraft } from "./use-draft.ts";

/** A native control for an input of a cell. It is complete in the page before any script runs. */
export function Control({ spec, ...rest }: ControlProps) {
  switch (spec.kind) {
    case "range":
      return <RangeControl spec={spec} {...rest} />;
    case "select":
      return <SelectControl spec={spec} {...rest} />;
    case "text":
      return <TextControl spec={spec} {...rest} />;
    case "toggle":
      return <ToggleControl spec={spec} {...rest} />;
    case "button":
      return <ButtonControl spec={spec} {...rest} />;
    case "file":
      return <FileControl spec={spec} {...rest} />;
  }
}

export const controlId = (prefix: string, name: string): string => `${prefix}${idPart(name)}`;

function RangeControl(props: ControlProps<"range">) {
  const { spec } = props;
  const [value, set] = useDraft<number>(props);
  const id = controlProps(props).id;
  const unit = spec.unit ? `\u202f${spec.unit}` : "";
  return (
    <div class="control is-range">
      <label for={id}>{spec.label}</label>
      <input
        {...controlProps(props)}
        type="range"
        min={spec.min}
        max={spec.max}
        step={spec.step}
        value={value}
        aria-valuetext={unit ? `${rangeText(value, spec.step)}${unit}` : undefined}
        onInput={(event) => set(event.currentTarget.valueAsNumber)}
      />
      <output for={id} class="control-value">
        {rangeText(value, spec.step)}
        {unit}
      </output>
    </div>
  );
}

/** As many decimals as the step has, so that the text keeps its width while the slider moves. */
export function rangeText(value: number, step: number): string {
  const decimals = /\.(\d+)$/.exec(String(step))?.[1]?.length ?? 0;
  const isTiny = step < 1e-6 && step > 0;
  const text = isTiny ? value.toPrecision(4) : value.toFixed(Math.min(decimals, 6));
  return text.replace("-", "\u2212");
}

function SelectControl(props: ControlProps<"select">) {
  const { spec } = props;
  const [value, set] = useDraft<string>(props);
  return (
    <div class="control">
      <label for={controlProps(props).id}>{spec.label}</label>
      <select {...controlProps(props)} value={value} onInput={(event) => set(event.currentTarget.value)}>
        {spec.options.map((option) => (
          <option key={option} value={option} selected={option === value}>
            {option}
          </option>
        ))}
      </select>
    </div>
  );
}

function ToggleControl(props: ControlProps<"toggle">) {
  const [value, set] = useDraft<boolean>(props);
  const id = controlProps(props).id;
  return (
    <div class="control is-toggle">
      <input
        {...controlProps(props)}
        type="checkbox"
        checked={value}
        onInput={(event) => set(event.currentTarget.checked)}
      />
      <label for={id}>{props.spec.label}</label>
    </div>
  );
}

/** A button's value is the number of times it was pressed. */
function ButtonControl(props: ControlProps<"button">) {
  const [value, set] = useDraft<number>(props);
  return (
    <div class="control is-button">
      <button {...controlProps(props)} type="button" onClick={() => set(value + 1)}>
        {props.spec.label}
      </button>
    </div>
  );
}
