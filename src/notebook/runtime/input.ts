import { type Bundle, DISPLAY, INPUT_MIME, type InputSpec, type InputValue } from "./bundle.ts";

type Options<K extends InputSpec["kind"]> = Omit<
  Extract<InputSpec, { kind: K }>,
  "kind" | "cell" | "name" | "value" | "label"
> & {
  /** shown before the control; the name of the value when absent */
  label?: string;
};

/** A control: in its own cell an object, in every other cell its current value. */
export class Input {
  readonly spec: DistributiveOmit<InputSpec, "cell" | "name">;
  cell = "";
  name = "";
  value: InputValue;
  constructor(spec: DistributiveOmit<InputSpec, "cell" | "name">) {
    this.spec = spec;
    this.value = spec.value;
  }
  /** Lets the defining cell compute with it: `2 * hidden`. */
  valueOf(): InputValue {
    return this.value;
  }
  [DISPLAY](): Bundle {
    const label = this.spec.label || this.name;
    const value = echo(this.value);
    const spec = { ...this.spec, label, cell: this.cell, name: this.name, value } as InputSpec;
    return { "text/plain": `${label}: ${describeValue(this.value)}`, [INPUT_MIME]: spec };
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

const describeValue = (value: InputValue): string => {
  if (value === null) return "nothing chosen";
  const text = typeof value === "object" ? value.name : String(value);
  return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)} …` : text;
};

const LONGEST_LINE = 200;
const LONGEST_ECHO = 500_000;

/** A long text of the reader's does not travel back to the page, which has it: its beginning stands for it. */
function echo(value: InputValue): InputValue {
  if (typeof value === "string") return value.slice(0, LONGEST_ECHO);
  return typeof value === "object" && value ? { ...value, text: value.text.slice(0, LONGEST_ECHO) } : value;
}

/** Controls whose values other cells read: `const hidden = input.range([8, 64], { step: 8, value: 32 })`. */
export const input = {
  /** A slider over [min, max]; `value` defaults to the middle, `step` to a hundredth of the range. */
  range([min, max]: [number, number], options: Partial<Options<"range">> & { value?: number } = {}): number {
    if (!(min < max))
      throw new RangeError(`input.range: expected [min, max] with min < max, got [${min}, ${max}]`);
    const step = options.step ?? (max - min) / 100;
    const value = options.value ?? min + Math.round((max - min) / 2 / step) * step;
    if (value < min || value > max)
      throw new RangeError(`input.range: value ${value} is outside [${min}, ${max}]`);
    return asValue(new Input({ kind: "range", label: "", ...options, min, max, step, value }));
  },
  /** One of several texts; the first is chosen unless `value` says otherwise. */
  select<T extends string>(choices: readonly T[], options: { label?: string; value?: T } = {}): T {
    const value = options.value ?? choices[0];
    if (value === undefined || !choices.includes(value))
      throw new RangeError(`input.select: ${JSON.stringify(value)} is not one of ${JSON.stringify(choices)}`);
    return asValue(new Input({ kind: "select", label: options.label ?? "", options: [...choices], value }));
  },
  /** A line of text, or a box of `rows` lines. */
  text(options: Partial<Options<"text">> & { value?: string } = {}): string {
    return asValue(new Input({ kind: "text", label: "", value: "", ...options }));
  },
  /** On or off. */
  toggle(options: { label?: string; value?: boolean } = {}): boolean {
    return asValue(new Input({ kind: "toggle", label: options.label ?? "", value: options.value ?? false }));
  },
  /** A button; its value is the number of times it was pressed. */
  button(label: string): number {
    return asValue(new Input({ kind: "button", label, value: 0 }));
  },
  /** A text file of the reader's, at most 5 MB: `{ name, text }`, or null until one is chosen. */
  file(options: Partial<Options<"file">> = {}): { name: string; text: string } | null {
    return asValue(new Input({ kind: "file", label: "", maxBytes: 5_000_000, ...options, value: null }));
  },
};

/** For the types of cells an input is its value; the runtime replaces the object when the cell has run. */
const asValue = <T>(control: Input): T => control as unknown as T;
