import { assert } from "#src/util/assert.ts";
import { exp, log, norm } from "#src/util/math.ts";
import { copyLike, toFloat64, type Floats } from "./floats.ts";
import { addMatmul, matrix, transpose } from "./matrix.ts";

const SQUARINGS = 32;

/**
 * Spectral norm of a matrix, its largest singular value: the most that it can stretch a vector.
 *
 * W [rows, columns] flat (default: square). Power iteration on WᵀW, to a relative change under 1e-12.
 */
export function spectralNorm(W: Floats, columns = Math.sqrt(W.length)): number {
  const rows = sideOf("spectralNorm", W, columns);
  const A = matrix(toFloat64(W), rows, columns);
  // All components different, so that no singular vector of a structured matrix is orthogonal to the start.
  let v = Float64Array.from({ length: columns }, (_, k) => 1 + ((k * 0.6180339887498949) % 1));
  let before = 0;
  for (let iteration = 0; iteration < 5000; iteration++) {
    const length = norm(v);
    if (length === 0) return 0;
    for (let k = 0; k < columns; k++) v[k] /= length;
    const u = matrix(new Float64Array(rows), rows, 1);
    addMatmul(u, A, matrix(v, columns, 1));
    const stretch = norm(u.data);
    if (Math.abs(stretch - before) <= 1e-12 * stretch) return stretch;
    before = stretch;
    v = new Float64Array(columns);
    addMatmul(matrix(v, columns, 1), transpose(A), u);
  }
  return before;
}

/**
 * Spectral radius ρ of a square matrix, the largest modulus of its eigenvalues: how fast repeated products grow.
 *
 * W [H,H] flat. Gelfand's formula ρ = lim ‖Wⁿ‖^(1/n) by repeated squaring, n = 2³²; right also for complex pairs,
 * where power iteration does not settle.
 */
export function spectralRadius(W: Floats): number {
  const H = sideOf("spectralRadius", W, Math.sqrt(W.length));
  let power = new Float64Array(W);
  let logarithm = 0; // log ‖Wⁿ‖ / n so far
  for (let k = 0; k <= SQUARINGS; k++) {
    const size = norm(power);
    if (size === 0) return 0;
    logarithm += log(size) / 2 ** k;
    for (let j = 0; j < power.length; j++) power[j] /= size;
    const squared = new Float64Array(power.length);
    addMatmul(matrix(squared, H, H), matrix(power, H, H), matrix(power, H, H));
    power = squared;
  }
  return exp(logarithm);
}

/**
 * A copy of a square matrix, scaled so that its spectral radius is rho.
 *
 * @throws Error when the matrix has no eigenvalue but 0, so that no scale helps
 */
export function withSpectralRadius<F extends Floats>(Wh: F, rho: number): F {
  if (!(rho >= 0)) throw new RangeError(`withSpectralRadius: rho must be at least 0, got ${rho}`);
  const radius = spectralRadius(Wh);
  assert(radius > 0, "withSpectralRadius: the matrix has spectral radius 0; no scale gives it another");
  const scale = rho / radius;
  return copyLike(
    Wh,
    Float64Array.from(Wh, (w) => w * scale),
  );
}

function sideOf(owner: string, W: Floats, columns: number): number {
  const rows = W.length / columns;
  if (Number.isInteger(columns) && Number.isInteger(rows)) return rows;
  throw new RangeError(`${owner}: expected a full matrix, got ${W.length} numbers for ${columns} columns`);
}
