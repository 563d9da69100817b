import { createRng, type Rng } from "#src/util/rng.ts";
import { log } from "#src/util/math.ts";
import { type CoOccurrences, rowStarts } from "./co-occurrence.ts";
import { type LinearMap, truncatedSvd } from "./svd.ts";
import { wordVectors, type WordVectors } from "./word-vectors.ts";

/** The cells of a sparse matrix, in the order of rows. */
export interface SparseMatrix {
  rows: Int32Array;
  columns: Int32Array;
  values: Float64Array;
}

/**
 * Positive pointwise mutual information: max(0, log (X_ij · Σ X / (Σ_j X_ij · Σ_i X_ij))). Cells of 0 are left out.
 *
 * @param power of the neighbours' frequencies, 0.75 as negative sampling's noise; 1 is the definition
 */
export function ppmi({ rows, columns, counts, totals }: CoOccurrences, power = 1): SparseMatrix {
  const smoothed = totals.map((total) => total ** power);
  const all = smoothed.reduce((sum, x) => sum + x, 0);
  const ratio = (x: number, at: number) => (x * all) / (totals[rows[at]] * smoothed[columns[at]]);
  const size = counts.reduce((sum, x, at) => sum + Number(ratio(x, at) > 1), 0);
  const kept = { rows: new Int32Array(size), columns: new Int32Array(size), values: new Float64Array(size) };
  let n = 0;
  counts.forEach((x, at) => {
    if (!(ratio(x, at) > 1)) return;
    kept.rows[n] = rows[at];
    kept.columns[n] = columns[at];
    kept.values[n++] = log(ratio(x, at));
  });
  return kept;
}

/** A sparse square matrix by its products. */
export function sparseMap({ rows, columns, values }: SparseMatrix, size: number): LinearMap {
  const starts = rowStarts(rows, size);
  return {
    rows: size,
    columns: size,
    times(X, k) {
      const Y = new Float64Array(size * k);
      for (let row = 0; row < size; row++)
        for (let n = starts[row]; n < starts[row + 1]; n++)
          addRow(Y, row * k, X, [columns[n] * k, k, values[n]]);
      return Y;
    },
    transposeTimes(Y, k) {
      const X = new Float64Array(size * k);
      for (let row = 0; row < size; row++)
        for (let n = starts[row]; n < starts[row + 1]; n++)
          addRow(X, columns[n] * k, Y, [row * k, k, values[n]]);
      return X;
    },
  };
}

function addRow(
  to: Float64Array,
  at: number,
  from: Float64Array,
  [start, k, factor]: [number, number, number],
): void {
  for (let j = 0; j < k; j++) to[at + j] += factor * from[start + j];
}

export interface PpmiSvdOptions {
  /** D, default 50 */
  dimension?: number;
  /** of the neighbours' frequencies, default 0.75 */
  power?: number;
  /** vectors are U S^p: 0.5 by default, 1 is the plain projection */
  singularPower?: number;
  rng?: Rng;
}

/**
 * Word vectors by counting alone: the largest singular vectors of the PPMI matrix.
 *
 * Source: Levy, Goldberg, Dagan 2015.
 */
export function ppmiSvd(counts: CoOccurrences, options: PpmiSvdOptions = {}): WordVectors {
  const { dimension = 50, power = 0.75, singularPower = 0.5, rng = createRng(1) } = options;
  const A = sparseMap(ppmi(counts, power), counts.words.length);
  const { U, S } = truncatedSvd(A, dimension, { rng: rng.fork("svd"), passes: 2 });
  const data = Float32Array.from(U, (u, n) => u * S[n % dimension] ** singularPower);
  return wordVectors(counts.words, data);
}
