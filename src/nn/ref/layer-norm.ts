import { assertLength } from "#src/util/shape.ts";
import { copyLike, floatsLike, type Floats } from "./floats.ts";

/** Weights of a layer norm: gamma [H] (starts at 1), beta [H] (starts at 0). */
export interface LayerNormParams<F extends Floats = Floats> {
  gamma: F;
  beta: F;
}

export interface LayerNormRun<F extends Floats = Floats> {
  /** [N,H] */
  y: F;
  /** the rows with mean 0 and variance 1, [N,H] */
  standard: F;
  /** 1 / √(variance + epsilon) of each row, [N] */
  scale: Float64Array;
  params: LayerNormParams<F>;
}

/**
 * Layer norm of each row: y = gamma ⊙ (x − mean) / √(variance + epsilon) + beta, the variance over H and not H − 1.
 *
 * Shapes: x [N,H] → y [N,H]. Default epsilon: 1e-5. Source: Ba, Kiros & Hinton 2016.
 *
 * @throws RangeError when sizes do not fit together
 */
export function layerNormForward<F extends Floats>(
  x: F,
  params: LayerNormParams<F>,
  epsilon = 1e-5,
): LayerNormRun<F> {
  const { gamma, beta } = params;
  const H = gamma.length;
  const N = Math.floor(x.length / H);
  assertLength("layerNorm", "x", x.length, [{ N }, { H }]);
  assertLength("layerNorm", "beta", beta.length, [{ H }]);
  const y = floatsLike(x, x.length);
  const standard = floatsLike(x, x.length);
  const scale = new Float64Array(N);
  for (let n = 0; n < N; n++) {
    const row = Float64Array.from(x.subarray(n * H, (n + 1) * H));
    const mean = row.reduce((sum, u) => sum + u, 0) / H;
    const variance = row.reduce((sum, u) => sum + (u - mean) ** 2, 0) / H;
    scale[n] = 1 / Math.sqrt(variance + epsilon);
    for (let j = 0; j < H; j++) {
      const u = (row[j] - mean) * scale[n];
      standard[n * H + j] = u;
      y[n * H + j] = gamma[j] * u + beta[j];
    }
  }
  return { y, standard, scale, params };
}

/** The gradients of `layerNormForward`, from dy [N,H]. */
export function layerNormBackward<F extends Floats>(
  { standard, scale, params }: LayerNormRun<F>,
  dy: F,
): { dx: F; dgamma: F; dbeta: F } {
  const H = params.gamma.length;
  assertLength("layerNormBackward", "dy", dy.length, [{ N: scale.length }, { H }]);
  const dx = floatsLike(dy, dy.length);
  const dgamma = new Float64Array(H);
  const dbeta = new Float64Array(H);
  for (let n = 0; n < scale.length; n++) {
    // A row's gradient loses what would move its mean and what would stretch it: neither changes y.
    let sum = 0;
    let along = 0;
    for (let j = 0; j < H; j++) {
      const k = n * H + j;
      dgamma[j] += dy[k] * standard[k];
      dbeta[j] += dy[k];
      sum += dy[k] * params.gamma[j];
      along += dy[k] * params.gamma[j] * standard[k];
    }
    for (let j = 0; j < H; j++) {
      const k = n * H + j;
      dx[k] = scale[n] * (dy[k] * params.gamma[j] - (sum + standard[k] * along) / H);
    }
  }
  return { dx, dgamma: copyLike(dy, dgamma), dbeta: copyLike(dy, dbeta) };
}
