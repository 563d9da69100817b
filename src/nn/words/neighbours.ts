import { assert, assertCount } from "#src/util/assert.ts";
import { rowOf, type WordVectors } from "./word-vectors.ts";

/** A word and the cosine of the angle to what was asked. */
export interface Neighbour {
  word: string;
  cosine: number;
}

/**
 * The cosine of the angle between two vectors, −1 … 1: u·v / (‖u‖ ‖v‖). 0 when one of them is zero.
 *
 * @throws Error for different lengths
 */
export function cosine(u: ArrayLike<number>, v: ArrayLike<number>): number {
  assert(
    u.length === v.length,
    `cosine: expected two vectors of one length, got ${u.length} and ${v.length}`,
  );
  let [product, uu, vv] = [0, 0, 0];
  for (let k = 0; k < u.length; k++) {
    product += u[k] * v[k];
    uu += u[k] * u[k];
    vv += v[k] * v[k];
  }
  return uu > 0 && vv > 0 ? product / Math.sqrt(uu * vv) : 0;
}

/**
 * The words whose vectors make the smallest angle with a word's, or with a vector [D], best first.
 *
 * @throws RangeError for a word without a vector, or a vector of another length
 */
export function neighbours(
  vectors: WordVectors,
  of: string | ArrayLike<number>,
  { n = 10, without = [] }: { n?: number; without?: readonly string[] } = {},
): Neighbour[] {
  assertCount("neighbours", "n", n);
  const { dimension: D, unit, words } = vectors;
  const hidden = new Set(without.map((word) => vectors.indexOf(word)));
  let query: ArrayLike<number>;
  if (typeof of === "string") {
    const row = rowOf(vectors, of);
    hidden.add(row);
    query = unit.subarray(row * D, (row + 1) * D);
  } else query = lengthOne(of, D);
  const cosines = Float64Array.from(words, (_, row) => {
    let sum = 0;
    for (let k = 0; k < D; k++) sum += unit[row * D + k] * query[k];
    return hidden.has(row) ? -Infinity : sum;
  });
  return largest(cosines, Math.min(n, words.length - hidden.size)).map((row) => ({
    word: words[row],
    cosine: Math.min(1, cosines[row]),
  }));
}

/** The indices of the n largest numbers, the largest first; of equal ones the earlier first. */
function largest(values: Float64Array, n: number): number[] {
  const best: number[] = [];
  for (let k = 0; k < values.length; k++) {
    if (best.length === n && !(values[k] > values[best[n - 1]])) continue;
    if (best.length === n) best.pop();
    let at = best.length;
    while (at > 0 && values[k] > values[best[at - 1]]) at--;
    best.splice(at, 0, k);
  }
  return best;
}

function lengthOne(vector: ArrayLike<number>, D: number): Float64Array {
  if (vector.length !== D)
    throw new RangeError(`neighbours: expected a vector of ${D} numbers, got ${vector.length}`);
  const length = Math.hypot(...Array.from(vector));
  return Float64Array.from(vector, (x) => (length > 0 ? x / length : 0));
}

/**
 * The parallelogram: the words nearest to b − a + c, all three scaled to length 1; "a is to b as c is to …". The three words
 * themselves are left out.
 *
 * @throws RangeError for a word without a vector
 */
export function analogy(vectors: WordVectors, words: readonly [string, string, string], n = 5): Neighbour[] {
  const { unit } = vectors;
  const D = vectors.dimension;
  const [a, b, c] = words.map((word) => rowOf(vectors, word) * D);
  const target = Float64Array.from({ length: D }, (_, k) => unit[b + k] - unit[a + k] + unit[c + k]);
  return neighbours(vectors, target, { n, without: words });
}
