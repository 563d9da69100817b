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
  const field = control as HTMLInputElement;
  if (field.type === "checkbox") return field.checked;
  if (field.type === "range" || field.type === "number") return Number(field.value);
  if (field.type !== "file") return field.value;
  const file = field.files?.[0];
  if (!file) return null;
  const read = await readTextFile(file, FILE_LIMIT);
  if ("problem" in read) throw new Error(read.problem);
  return read.value;
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
