import type { InputSpec, InputValue } from "./bundle.ts";

/** A control by what it accepts, whoever's it is. */
type Control = InputSpec extends infer Spec
  ? Spec extends InputSpec
    ? Omit<Spec, "cell" | "name">
    : never
  : never;

/** The stored value if the control, as it is defined now, could have produced it. */
export function fittingValue(spec: Control, stored: InputValue | undefined): InputValue {
  if (stored === undefined) return spec.value;
  switch (spec.kind) {
    case "range":
      return typeof stored === "number" && stored >= spec.min && stored <= spec.max ? stored : spec.value;
    case "select":
      return typeof stored === "string" && spec.options.includes(stored) ? stored : spec.value;
    case "text":
      return typeof stored === "string" ? stored.slice(0, spec.maxLength) : spec.value;
    case "toggle":
      return typeof stored === "boolean" ? stored : spec.value;
    case "button":
      return typeof stored === "number" ? stored : spec.value;
    case "file":
      return typeof stored === "object" && stored !== null ? stored : spec.value;
  }
}
