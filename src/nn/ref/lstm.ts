import { sigmoid, tanh } from "#src/util/math.ts";
import { assertLength } from "#src/util/shape.ts";
import { floatsLike, type Floats } from "./floats.ts";
import { addBias, addBiasGradient, addInputGradient, addProduct, addWeightGradient } from "./linear.ts";

/** Weights of an LSTM: Wx [D,4H], Wh [H,4H], b [4H], gates packed in the order i f g o. */
export interface LstmParams<F extends Floats = Floats> {
  Wx: F;
  Wh: F;
  b: F;
}

/** What a step gives: state h, c [B,H], and the gates after their non-linearity, [B,4H] in the order i f g o. */
export interface LstmStep<F extends Floats = Floats> {
  h: F;
  c: F;
  gates: F;
}

/** What a step saw: x [B,D], hPrev, cPrev [B,H]. */
export interface LstmInput<F extends Floats = Floats> {
  x: F;
  hPrev: F;
  cPrev: F;
}

/**
 * One step of an LSTM: c = f ⊙ cPrev + i ⊙ g, h = o ⊙ tanh(c), with gates i, f, o = σ(·) and candidate g = tanh(·) of
 * one affine map x Wx + hPrev Wh + b.
 *
 * Source: Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000.
 *
 * @throws RangeError when the sizes do not fit together
 */
export function lstmStep<F extends Floats>(
  { x, hPrev, cPrev }: LstmInput<F>,
  { Wx, Wh, b }: LstmParams<F>,
): LstmStep<F> {
  const H = b.length / 4;
  assertLength("lstmStep", "Wh", Wh.length, [{ H }, { "4H": 4 * H }]);
  assertLength("lstmStep", "cPrev", cPrev.length, [{ "B·H": hPrev.length }]);
  const B = hPrev.length / H;
  assertLength("lstmStep", "Wx", Wx.length, [{ D: x.length / B }, { "4H": 4 * H }]);
  const gates = floatsLike(b, B * 4 * H); // [B,4H], first as pre
  addProduct(gates, x, Wx, B);
  addProduct(gates, hPrev, Wh, B);
  addBias(gates, b);
  const h = floatsLike(b, B * H);
  const c = floatsLike(b, B * H);
  for (let k = 0; k < h.length; k++) {
    const at = Math.floor(k / H) * 4 * H + (k % H);
    const i = (gates[at] = sigmoid(gates[at]));
    const f = (gates[at + H] = sigmoid(gates[at + H]));
    const g = (gates[at + 2 * H] = tanh(gates[at + 2 * H]));
    const o = (gates[at + 3 * H] = sigmoid(gates[at + 3 * H]));
    c[k] = f * cPrev[k] + i * g;
    h[k] = o * tanh(c[k]);
  }
  return { h, c, gates };
}

/** Gradients of one LSTM step, each of the shape of what it is the gradient of. */
export interface LstmStepGradients<F extends Floats = Floats> {
  dx: F;
  dhPrev: F;
  dcPrev: F;
  dWx: F;
  dWh: F;
  db: F;
}

/** The gradients of `lstmStep`, from dh = ∂loss/∂h and dc = what reaches c from later steps, both [B,H]. */
export function lstmStepBackward<F extends Floats>(
  { dh, dc }: { dh: F; dc: F },
  { x, hPrev, cPrev, c, gates }: LstmInput<F> & LstmStep<F>,
  { Wx, Wh, b }: LstmParams<F>,
): LstmStepGradients<F> {
  const H = b.length / 4;
  const B = hPrev.length / H;
  const dpre = floatsLike(b, gates.length); // [B,4H]
  const dcPrev = floatsLike(b, c.length);
  for (let k = 0; k < c.length; k++) {
    const at = Math.floor(k / H) * 4 * H + (k % H);
    const [i, f, g, o] = [gates[at], gates[at + H], gates[at + 2 * H], gates[at + 3 * H]];
    const y = tanh(c[k]);
    const dcTotal = dc[k] + dh[k] * o * (1 - y * y);
    dpre[at] = dcTotal * g * i * (1 - i);
    dpre[at + H] = dcTotal * cPrev[k] * f * (1 - f);
    dpre[at + 2 * H] = dcTotal * i * (1 - g * g);
    dpre[at + 3 * H] = dh[k] * y * o * (1 - o);
    dcPrev[k] = dcTotal * f;
  }
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
  return { dx, dhPrev, dcPrev, dWx, dWh, db };
}
