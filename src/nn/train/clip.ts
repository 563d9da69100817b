import { norm } from "#src/util/math.ts";

type Floats = Float32Array | Float64Array;

/**
 * Scales gradients, taken together as one vector, so that their norm is at most `maxNorm`; the direction stays.
 * Changes the arrays and returns the norm that they had before.
 *
 * Source: Pascanu, Mikolov & Bengio 2013.
 *
 * @throws RangeError when maxNorm is not positive
 */
export function clipByNorm(gradients: Iterable<Floats>, maxNorm: number): number {
  assertPositive("clipByNorm", "maxNorm", maxNorm);
  const arrays = [...gradients];
  const before = norm(...arrays);
  if (before > maxNorm) {
    const scale = maxNorm / before;
    for (const du of arrays) for (let k = 0; k < du.length; k++) du[k] *= scale;
  }
  return before;
}

/**
 * Cuts every component of the gradients to −limit … limit; the direction may change. Changes the arrays and returns
 * how many components were cut.
 *
 * @throws RangeError when limit is not positive
 */
export function clipByValue(gradients: Iterable<Floats>, limit: number): number {
  assertPositive("clipByValue", "limit", limit);
  let cut = 0;
  for (const du of gradients) {
    for (let k = 0; k < du.length; k++) {
      if (du[k] <= limit && du[k] >= -limit) continue;
      if (du[k] === du[k]) du[k] = du[k] > 0 ? limit : -limit;
      cut++;
    }
  }
  return cut;
}

function assertPositive(owner: string, name: string, value: number): void {
  if (!(value > 0)) throw new RangeError(`${owner}: ${name} must be greater than 0, got ${value}`);
}
