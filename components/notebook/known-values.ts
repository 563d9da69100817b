import type { PrerenderedCell } from "#src/notebook/runtime/message.ts";
import { termOf } from "./term-of.ts";
import { valueText } from "./value-text.ts";

/** A name of a cell that stands for a quantity of the course, with what it holds. */
export interface KnownValue {
  term: string;
  name: string;
  /** a number, or shape and first entries of an array */
  text: string;
}

type Values = Pick<PrerenderedCell, "values" | "arrays">;

/** What `data-known` of a cell says: the page shows it where a symbol of an equation is pointed at. Undefined when there is nothing. */
export function knownValues({ values, arrays = {} }: Values): string | undefined {
  const scalars = Object.entries(values).map(([name, value]) => [name, valueText(value)] as const);
  const known = [...scalars, ...Object.entries(arrays)].flatMap(([name, text]): KnownValue[] => {
    const term = termOf(name);
    return term ? [{ term, name, text }] : [];
  });
  return known.length > 0 ? JSON.stringify(known) : undefined;
}
