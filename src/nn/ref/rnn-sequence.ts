import { norm } from "#src/util/math.ts";
import { assertLength } from "#src/util/shape.ts";
import { activateRange, slope, type Activation } from "./activation.ts";
import { copyLike, toFloat64, type Floats } from "./floats.ts";
import { addMatmul, matrix, transpose } from "./matrix.ts";
import type { RnnParams } from "./rnn.ts";
import { gatherRows, projectVectors, scatterRows } from "./rnn-input.ts";
import { isKept, type MaskedInput } from "./sequence-input.ts";
import { addOutputGradient, lastOf, outputsOf, startGradient } from "./sequence-state.ts";

export type { SequenceInput } from "./rnn-input.ts";

export interface RnnOptions<F extends Floats = Floats> {
  /** the state before the first step, [B,H]; default zeros */
  h0?: F;
  /** default tanh */
  activation?: Activation;
}

/** A forward run: all states, and what the backward pass needs. */
export interface RnnRun<F extends Floats = Floats> {
  /** every hidden state, [B,T,H]; 0 where the mask drops the step */
  h: F;
  /** the state after the last step, [B,H] */
  hLast: F;
  /** h0 and after it every hidden state, in double precision, [B,T+1,H] */
  states: Float64Array;
  input: MaskedInput<F>;
  params: RnnParams<F>;
  activation: Activation;
}

export interface RnnGradients<F extends Floats = Floats> {
  dWx: F;
  dWh: F;
  db: F;
  /** [B,H] */
  dh0: F;
  /** [B,T,D]; only when the input was vectors */
  dx?: F;
}

/**
 * A vanilla RNN over whole sequences: h_t = φ(x_t Wx + h_(t−1) Wh + b) for T steps and B rows.
 *
 * The same numbers as `rnnStep` T times; where the mask is 0, h stays and the output is 0. Sums run in double precision whatever the type of the weights.
 *
 * @throws RangeError when sizes do not fit together or a token is not a row of Wx
 */
export function rnnForward<F extends Floats>(
  input: MaskedInput<F>,
  params: RnnParams<F>,
  { h0, activation = "tanh" }: RnnOptions<F> = {},
): RnnRun<F> {
  const { batchSize: B, timesteps: T } = input;
  const H = params.b.length;
  assertSizes(input, params, h0);
  const states = new Float64Array(B * (T + 1) * H);
  if (h0) for (let b = 0; b < B; b++) states.set(h0.subarray(b * H, (b + 1) * H), b * (T + 1) * H);
  if (input.tokens) gatherRows(states, input.tokens, input, params);
  else projectVectors(states, input.x, input, params);
  const Wh = matrix(toFloat64(params.Wh), H, H);
  const hPrev = matrix(states, B, H, (T + 1) * H); // one step of every row: [B,H]
  const h = matrix(states, B, H, (T + 1) * H);
  for (let t = 0; t < T; t++) {
    hPrev.offset = t * H;
    h.offset = (t + 1) * H;
    addMatmul(h, hPrev, Wh);
    for (let b = 0; b < B; b++) {
      const at = h.offset + b * h.rowStep;
      if (isKept(input, b * T + t)) activateRange(activation, states, at, H);
      else states.copyWithin(at, at - H, at);
    }
  }
  const results = { h: outputsOf(states, input, params.b), hLast: lastOf(states, input, params.b) };
  return { ...results, states, input, params, activation };
}

/**
 * Backpropagation through time: from dh = ∂loss/∂h as the layers above see it, [B,T,H], and what else reaches the last
 * state, dhLast [B,H], to the gradients of weights, h0 and vectors x. `norms` [T], when given, receives ‖∂loss/∂h_t‖ with
 * everything that flows back from later steps.
 */
export function rnnBackward<F extends Floats>(
  run: RnnRun<F>,
  dh: F,
  { dhLast, norms }: { dhLast?: F; norms?: Floats } = {},
): RnnGradients<F> {
  const { states, input, params, activation } = run;
  const { batchSize: B, timesteps: T } = input;
  const H = params.b.length;
  assertLength("rnnBackward", "dh", dh.length, [{ B }, { T }, { H }]);
  const dpre = new Float64Array(B * T * H);
  const dState = startGradient("rnnBackward", input, H, { dhLast }); // ∂loss/∂h_t [B,H]
  const WhT = transpose(matrix(toFloat64(params.Wh), H, H));
  const now = matrix(dpre, B, H, T * H);
  for (let t = T - 1; t >= 0; t--) {
    addOutputGradient(dState, dh, input, t);
    if (norms) norms[t] = norm(dState);
    for (let b = 0; b < B; b++) {
      if (!isKept(input, b * T + t)) continue;
      const at = { from: b * H, to: (b * T + t) * H, state: (b * (T + 1) + t + 1) * H };
      for (let j = 0; j < H; j++) {
        dpre[at.to + j] = dState[at.from + j] * slope(activation, states[at.state + j]);
        dState[at.from + j] = 0;
      }
    }
    now.offset = t * H;
    addMatmul(matrix(dState, B, H), now, WhT);
  }
  return { ...weightGradients(run, dpre), dh0: copyLike(params.b, dState) };
}

function weightGradients<F extends Floats>(run: RnnRun<F>, dpre: Float64Array): Omit<RnnGradients<F>, "dh0"> {
  const { states, input, params } = run;
  const { batchSize: B, timesteps: T } = input;
  const H = params.b.length;
  const dWh = matrix(new Float64Array(H * H), H, H);
  const hPrev = matrix(states, T, H); // the first T states of one row: [T,H]
  const d = matrix(dpre, T, H);
  for (let b = 0; b < B; b++) {
    hPrev.offset = b * (T + 1) * H;
    d.offset = b * T * H;
    addMatmul(dWh, transpose(hPrev), d);
  }
  const db = new Float64Array(H);
  for (let k = 0; k < dpre.length;) for (let j = 0; j < H; j++) db[j] += dpre[k++];
  const gradients = { dWh: copyLike(params.b, dWh.data), db: copyLike(params.b, db) };
  if (input.tokens) return { ...gradients, dWx: copyLike(params.b, scatterRows(dpre, input.tokens, params)) };
  const D = params.Wx.length / H;
  const x = matrix(toFloat64(input.x), B * T, D);
  const dWx = matrix(new Float64Array(D * H), D, H);
  const dx = matrix(new Float64Array(B * T * D), B * T, D);
  const all = matrix(dpre, B * T, H);
  addMatmul(dWx, transpose(x), all);
  addMatmul(dx, all, transpose(matrix(toFloat64(params.Wx), D, H)));
  return { ...gradients, dWx: copyLike(params.b, dWx.data), dx: copyLike(params.b, dx.data) };
}

function assertSizes(input: MaskedInput, { Wx, Wh, b }: RnnParams, h0?: Floats): void {
  const { batchSize: B, timesteps: T, tokens, x } = input;
  const H = b.length;
  assertLength("rnn", "Wh", Wh.length, [{ H }, { H }]);
  if (tokens) assertLength("rnn", "tokens", tokens.length, [{ B }, { T }]);
  if (x) assertLength("rnn", "x", x.length, [{ B }, { T }, { D: Math.floor(Wx.length / H) }]);
  if (h0) assertLength("rnn", "h0", h0.length, [{ B }, { H }]);
}
