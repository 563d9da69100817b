import { assert } from "#src/util/assert.ts";

/** Draws words by given weights with one random number and one look: half of each column is one word, half another. */
export interface AliasTable {
  /** of 2³²: below it the column's own word is drawn, uint32 [V] */
  threshold: Uint32Array;
  /** the other word, int32 [V] */
  alias: Int32Array;
}

/**
 * A table that draws index k with probability weights[k] / Σ weights.
 *
 * Source: Walker 1977, built in linear time as by Vose 1991.
 *
 * @throws Error for a weight that is negative or no number, or when all are 0
 */
export function aliasTable(weights: ArrayLike<number>): AliasTable {
  const V = weights.length;
  let total = 0;
  for (let k = 0; k < V; k++) {
    assert(weights[k] >= 0, `aliasTable: weights must not be negative, got ${weights[k]} at ${k}`);
    total += weights[k];
  }
  assert(total > 0 && total < Infinity, `aliasTable: the weights must add up to more than 0, got ${total}`);
  const height = Float64Array.from(weights, (weight) => (weight * V) / total);
  const alias = Int32Array.from({ length: V }, (_, k) => k);
  const [low, high]: [number[], number[]] = [[], []];
  height.forEach((h, k) => (h < 1 ? low : high).push(k));
  while (low.length && high.length) {
    const [short, tall] = [low.pop()!, high.at(-1)!];
    alias[short] = tall;
    height[tall] -= 1 - height[short];
    if (height[tall] < 1) low.push(high.pop()!);
  }
  // what rounding left over is full
  for (const k of [...low, ...high]) height[k] = 1;
  return {
    threshold: Uint32Array.from(height, (h) => Math.min(2 ** 32 - 1, Math.floor(h * 2 ** 32))),
    alias,
  };
}

/** The word that a random number of 32 bits draws. */
export function drawFrom({ threshold, alias }: AliasTable, bits: number): number {
  const x = bits * threshold.length;
  const column = Math.floor(x / 2 ** 32);
  return x - column * 2 ** 32 < threshold[column] ? column : alias[column];
}
