import type { InputValue } from "#src/notebook/runtime/bundle.ts";
import { rangeText } from "./output/controls.tsx";
import { readTextFile } from "./output/read-text-file.ts";

/** The limit of a file for a control that is not live yet; the cell's own limit holds from its first run on. */
const FILE_LIMIT = 5_000_000;

/** The name under which a control's value belongs to its cell. */
export const controlName = (control: HTMLElement): string => control.dataset["input"] ?? "";

/**
 * The value that a native control of a resting output holds. A button's is the number of times it was pressed.
 * @throws with a sentence for the reader when a file is refused
 */
export async function controlValue(control: HTMLElement, before?: InputValue): Promise<InputValue> {
  if (control.tagName === "BUTTON") return (typeof before === "number" ? before : 0) + 1;
  const plain = plainValue(control);
  if (plain !== undefined) return plain;
  const file = (control as HTMLInputElement).files?.[0];
  if (!file) return null;
  const read = await readTextFile(file, FILE_LIMIT);
  if ("problem" in read) throw new Error(read.problem);
  return read.value;
}

/** The value that a control holds by itself; undefined for buttons and files, which hold none that could be put back. */
export function plainValue(control: HTMLElement): InputValue | undefined {
  const field = control as HTMLInputElement;
  if (control.tagName === "BUTTON" || field.type === "file") return undefined;
  if (field.type === "checkbox") return field.checked;
  return field.type === "range" || field.type === "number" ? Number(field.value) : field.value;
}

/** The value that a resting control had in the author's run: its page says so, whatever the reader has done to it since. */
export function originalValue(control: HTMLElement): InputValue | undefined {
  if (plainValue(control) === undefined) return undefined;
  const { type, defaultChecked, defaultValue } = control as HTMLInputElement;
  if (type === "checkbox") return defaultChecked;
  if (control.tagName === "SELECT")
    return [...(control as HTMLSelectElement).options].find((option) => option.defaultSelected)?.value;
  return type === "range" || type === "number" ? Number(defaultValue) : defaultValue;
}

/** The number beside a slider follows it before the cell is live. */
export function showReadout(control: HTMLElement): void {
  const { id, type, value, step } = control as HTMLInputElement;
  const readout = type === "range" ? control.parentElement?.querySelector("output") : undefined;
  if (!readout || readout.htmlFor?.value !== id) return;
  const unit = /\u202f.*$/.exec(readout.textContent ?? "")?.[0] ?? "";
  readout.textContent = rangeText(Number(value), Number(step) || 1) + unit;
}

/** Shows a stored value in a control of a resting output. Files cannot be put back into their control. */
export function showControlValue(control: HTMLElement, value: InputValue): void {
  const field = control as HTMLInputElement;
  if (control.tagName === "BUTTON" || field.type === "file" || typeof value === "object") return;
  if (field.type === "checkbox") field.checked = value === true;
  else field.value = String(value);
  showReadout(control);
}
