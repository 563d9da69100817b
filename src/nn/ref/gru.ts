import { sigmoid, tanh } from "#src/util/math.ts";
import { assertLength } from "#src/util/shape.ts";
import { floatsLike, type Floats } from "./floats.ts";
import { addBias, addBiasGradient, addInputGradient, addProduct, addWeightGradient } from "./linear.ts";

/** Weights of a GRU: Wx [D,3H], Wh [H,3H], b [3H], packed in the order r z n; bhn [H] only with reset "after". */
export interface GruParams<F extends Floats = Floats> {
  Wx: F;
  Wh: F;
  b: F;
  /** the candidate's recurrent bias, inside the reset: n = tanh(x Wxn + bn + r ⊙ (hPrev Whn + bhn)); default zeros */
  bhn?: F;
}

/** Where the reset gate works: on hPrev before the product with Whn, or on the product. */
export type GruReset = "before" | "after";

/** What a step gives: h [B,H]; r, z, n [B,H]; `recurrent` [B,H] = hPrev Whn + bhn ("after") or r ⊙ hPrev ("before"). */
export interface GruStep<F extends Floats = Floats> {
  h: F;
  r: F;
  z: F;
  n: F;
  recurrent: F;
}

/**
 * One step of a GRU: h = (1 − z) ⊙ n + z ⊙ hPrev, with r, z = σ(x Wx + hPrev Wh + b) and the candidate
 * n = tanh(x Wxn + (r ⊙ hPrev) Whn + bn) for reset "before", n = tanh(x Wxn + bn + r ⊙ (hPrev Whn + bhn)) for "after".
 *
 * Shapes: x [B,D], hPrev [B,H]. Default reset: before (Cho et al. 2014); after is what cuDNN and PyTorch compute.
 *
 * @throws RangeError when the sizes do not fit together
 */
export function gruStep<F extends Floats>(
  { x, hPrev }: { x: F; hPrev: F },
  params: GruParams<F>,
  reset: GruReset = "before",
): GruStep<F> {
  const H = params.b.length / 3;
  assertLength("gruStep", "Wh", params.Wh.length, [{ H }, { "3H": 3 * H }]);
  const B = hPrev.length / H;
  assertLength("gruStep", "Wx", params.Wx.length, [{ D: x.length / B }, { "3H": 3 * H }]);
  const [r, z, n] = splitColumns(affine(x, params, B), B); // each [B,H], still pre
  const [Whr, Whz, Whn] = splitColumns(params.Wh, H);
  addProduct(r, hPrev, Whr, B);
  addProduct(z, hPrev, Whz, B);
  for (let k = 0; k < r.length; k++) {
    r[k] = sigmoid(r[k]);
    z[k] = sigmoid(z[k]);
  }
  const recurrent = floatsLike(hPrev, hPrev.length);
  if (reset === "before") {
    for (let k = 0; k < r.length; k++) recurrent[k] = r[k] * hPrev[k];
    addProduct(n, recurrent, Whn, B);
  } else {
    addProduct(recurrent, hPrev, Whn, B);
    if (params.bhn) addBias(recurrent, params.bhn);
    for (let k = 0; k < r.length; k++) n[k] += r[k] * recurrent[k];
  }
  const h = floatsLike(hPrev, hPrev.length);
  for (let k = 0; k < h.length; k++) {
    n[k] = tanh(n[k]);
    h[k] = (1 - z[k]) * n[k] + z[k] * hPrev[k];
  }
  return { h, r, z, n, recurrent };
}

/** Gradients of one GRU step; dbhn is zero for reset "before". */
export interface GruStepGradients<F extends Floats = Floats> {
  dx: F;
  dhPrev: F;
  dWx: F;
  dWh: F;
  db: F;
  dbhn: F;
}

/** The gradients of `gruStep`, from dh = ∂loss/∂h [B,H] and what the step saw and gave. */
export function gruStepBackward<F extends Floats>(
  dh: F,
  step: { x: F; hPrev: F } & GruStep<F>,
  params: GruParams<F>,
  reset: GruReset = "before",
): GruStepGradients<F> {
  const { x, hPrev, r, z, n, recurrent } = step;
  const { Wx, Wh, b } = params;
  const H = b.length / 3;
  const B = hPrev.length / H;
  const zeros = (like: F) => floatsLike(b, like.length);
  const [Whr, Whz, Whn] = splitColumns(Wh, H);
  const [dr, dz, dn, dhPrev] = [zeros(r), zeros(z), zeros(n), zeros(hPrev)];
  const [dWhr, dWhz, dWhn, dbhn] = [zeros(Whr), zeros(Whz), zeros(Whn), floatsLike(b, H)];
  for (let k = 0; k < dh.length; k++) {
    dz[k] = dh[k] * (hPrev[k] - n[k]) * z[k] * (1 - z[k]);
    dn[k] = dh[k] * (1 - z[k]) * (1 - n[k] * n[k]);
    dhPrev[k] = dh[k] * z[k];
  }
  const drecurrent = zeros(recurrent);
  if (reset === "before") {
    addInputGradient(drecurrent, dn, Whn, B);
    addWeightGradient(dWhn, recurrent, dn, B);
    for (let k = 0; k < dr.length; k++) {
      dr[k] = drecurrent[k] * hPrev[k] * r[k] * (1 - r[k]);
      dhPrev[k] += drecurrent[k] * r[k];
    }
  } else {
    for (let k = 0; k < dr.length; k++) {
      dr[k] = dn[k] * recurrent[k] * r[k] * (1 - r[k]);
      drecurrent[k] = dn[k] * r[k];
    }
    addInputGradient(dhPrev, drecurrent, Whn, B);
    addWeightGradient(dWhn, hPrev, drecurrent, B);
    addBiasGradient(dbhn, drecurrent);
  }
  addInputGradient(dhPrev, dr, Whr, B);
  addInputGradient(dhPrev, dz, Whz, B);
  addWeightGradient(dWhr, hPrev, dr, B);
  addWeightGradient(dWhz, hPrev, dz, B);
  const dpre = joinColumns([dr, dz, dn], B); // [B,3H]
  const [dx, dWx, db] = [zeros(x), zeros(Wx), zeros(b)];
  addInputGradient(dx, dpre, Wx, B);
  addWeightGradient(dWx, x, dpre, B);
  addBiasGradient(db, dpre);
  return { dx, dhPrev, dWx, dWh: joinColumns([dWhr, dWhz, dWhn], H), db, dbhn };
}

function affine<F extends Floats>(x: F, { Wx, b }: GruParams<F>, B: number): F {
  const pre = floatsLike(b, B * b.length);
  addProduct(pre, x, Wx, B);
  addBias(pre, b);
  return pre;
}

/** [rows,3H] → three matrices [rows,H]. */
function splitColumns<F extends Floats>(packed: F, rows: number): [F, F, F] {
  const H = packed.length / rows / 3;
  const part = (p: number) => {
    const out = floatsLike(packed, rows * H);
    for (let row = 0; row < rows; row++) {
      for (let j = 0; j < H; j++) out[row * H + j] = packed[(row * 3 + p) * H + j];
    }
    return out;
  };
  return [part(0), part(1), part(2)];
}

/** Three matrices [rows,H] → [rows,3H]. */
function joinColumns<F extends Floats>(parts: [F, F, F], rows: number): F {
  const H = parts[0].length / rows;
  const out = floatsLike(parts[0], rows * 3 * H);
  for (let row = 0; row < rows; row++) {
    for (let p = 0; p < 3; p++) out.set(parts[p].subarray(row * H, (row + 1) * H), (row * 3 + p) * H);
  }
  return out;
}
