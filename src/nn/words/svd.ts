import type { Rng } from "#src/util/rng.ts";
import { assertCount } from "#src/util/assert.ts";

/** A matrix by its products, so that a sparse one never becomes dense. */
export interface LinearMap {
  rows: number;
  columns: number;
  /** A @ X: X [columns,k] → [rows,k] */
  times(X: Float64Array, k: number): Float64Array;
  /** Aᵀ @ Y: Y [rows,k] → [columns,k] */
  transposeTimes(Y: Float64Array, k: number): Float64Array;
}

/** A ≈ U diag(S) Vᵀ. */
export interface Svd {
  /** [rows,k] */
  U: Float64Array;
  /** [k], from the largest down */
  S: Float64Array;
  /** [columns,k] */
  V: Float64Array;
}

/**
 * The k largest singular values and their vectors, by subspace iteration on a random start.
 *
 * Source: Halko, Martinsson, Tropp 2011, algorithms 4.4 and 5.1.
 *
 * @param options.passes how often A and Aᵀ are applied; each sharpens the gap between kept and dropped values
 */
export function truncatedSvd(
  A: LinearMap,
  k: number,
  { rng, passes = 4, extra = 10 }: { rng: Rng; passes?: number; extra?: number },
): Svd {
  assertCount("truncatedSvd", "k", k);
  const least = Math.min(A.rows, A.columns);
  if (k > least)
    throw new RangeError(
      `truncatedSvd: k must be at most ${least}, the smaller side of the matrix, got ${k}`,
    );
  const width = Math.min(least, k + extra);
  const start = Float64Array.from({ length: A.columns * width }, () => rng.normal());
  let Q = orthonormal(A.times(start, width), width);
  for (let pass = 0; pass < passes; pass++) {
    const Z = orthonormal(A.transposeTimes(Q, width), width);
    Q = orthonormal(A.times(Z, width), width);
  }
  // A ≈ Q B with B = Qᵀ A small; B Bᵀ = W diag(S²) Wᵀ
  const Bt = A.transposeTimes(Q, width);
  const { values, vectors } = symmetricEigen(gram(Bt, width), width);
  const S = Float64Array.from(values, (value) => Math.sqrt(Math.max(0, value))).slice(0, k);
  const U = rotate(Q, vectors, width, k);
  const V = rotate(Bt, vectors, width, k);
  for (let n = 0; n < V.length; n++) V[n] = S[n % k] > 0 ? V[n] / S[n % k] : 0;
  fixSigns(U, V, k);
  return { U, S, V };
}

/** The columns of X [n,k] made orthonormal, by modified Gram–Schmidt, twice; each column in one piece, as the cache likes it. */
export function orthonormal(X: Float64Array, k: number): Float64Array {
  const n = X.length / k;
  const columns = Array.from({ length: k }, (_, j) => columnOf(X, k, j));
  const project = (q: Float64Array, along: Float64Array) => {
    let sum = 0;
    for (let r = 0; r < n; r++) sum += along[r] * q[r];
    for (let r = 0; r < n; r++) q[r] -= sum * along[r];
  };
  columns.forEach((q, j) => {
    for (let i = 0; i < j; i++) project(q, columns[i]);
    for (let i = 0; i < j; i++) project(q, columns[i]);
    let length = 0;
    for (let r = 0; r < n; r++) length += q[r] ** 2;
    const scale = length > 1e-300 ? 1 / Math.sqrt(length) : 0;
    for (let r = 0; r < n; r++) q[r] *= scale;
  });
  const Q = new Float64Array(X.length);
  columns.forEach((q, j) => {
    for (let r = 0; r < n; r++) Q[r * k + j] = q[r];
  });
  return Q;
}

function columnOf(X: Float64Array, k: number, j: number): Float64Array {
  const column = new Float64Array(X.length / k);
  for (let r = 0; r < column.length; r++) column[r] = X[r * k + j];
  return column;
}

/** Xᵀ X of X [n,k]. */
export function gram(X: Float64Array, k: number): Float64Array {
  const G = new Float64Array(k * k);
  for (let row = 0; row < X.length; row += k)
    for (let i = 0; i < k; i++) for (let j = i; j < k; j++) G[i * k + j] += X[row + i] * X[row + j];
  for (let i = 0; i < k; i++) for (let j = 0; j < i; j++) G[i * k + j] = G[j * k + i];
  return G;
}

/** X [n,width] @ W [width,width], its first k columns. */
function rotate(X: Float64Array, W: Float64Array, width: number, k: number): Float64Array {
  const n = X.length / width;
  const Y = new Float64Array(n * k);
  for (let r = 0; r < n; r++)
    for (let i = 0; i < width; i++)
      for (let j = 0; j < k; j++) Y[r * k + j] += X[r * width + i] * W[i * width + j];
  return Y;
}

/** The largest entry of each left vector is positive: otherwise its sign would be chance. */
function fixSigns(U: Float64Array, V: Float64Array, k: number): void {
  for (let j = 0; j < k; j++) {
    let best = 0;
    for (let n = j; n < U.length; n += k) if (Math.abs(U[n]) > Math.abs(best)) best = U[n];
    if (best >= 0) continue;
    for (let n = j; n < U.length; n += k) U[n] = -U[n];
    for (let n = j; n < V.length; n += k) V[n] = -V[n];
  }
}

/**
 * Eigenvalues of a symmetric matrix [k,k] from the largest down, and its eigenvectors as columns, by Jacobi's rotations.
 */
export function symmetricEigen(
  matrix: Float64Array,
  k: number,
): { values: Float64Array; vectors: Float64Array } {
  const A = matrix.slice();
  const W = Float64Array.from({ length: k * k }, (_, n) => Number(n % (k + 1) === 0));
  for (let sweep = 0; sweep < 60; sweep++) {
    if (isDiagonal(A, k)) break;
    for (let p = 0; p < k; p++) for (let q = p + 1; q < k; q++) turn(A, W, k, [p, q]);
  }
  const order = Array.from({ length: k }, (_, n) => n).sort((a, b) => A[b * k + b] - A[a * k + a]);
  return {
    values: Float64Array.from(order, (n) => A[n * k + n]),
    vectors: Float64Array.from({ length: k * k }, (_, n) => W[Math.floor(n / k) * k + order[n % k]]),
  };
}

function isDiagonal(A: Float64Array, k: number): boolean {
  let [off, all] = [0, 0];
  A.forEach((x, n) => {
    all += x * x;
    if (n % (k + 1) !== 0) off += x * x;
  });
  return off <= 1e-28 * all;
}

/** One rotation in the plane of p and q, after which A[p,q] = 0. */
function turn(A: Float64Array, W: Float64Array, k: number, [p, q]: [number, number]): void {
  const apq = A[p * k + q];
  if (Math.abs(apq) < 1e-300) return;
  const theta = (A[q * k + q] - A[p * k + p]) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let n = 0; n < k; n++) {
    const [a, b] = [A[n * k + p], A[n * k + q]];
    A[n * k + p] = c * a - s * b;
    A[n * k + q] = s * a + c * b;
  }
  for (let n = 0; n < k; n++) {
    const [a, b] = [A[p * k + n], A[q * k + n]];
    A[p * k + n] = c * a - s * b;
    A[q * k + n] = s * a + c * b;
    const [v, w] = [W[n * k + p], W[n * k + q]];
    W[n * k + p] = c * v - s * w;
    W[n * k + q] = s * v + c * w;
  }
}
