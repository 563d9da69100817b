import { assert } from "#src/util/assert.ts";
import { norm, tanh } from "#src/util/math.ts";
import type { Activation } from "./activation.ts";
import { floatsLike, type Floats } from "./floats.ts";
import { gruStep, gruStepBackward, type GruParams, type GruReset } from "./gru.ts";
import { lstmStep, lstmStepBackward, type LstmParams, type LstmStep } from "./lstm.ts";
import { rnnStep, rnnStepBackward, type RnnParams } from "./rnn.ts";

/** Norms of the gradients of a loss at the last step, [T] each. */
export interface GradientNorms {
  /** ‖∂L/∂h_t‖ for t = 1 … T */
  h: Float64Array;
  /** ‖∂L/∂c_t‖, with everything that flows back from later steps; LSTM only */
  c?: Float64Array;
}

/** A network unrolled over one input x_1 … x_T, from states of zeros, for figures that follow the gradient. */
export interface Unrolled<F extends Floats = Floats> {
  /** the hidden state of every step, T arrays [B,H] */
  h: F[];
  /** Backpropagates from dh = ∂L/∂h_T [B,H] to every earlier step. */
  gradientNorms(dh: F): GradientNorms;
}

/** The vanilla RNN over x, T arrays [B,D]. */
export function unrollRnn<F extends Floats>(
  x: F[],
  params: RnnParams<F>,
  activation: Activation = "tanh",
): Unrolled<F> {
  const states = [firstState(x, params, 1)]; // h_0 … h_T
  for (const xt of x) states.push(rnnStep(xt, states.at(-1)!, params, activation));
  const gradientNorms = (dh: F): GradientNorms => {
    const norms = new Float64Array(x.length);
    for (let t = x.length; t >= 1; t--) {
      norms[t - 1] = norm(dh);
      const seen = { x: x[t - 1], hPrev: states[t - 1], h: states[t] };
      dh = rnnStepBackward(dh, seen, params, activation).dhPrev;
    }
    return { h: norms };
  };
  return { h: states.slice(1), gradientNorms };
}

/** The LSTM over x, T arrays [B,D]. */
export function unrollLstm<F extends Floats>(x: F[], params: LstmParams<F>): Unrolled<F> {
  const zeros = firstState(x, params, 4);
  const steps: LstmStep<F>[] = [{ h: zeros, c: zeros, gates: zeros }];
  for (const xt of x) {
    const { h: hPrev, c: cPrev } = steps.at(-1)!;
    steps.push(lstmStep({ x: xt, hPrev, cPrev }, params));
  }
  const gradientNorms = (dh: F): GradientNorms => {
    const norms = { h: new Float64Array(x.length), c: new Float64Array(x.length) };
    let dc = floatsLike(dh, dh.length);
    for (let t = x.length; t >= 1; t--) {
      norms.h[t - 1] = norm(dh);
      const { h: hPrev, c: cPrev } = steps[t - 1];
      const gradients = lstmStepBackward({ dh, dc }, { x: x[t - 1], hPrev, cPrev, ...steps[t] }, params);
      norms.c[t - 1] = norm(totalCellGradient(dh, dc, steps[t], params.b.length / 4));
      dh = gradients.dhPrev;
      dc = gradients.dcPrev;
    }
    return norms;
  };
  return { h: steps.slice(1).map(({ h }) => h), gradientNorms };
}

/** The GRU over x, T arrays [B,D]. */
export function unrollGru<F extends Floats>(
  x: F[],
  params: GruParams<F>,
  reset: GruReset = "before",
): Unrolled<F> {
  const states = [firstState(x, params, 3)];
  const steps = x.map((xt) => {
    const step = gruStep({ x: xt, hPrev: states.at(-1)! }, params, reset);
    states.push(step.h);
    return step;
  });
  const gradientNorms = (dh: F): GradientNorms => {
    const norms = new Float64Array(x.length);
    for (let t = x.length; t >= 1; t--) {
      norms[t - 1] = norm(dh);
      const seen = { x: x[t - 1], hPrev: states[t - 1], ...steps[t - 1] };
      dh = gruStepBackward(dh, seen, params, reset).dhPrev;
    }
    return { h: norms };
  };
  return { h: states.slice(1), gradientNorms };
}

/** Zeros [B,H], with B from the first input and the packed weights of `gates` gates. */
function firstState<F extends Floats>(x: F[], { Wx, b }: { Wx: F; b: F }, gates: number): F {
  assert(x.length > 0, "unroll: expected at least one step of input, got none");
  const D = Wx.length / b.length;
  return floatsLike(b, (x[0].length / D) * (b.length / gates));
}

/** ∂L/∂c_t [B,H] = what comes through c_(t+1), and through h_t = o ⊙ tanh(c_t). */
function totalCellGradient<F extends Floats>(
  dh: F,
  dc: F,
  { c, gates }: LstmStep<F>,
  H: number,
): Float64Array {
  return Float64Array.from(c, (ct, k) => {
    const o = gates[Math.floor(k / H) * 4 * H + 3 * H + (k % H)];
    const y = tanh(ct);
    return dc[k] + dh[k] * o * (1 - y * y);
  });
}
