import { norm, sigmoid, tanh } from "#src/util/math.ts";
import { assertLength } from "#src/util/shape.ts";
import { copyLike, toFloat64, type Floats } from "./floats.ts";
import type { LstmParams } from "./lstm.ts";
import { addMatmul, matrix, transpose } from "./matrix.ts";
import { isKept, projectInput, projectInputBackward, type MaskedInput } from "./sequence-input.ts";
import {
  addOutputGradient,
  addStateGradient,
  lastOf,
  outputsOf,
  placeOf,
  startGradient,
  startStates,
  stepRows,
  type StepPlace,
} from "./sequence-state.ts";

/** Weights of an LSTM: Wx [D,4H], Wh [H,4H], b [4H] in the order i f g o, and peepholes Wp [3H] in the order i f o. */
export interface LstmSequenceParams<F extends Floats = Floats> extends LstmParams<F> {
  /** how much i and f see of cPrev and o of c, unit by unit; default none */
  Wp?: F;
}

export interface LstmOptions<F extends Floats = Floats> {
  /** the states before the first step, [B,H]; default zeros */
  h0?: F;
  c0?: F;
}

/** A forward run: outputs, last states, and what the backward pass needs. */
export interface LstmRun<F extends Floats = Floats> {
  /** every output, [B,T,H]; 0 where the mask drops the step */
  h: F;
  /** [B,H] */
  hLast: F;
  cLast: F;
  /** the first and every later h and c, in double precision, [B,T+1,H] */
  states: Float64Array;
  cells: Float64Array;
  /** i f g o after their non-linearity, [B,T,4H] */
  gates: Float64Array;
  input: MaskedInput<F>;
  params: LstmSequenceParams<F>;
}

/** What reaches the last states besides the outputs, [B,H]; norms [T] to be filled. */
export interface LstmBackwardOptions<F extends Floats = Floats> {
  dhLast?: F;
  dcLast?: F;
  /** receives ‖∂loss/∂h_t‖ with everything that flows back from later steps */
  norms?: Floats;
  /** receives ‖∂loss/∂c_t‖ */
  cellNorms?: Floats;
}

export interface LstmGradients<F extends Floats = Floats> {
  dWx: F;
  dWh: F;
  db: F;
  /** only with peepholes */
  dWp?: F;
  /** [B,H] */
  dh0: F;
  dc0: F;
  /** [B,T,D]; only when the input was vectors */
  dx?: F;
}

/** The arrays that one row's step works on, with H. */
interface Cells {
  gates: Float64Array;
  cells: Float64Array;
  Wp: Float64Array;
  H: number;
}

/**
 * An LSTM over whole sequences: `lstmStep` T times for B rows, with optional peepholes and a mask.
 *
 * With Wp: i = σ(· + Wp_i ⊙ cPrev), f = σ(· + Wp_f ⊙ cPrev), o = σ(· + Wp_o ⊙ c). Where the mask is 0, h and c stay
 * and the output is 0. Sums run in double precision whatever the type of the weights.
 *
 * Source: Hochreiter & Schmidhuber 1997; peepholes: Gers & Schmidhuber 2000.
 *
 * @throws RangeError when sizes do not fit together; Error when a token is not a row of Wx
 */
export function lstmForward<F extends Floats>(
  input: MaskedInput<F>,
  params: LstmSequenceParams<F>,
  { h0, c0 }: LstmOptions<F> = {},
): LstmRun<F> {
  const { batchSize: B, timesteps: T } = input;
  const H = params.b.length / 4;
  assertLength("lstm", "Wh", params.Wh.length, [{ H }, { "4H": 4 * H }]);
  if (params.Wp) assertLength("lstm", "Wp", params.Wp.length, [{ "3H": 3 * H }]);
  const gates = projectInput("lstm", input, params); // [B,T,4H], first as pre
  const states = startStates("lstm", input, H, { h0 });
  const cells = startStates("lstm", input, H, { c0 });
  const Wh = matrix(toFloat64(params.Wh), H, 4 * H);
  const core = { gates, cells, Wp: peepholesOf(params), H };
  const hPrev = stepRows(states, B, T + 1);
  const pre = stepRows(gates, B, T);
  for (let t = 0; t < T; t++) {
    hPrev.offset = t * H;
    pre.offset = t * 4 * H;
    addMatmul(pre, hPrev, Wh);
    for (let b = 0; b < B; b++) {
      const place = placeOf(b, t, { T, H });
      if (isKept(input, place.index)) stepRow(core, states, place);
      else [states, cells].forEach((u) => u.copyWithin(place.after, place.before, place.after));
    }
  }
  const last = (u: Float64Array) => lastOf(u, input, params.b);
  const h = outputsOf(states, input, params.b);
  return { h, hLast: last(states), cLast: last(cells), states, cells, gates, input, params };
}

/** Gates, c and h of one row at one step. */
function stepRow({ gates, cells, Wp, H }: Cells, states: Float64Array, place: StepPlace): void {
  for (let j = 0; j < H; j++) {
    const at = place.index * 4 * H + j;
    const cPrev = cells[place.before + j];
    const i = (gates[at] = sigmoid(gates[at] + Wp[j] * cPrev));
    const f = (gates[at + H] = sigmoid(gates[at + H] + Wp[H + j] * cPrev));
    const g = (gates[at + 2 * H] = tanh(gates[at + 2 * H]));
    const c = (cells[place.after + j] = f * cPrev + i * g);
    const o = (gates[at + 3 * H] = sigmoid(gates[at + 3 * H] + Wp[2 * H + j] * c));
    states[place.after + j] = o * tanh(c);
  }
}

/**
 * Backpropagation through time: from dh = ∂loss/∂h as the layers above see it, [B,T,H], and what reaches the last
 * states, to the gradients of weights, first states and vectors x.
 */
export function lstmBackward<F extends Floats>(
  run: LstmRun<F>,
  dh: F,
  { dhLast, dcLast, norms, cellNorms }: LstmBackwardOptions<F> = {},
): LstmGradients<F> {
  const { input, params, gates, cells } = run;
  const { batchSize: B, timesteps: T } = input;
  const H = params.b.length / 4;
  assertLength("lstmBackward", "dh", dh.length, [{ B }, { T }, { H }]);
  const core = { gates, cells, Wp: peepholesOf(params), H };
  const WhT = transpose(matrix(toFloat64(params.Wh), H, 4 * H));
  const dpre = new Float64Array(gates.length); // [B,T,4H]
  const dpreStep = stepRows(dpre, B, T);
  const dState = startGradient("lstmBackward", input, H, { dhLast });
  const dCell = startGradient("lstmBackward", input, H, { dcLast });
  for (let t = T - 1; t >= 0; t--) {
    addOutputGradient(dState, dh, input, t);
    if (norms) norms[t] = norm(dState);
    const kept = keptRows(input, t, H);
    for (const [at, place] of kept) outputBackward(core, place, { dpre, dState, dCell, at });
    if (cellNorms) cellNorms[t] = norm(dCell);
    for (const [at, place] of kept) cellBackward(core, place, { dpre, dState, dCell, at });
    dpreStep.offset = t * 4 * H;
    addMatmul(matrix(dState, B, H), dpreStep, WhT);
  }
  const dWh = matrix(new Float64Array(4 * H * H), H, 4 * H);
  addStateGradient(dWh, run.states, matrix(dpre, B * T, 4 * H), B);
  return {
    ...projectInputBackward(dpre, input, params),
    ...(params.Wp && { dWp: copyLike(params.b, peepholeGradient(run, dpre)) }),
    dWh: copyLike(params.b, dWh.data),
    dh0: copyLike(params.b, dState),
    dc0: copyLike(params.b, dCell),
  };
}

/** The gradients at one row's step; `at` is the row's place in dState and dCell [B,H]. */
interface RowGradients {
  dpre: Float64Array;
  dState: Float64Array;
  dCell: Float64Array;
  at: number;
}

/** From h to o and c: afterwards dCell is all of ∂loss/∂c_t and dState is used up. */
function outputBackward({ gates, cells, Wp, H }: Cells, place: StepPlace, d: RowGradients): void {
  for (let j = 0; j < H; j++) {
    const at = place.index * 4 * H + 3 * H + j;
    const o = gates[at];
    const y = tanh(cells[place.after + j]);
    const dh = d.dState[d.at + j];
    const dpreO = (d.dpre[at] = dh * y * o * (1 - o));
    d.dCell[d.at + j] += dh * o * (1 - y * y) + dpreO * Wp[2 * H + j];
    d.dState[d.at + j] = 0;
  }
}

/** From c to i, f, g and cPrev: afterwards dCell is what reaches c_(t−1) along this path. */
function cellBackward({ gates, cells, Wp, H }: Cells, place: StepPlace, d: RowGradients): void {
  for (let j = 0; j < H; j++) {
    const at = place.index * 4 * H + j;
    const [i, f, g] = [gates[at], gates[at + H], gates[at + 2 * H]];
    const dc = d.dCell[d.at + j];
    const dpreI = (d.dpre[at] = dc * g * i * (1 - i));
    const dpreF = (d.dpre[at + H] = dc * cells[place.before + j] * f * (1 - f));
    d.dpre[at + 2 * H] = dc * i * (1 - g * g);
    d.dCell[d.at + j] = dc * f + dpreI * Wp[j] + dpreF * Wp[H + j];
  }
}

/** The rows whose step counts: where each begins in [B,H], and its place. */
function keptRows(input: MaskedInput, t: number, H: number): [at: number, place: StepPlace][] {
  const { batchSize: B, timesteps: T } = input;
  const rows = Array.from({ length: B }, (_, b): [number, StepPlace] => [b * H, placeOf(b, t, { T, H })]);
  return rows.filter(([, place]) => isKept(input, place.index));
}

/** The peepholes [3H], zeros when there are none. */
const peepholesOf = ({ Wp, b }: LstmSequenceParams): Float64Array =>
  Wp ? toFloat64(Wp) : new Float64Array((b.length / 4) * 3);

/** dWp [3H]: i and f see the c before the step, o the c after it. */
function peepholeGradient({ input, cells, params }: LstmRun, dpre: Float64Array): Float64Array {
  const { batchSize: B, timesteps: T } = input;
  const H = params.b.length / 4;
  const dWp = new Float64Array(3 * H);
  for (let n = 0; n < B * T; n++) {
    const { before, after } = placeOf(Math.floor(n / T), n % T, { T, H });
    for (let j = 0; j < H; j++) {
      const at = n * 4 * H + j;
      dWp[j] += dpre[at] * cells[before + j];
      dWp[H + j] += dpre[at + H] * cells[before + j];
      dWp[2 * H + j] += dpre[at + 3 * H] * cells[after + j];
    }
  }
  return dWp;
}
