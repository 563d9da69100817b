import type { InputSpec, InputValue } from "#src/notebook/runtime/bundle.ts";
import { idPart } from "./output-id.ts";

export type OnInput = (name: string, value: InputValue) => void;
export type Kind<K extends InputSpec["kind"]> = Extract<InputSpec, { kind: K }>;

export interface ControlProps<K extends InputSpec["kind"] = InputSpec["kind"]> {
  spec: Kind<K>;
  /** stands before the control's id */
  prefix: string;
  /** what the reader gave the control last, perhaps before it was live */
  held?: InputValue;
  onInput?: OnInput;
}

export type Named = Pick<InputSpec, "cell" | "name">;

/** How a page script that has not loaded the components finds a control: by input and cell. */
export const controlProps = ({ spec, prefix }: { spec: Named; prefix: string }) => ({
  id: `${prefix}${idPart(spec.name)}`,
  "data-input": spec.name,
  "data-cell": spec.cell,
});
