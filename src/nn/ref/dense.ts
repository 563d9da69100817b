import { assertLength } from "#src/util/shape.ts";
import { activateRange, slope, type Activation } from "./activation.ts";
import { copyLike, toFloat64, type Floats } from "./floats.ts";
import { addMatmul, matrix, transpose } from "./matrix.ts";

/** Weights of a dense layer: W [K,N], b [N]. */
export interface DenseParams<F extends Floats = Floats> {
  W: F;
  b: F;
}

export interface DenseRun<F extends Floats = Floats> {
  /** [R,N] */
  y: F;
  x: F;
  params: DenseParams<F>;
  activation: Activation;
}

/**
 * A dense layer: y = φ(x W + b), row by row.
 *
 * Shapes: x [R,K], where R may stand for B, B·T or any other number of rows → y [R,N]. Default activation: identity.
 *
 * @throws RangeError when sizes do not fit together
 */
export function denseForward<F extends Floats>(
  x: F,
  params: DenseParams<F>,
  activation: Activation = "identity",
): DenseRun<F> {
  const { R, K, N } = sizesOf(x, params);
  const y = new Float64Array(R * N);
  for (let n = 0; n < R; n++) y.set(params.b, n * N);
  addMatmul(matrix(y, R, N), matrix(toFloat64(x), R, K), matrix(toFloat64(params.W), K, N));
  activateRange(activation, y, 0, y.length);
  return { y: copyLike(params.b, y), x, params, activation };
}

/** The gradients of `denseForward`, from dy [R,N]. */
export function denseBackward<F extends Floats>(run: DenseRun<F>, dy: F): { dx: F; dW: F; db: F } {
  const { y, x, params, activation } = run;
  const { R, K, N } = sizesOf(x, params);
  assertLength("denseBackward", "dy", dy.length, [{ R }, { N }]);
  const dpre = matrix(Float64Array.from(dy), R, N);
  for (let k = 0; k < dy.length; k++) dpre.data[k] *= slope(activation, y[k]);
  const dx = matrix(new Float64Array(R * K), R, K);
  const dW = matrix(new Float64Array(K * N), K, N);
  const db = new Float64Array(N);
  addMatmul(dx, dpre, transpose(matrix(toFloat64(params.W), K, N)));
  addMatmul(dW, transpose(matrix(toFloat64(x), R, K)), dpre);
  for (let k = 0; k < dy.length; k++) db[k % N] += dpre.data[k];
  return { dx: copyLike(x, dx.data), dW: copyLike(x, dW.data), db: copyLike(x, db) };
}

function sizesOf(x: Floats, { W, b }: DenseParams): { R: number; K: number; N: number } {
  const N = b.length;
  const K = Math.floor(W.length / N);
  assertLength("dense", "W", W.length, [{ K }, { N }]);
  const R = Math.floor(x.length / K);
  assertLength("dense", "x", x.length, [{ R }, { K }]);
  return { R, K, N };
}
