import { assertCount } from "#src/util/assert.ts";
import { symmetricEigen } from "./svd.ts";

/** A linear projection to few dimensions. */
export interface Pca {
  /** [D] */
  mean: Float64Array;
  /** the directions of largest variance as rows, [n,D] */
  components: Float64Array[];
  /** share of the whole variance along each, [n] */
  explained: Float64Array;
  /** Projects rows [N,D] to [N,n]. */
  project(rows: ArrayLike<number>): Float64Array;
}

/**
 * Principal components of N points.
 *
 * Shapes: rows [N,D] flat. With `like`, components are turned to the signs that fit those of an earlier PCA best, so that a
 * picture does not flip while a training goes on.
 *
 * @throws RangeError for fewer than 2 points or more components than dimensions
 */
export function pca(
  rows: ArrayLike<number>,
  dimension: number,
  { components: n = 2, like }: { components?: number; like?: Pca } = {},
): Pca {
  const D = dimension;
  const N = rows.length / D;
  assertCount("pca", "dimension", D);
  if (!Number.isInteger(N) || N < 2)
    throw new RangeError(`pca: expected at least 2 rows of ${D} numbers, got ${rows.length} numbers`);
  if (n < 1 || n > D) throw new RangeError(`pca: components must be 1 … ${D}, got ${n}`);
  const mean = new Float64Array(D);
  for (let k = 0; k < rows.length; k++) mean[k % D] += rows[k] / N;
  const { values, vectors } = symmetricEigen(covariance(rows, mean), D);
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const components = Array.from({ length: n }, (_, c) =>
    oriented(
      Float64Array.from({ length: D }, (_, k) => vectors[k * D + c]),
      like?.components[c],
    ),
  );
  return {
    mean,
    components,
    explained: Float64Array.from({ length: n }, (_, c) => (total > 0 ? Math.max(0, values[c]) / total : 0)),
    project(points) {
      const out = new Float64Array((points.length / D) * n);
      for (let row = 0; row * D < points.length; row++)
        for (let c = 0; c < n; c++)
          for (let k = 0; k < D; k++) out[row * n + c] += (points[row * D + k] - mean[k]) * components[c][k];
      return out;
    },
  };
}

function covariance(rows: ArrayLike<number>, mean: Float64Array): Float64Array {
  const D = mean.length;
  const C = new Float64Array(D * D);
  const centred = new Float64Array(D);
  for (let row = 0; row < rows.length; row += D) {
    for (let k = 0; k < D; k++) centred[k] = rows[row + k] - mean[k];
    for (let i = 0; i < D; i++) for (let j = i; j < D; j++) C[i * D + j] += centred[i] * centred[j];
  }
  const N = rows.length / D;
  for (let i = 0; i < D; i++) for (let j = i; j < D; j++) C[j * D + i] = C[i * D + j] /= N - 1;
  return C;
}

/** Towards the earlier direction, or else with its largest entry positive. */
function oriented(component: Float64Array, earlier?: Float64Array): Float64Array {
  const sign = earlier
    ? component.reduce((sum, x, k) => sum + x * earlier[k], 0)
    : component.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
  return sign < 0 ? component.map((x) => -x) : component;
}

/**
 * The rotation (with mirror image) and scale that bring points [N,2] nearest to others [N,2], applied: a map that is drawn
 * again after more training stays where it was. Source: orthogonal Procrustes, closed form in the plane.
 */
export function alignedTo(points: Float64Array, earlier: ArrayLike<number>): Float64Array {
  const fit = (mirror: 1 | -1) => {
    let [a, b] = [0, 0];
    for (let k = 0; k < points.length; k += 2) {
      const [x, y] = [points[k], mirror * points[k + 1]];
      a += x * earlier[k] + y * earlier[k + 1];
      b += x * earlier[k + 1] - y * earlier[k];
    }
    const length = Math.hypot(a, b) || 1;
    return { mirror, cos: a / length, sin: b / length, length };
  };
  const [plain, flipped] = [fit(1), fit(-1)];
  const { mirror, cos, sin } = plain.length >= flipped.length ? plain : flipped;
  return points.map((_, k) => {
    const [x, y] = [points[k - (k % 2)], mirror * points[k - (k % 2) + 1]];
    return k % 2 === 0 ? cos * x - sin * y : sin * x + cos * y;
  });
}
