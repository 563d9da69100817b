import { assertLength } from "#src/util/shape.ts";
import { activate, slope, type Activation } from "./activation.ts";
import { floatsLike, type Floats } from "./floats.ts";
import { addBias, addBiasGradient, addInputGradient, addProduct, addWeightGradient } from "./linear.ts";

/** Weights of a vanilla RNN: Wx [D,H], Wh [H,H], b [H]. */
export interface RnnParams<F extends Floats = Floats> {
  Wx: F;
  Wh: F;
  b: F;
}

/** Gradients of one step, each of the shape of what it is the gradient of. */
export interface RnnStepGradients<F extends Floats = Floats> {
  dx: F;
  dhPrev: F;
  dWx: F;
  dWh: F;
  db: F;
}

/**
 * One step of a vanilla RNN: h = φ(x Wx + hPrev Wh + b).
 *
 * Shapes, all flat and row-major: x [B,D], hPrev [B,H] → h [B,H]. Default activation: tanh.
 *
 * @throws RangeError when the sizes do not fit together
 */
export function rnnStep<F extends Floats>(
  x: F,
  hPrev: F,
  { Wx, Wh, b }: RnnParams<F>,
  activation: Activation = "tanh",
): F {
  const B = batchSizeOf(x, hPrev, { Wx, Wh, b });
  const h = floatsLike(b, hPrev.length); // [B,H], first as pre
  addProduct(h, x, Wx, B);
  addProduct(h, hPrev, Wh, B);
  addBias(h, b);
  for (let k = 0; k < h.length; k++) h[k] = activate(activation, h[k]);
  return h;
}

/**
 * The gradients of `rnnStep`, from dh = ∂loss/∂h [B,H] and what the step saw and gave.
 */
export function rnnStepBackward<F extends Floats>(
  dh: F,
  { x, hPrev, h }: { x: F; hPrev: F; h: F },
  { Wx, Wh, b }: RnnParams<F>,
  activation: Activation = "tanh",
): RnnStepGradients<F> {
  const B = batchSizeOf(x, hPrev, { Wx, Wh, b });
  const dpre = floatsLike(b, h.length); // [B,H]
  for (let k = 0; k < h.length; k++) dpre[k] = dh[k] * slope(activation, h[k]);
  const dx = floatsLike(b, x.length);
  const dhPrev = floatsLike(b, hPrev.length);
  const dWx = floatsLike(b, Wx.length);
  const dWh = floatsLike(b, Wh.length);
  const db = floatsLike(b, b.length);
  addInputGradient(dx, dpre, Wx, B);
  addInputGradient(dhPrev, dpre, Wh, B);
  addWeightGradient(dWx, x, dpre, B);
  addWeightGradient(dWh, hPrev, dpre, B);
  addBiasGradient(db, dpre);
  return { dx, dhPrev, dWx, dWh, db };
}

function batchSizeOf(x: Floats, hPrev: Floats, { Wx, Wh, b }: RnnParams): number {
  const H = b.length;
  assertLength("rnnStep", "Wh", Wh.length, [{ H }, { H }]);
  const B = Math.max(1, Math.round(hPrev.length / H));
  assertLength("rnnStep", "hPrev", hPrev.length, [{ B }, { H }]);
  const D = Math.round(x.length / B);
  assertLength("rnnStep", "x", x.length, [{ B }, { D }]);
  assertLength("rnnStep", "Wx", Wx.length, [{ D }, { H }]);
  return B;
}
