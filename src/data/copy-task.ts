import { assert, assertCount } from "#src/util/assert.ts";
import type { Rng } from "#src/util/rng.ts";
import { assertOneOf, assertRng, between } from "./draw.ts";

export interface CopyExample {
  /** tokens 1 … symbols; 0 is left free for padding */
  source: number[];
  /** the same tokens, in the same or in reversed order */
  target: number[];
  /** for each target position, the source position that it is a copy of */
  alignment: number[];
}

/**
 * Sequences to be written down again after they were read, whole or backwards: what a fixed-size code must hold.
 *
 * @param options.length how many tokens, or the least and the most, default [3, 10]
 * @param options.symbols how many different tokens, default 8
 * @param options.order "same" (default) or "reversed"
 */
export function copyTask(options: {
  count: number;
  rng: Rng;
  length?: number | [least: number, most: number];
  symbols?: number;
  order?: "same" | "reversed";
}): CopyExample[] {
  const { count, rng, length = [3, 10], symbols = 8, order = "same" } = options;
  assertCount("copyTask", "count", count);
  assertRng("copyTask", rng);
  const [least, most] = typeof length === "number" ? [length, length] : length;
  assertCount("copyTask", "length", least);
  assert(most >= least, `copyTask: length must be [least, most], got [${least}, ${most}]`);
  assertCount("copyTask", "length", most);
  assertCount("copyTask", "symbols", symbols, 2);
  assertOneOf("copyTask", "order", order, ["same", "reversed"]);
  return Array.from({ length: count }, () => {
    const T = between(rng, least, most);
    const source = Array.from({ length: T }, () => 1 + rng.integer(symbols));
    const alignment = source.map((_, t) => (order === "same" ? t : T - 1 - t));
    return { source, target: alignment.map((t) => source[t]), alignment };
  });
}
