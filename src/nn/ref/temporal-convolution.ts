import { assertCount } from "#src/util/assert.ts";
import { assertLength } from "#src/util/shape.ts";
import { copyLike, toFloat64, type Floats } from "./floats.ts";
import { addMatmul, matrix, transpose, type Matrix } from "./matrix.ts";

/** Weights of a convolution over time: W [K,D,N], b [N]; tap K − 1 meets the present step, tap 0 the oldest. */
export interface ConvolutionParams<F extends Floats = Floats> {
  W: F;
  b: F;
}

export interface ConvolutionInput<F extends Floats = Floats> {
  /** [B,T,D] */
  x: F;
  batchSize: number;
  timesteps: number;
}

export interface ConvolutionOptions {
  /** K, the number of taps */
  kernelSize: number;
  /** steps from one tap to the next; default 1 */
  dilation?: number;
}

export interface ConvolutionRun<F extends Floats = Floats> {
  /** [B,T,N] */
  y: F;
  input: ConvolutionInput<F>;
  params: ConvolutionParams<F>;
  kernelSize: number;
  dilation: number;
}

/**
 * A causal, dilated convolution over time: y_t = b + Σ_k x_(t − (K − 1 − k) · dilation) W_k, with zeros before step 0, so
 * that no step sees a later one.
 *
 * Shapes: x [B,T,D] → y [B,T,N]. A stack whose dilations double sees 1 + (K − 1)(2^layers − 1) steps.
 *
 * Source: van den Oord et al. 2016 (WaveNet); Bai, Kolter & Koltun 2018.
 *
 * @throws RangeError when sizes do not fit together
 */
export function convolutionForward<F extends Floats>(
  input: ConvolutionInput<F>,
  params: ConvolutionParams<F>,
  { kernelSize, dilation = 1 }: ConvolutionOptions,
): ConvolutionRun<F> {
  const { batchSize: B, timesteps: T, x } = input;
  assertCount("convolution", "kernelSize", kernelSize);
  assertCount("convolution", "dilation", dilation);
  const N = params.b.length;
  const D = Math.floor(x.length / B / T);
  assertLength("convolution", "x", x.length, [{ B }, { T }, { D }]);
  assertLength("convolution", "W", params.W.length, [{ K: kernelSize }, { D }, { N }]);
  const y = new Float64Array(B * T * N);
  for (let n = 0; n < B * T; n++) y.set(params.b, n * N);
  const run = { y: params.b, input, params, kernelSize, dilation };
  const [from, to] = [toFloat64(x), matrix(y, T, N)];
  eachTap(run, ({ seen, reached, W }) =>
    addMatmul({ ...to, ...reached }, { ...matrix(from, T, D), ...seen }, W),
  );
  return { ...run, y: copyLike(params.b, y) };
}

/** The gradients of `convolutionForward`, from dy [B,T,N]. */
export function convolutionBackward<F extends Floats>(
  run: ConvolutionRun<F>,
  dy: F,
): { dx: F; dW: F; db: F } {
  const { batchSize: B, timesteps: T, x } = run.input;
  const N = run.params.b.length;
  const D = x.length / B / T;
  assertLength("convolutionBackward", "dy", dy.length, [{ B }, { T }, { N }]);
  const dx = new Float64Array(x.length);
  const dW = new Float64Array(run.params.W.length);
  const db = new Float64Array(N);
  const d = matrix(toFloat64(dy), T, N);
  const from = matrix(toFloat64(x), T, D);
  eachTap(run, ({ seen, reached, W }) => {
    addMatmul({ ...matrix(dx, T, D), ...seen }, { ...d, ...reached }, transpose(W));
    addMatmul({ ...W, data: dW }, transpose({ ...from, ...seen }), { ...d, ...reached });
  });
  for (let k = 0; k < dy.length; k++) db[k % N] += dy[k];
  return { dx: copyLike(x, dx), dW: copyLike(x, dW), db: copyLike(x, db) };
}

/** The rows that a tap reads and those that it adds to, as places in [B,T,·], and its weights W [D,N]. */
interface Tap {
  seen: Pick<Matrix, "offset" | "rows">;
  reached: Pick<Matrix, "offset" | "rows">;
  W: Matrix;
}

function eachTap(run: ConvolutionRun, visit: (tap: Tap) => void): void {
  const { input, params, kernelSize: K, dilation } = run;
  const { batchSize: B, timesteps: T, x } = input;
  const N = params.b.length;
  const D = x.length / B / T;
  const W = toFloat64(params.W);
  for (let k = 0; k < K; k++) {
    const delay = (K - 1 - k) * dilation;
    const rows = T - delay;
    if (rows <= 0) continue;
    for (let b = 0; b < B; b++) {
      visit({
        seen: { offset: b * T * D, rows },
        reached: { offset: (b * T + delay) * N, rows },
        W: { ...matrix(W, D, N), offset: k * D * N },
      });
    }
  }
}
