import { type Bundle, DISPLAY } from "#src/notebook/runtime/bundle.ts";

/** A formula: tex`\frac{${a}}{2}` shows it set; values are put into the source as numbers. */
export function tex(strings: TemplateStringsArray, ...values: unknown[]): { [DISPLAY](): Bundle } {
  const source = String.raw(strings, ...values);
  return { [DISPLAY]: () => ({ "text/plain": source, "text/latex": source }) };
}

export const create = () => ({ tex });
