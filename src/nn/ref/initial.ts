import { norm } from "#src/util/math.ts";
import type { Rng } from "#src/util/rng.ts";

/** Uniform in ±√(6 / (rows + columns)): keeps the size of activations and gradients alike. Glorot & Bengio 2010. */
export function glorot(rows: number, columns: number, rng: Rng): Float64Array {
  const limit = Math.sqrt(6 / (rows + columns));
  return Float64Array.from({ length: rows * columns }, () => limit * (2 * rng.uniform() - 1));
}

/** Normal with deviation √(2 / rows): keeps the size of activations where ReLU drops half of them. He et al. 2015. */
export function he(rows: number, columns: number, rng: Rng): Float64Array {
  const deviation = Math.sqrt(2 / rows);
  return Float64Array.from({ length: rows * columns }, () => deviation * rng.normal());
}

/** A random orthogonal matrix [n,n]: every singular value is 1. Gram–Schmidt on normal rows. Saxe et al. 2014. */
export function orthogonal(n: number, rng: Rng): Float64Array {
  const Q = Float64Array.from({ length: n * n }, () => rng.normal());
  for (let i = 0; i < n; i++) {
    const row = Q.subarray(i * n, (i + 1) * n);
    // Twice, since one pass leaves rounding errors of the size of the condition number.
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) subtractProjection(row, Q.subarray(j * n, (j + 1) * n));
      const length = norm(row);
      for (let k = 0; k < n; k++) row[k] /= length;
    }
  }
  return Q;
}

function subtractProjection(row: Float64Array, unit: Float64Array): void {
  let dot = 0;
  for (let k = 0; k < row.length; k++) dot += row[k] * unit[k];
  for (let k = 0; k < row.length; k++) row[k] -= dot * unit[k];
}
