import { sigmoid, tanh } from "#src/util/math.ts";
import { assertLength } from "#src/util/shape.ts";
import { floatsLike, type Floats } from "./floats.ts";
import { addBias, addBiasGradient, addInputGradient, addProduct, addWeightGradient } from "./linear.ts";

/** Weights of a highway RNN: Wx [D,2H], Wh [H,2H], b [2H], packed in the order z n (carry gate, candidate). */
export interface HighwayParams<F extends Floats = Floats> {
  Wx: F;
  Wh: F;
  b: F;
}

/** What a step gives: h [B,H], and z n after their non-linearity, [B,2H]. */
export interface HighwayStep<F extends Floats = Floats> {
  h: F;
  gates: F;
}

/**
 * One step of a highway RNN: h = (1 − z) ⊙ n + z ⊙ hPrev, with the carry gate z = σ(x Wxz + hPrev Whz + bz) and the
 * candidate n = tanh(x Wxn + hPrev Whn + bn): a GRU without its reset gate.
 *
 * Shapes: x [B,D], hPrev [B,H].
 *
 * Source: the carry gate of Srivastava, Greff & Schmidhuber 2015, along time as in Zilly et al. 2017, depth 1.
 *
 * @throws RangeError when the sizes do not fit together
 */
export function highwayStep<F extends Floats>(
  { x, hPrev }: { x: F; hPrev: F },
  { Wx, Wh, b }: HighwayParams<F>,
): HighwayStep<F> {
  const H = b.length / 2;
  assertLength("highwayStep", "Wh", Wh.length, [{ H }, { "2H": 2 * H }]);
  const B = hPrev.length / H;
  assertLength("highwayStep", "Wx", Wx.length, [{ D: x.length / B }, { "2H": 2 * H }]);
  const gates = floatsLike(b, B * 2 * H); // [B,2H], first as pre
  addProduct(gates, x, Wx, B);
  addProduct(gates, hPrev, Wh, B);
  addBias(gates, b);
  const h = floatsLike(b, B * H);
  for (let k = 0; k < h.length; k++) {
    const at = Math.floor(k / H) * 2 * H + (k % H);
    const z = (gates[at] = sigmoid(gates[at]));
    const n = (gates[at + H] = tanh(gates[at + H]));
    h[k] = (1 - z) * n + z * hPrev[k];
  }
  return { h, gates };
}

/** Gradients of one highway step, each of the shape of what it is the gradient of. */
export interface HighwayStepGradients<F extends Floats = Floats> {
  dx: F;
  dhPrev: F;
  dWx: F;
  dWh: F;
  db: F;
}

/** The gradients of `highwayStep`, from dh = ∂loss/∂h [B,H] and what the step saw and gave. */
export function highwayStepBackward<F extends Floats>(
  dh: F,
  { x, hPrev, gates }: { x: F; hPrev: F } & HighwayStep<F>,
  { Wx, Wh, b }: HighwayParams<F>,
): HighwayStepGradients<F> {
  const H = b.length / 2;
  const B = hPrev.length / H;
  const dpre = floatsLike(b, gates.length); // [B,2H]
  const dhPrev = floatsLike(b, hPrev.length);
  for (let k = 0; k < dh.length; k++) {
    const at = Math.floor(k / H) * 2 * H + (k % H);
    const [z, n] = [gates[at], gates[at + H]];
    dpre[at] = dh[k] * (hPrev[k] - n) * z * (1 - z);
    dpre[at + H] = dh[k] * (1 - z) * (1 - n * n);
    dhPrev[k] = dh[k] * z;
  }
  const dx = floatsLike(b, x.length);
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
