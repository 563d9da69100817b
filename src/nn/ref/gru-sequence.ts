import { norm, sigmoid, tanh } from "#src/util/math.ts";
import { assertLength } from "#src/util/shape.ts";
import { copyLike, toFloat64, type Floats } from "./floats.ts";
import type { GruParams, GruReset } from "./gru.ts";
import { addMatmul, matrix, transpose, type Matrix } from "./matrix.ts";
import { isKept, projectInput, projectInputBackward, type MaskedInput } from "./sequence-input.ts";
import {
  addOutputGradient,
  addStateGradient,
  columnsOf,
  lastOf,
  outputsOf,
  placeOf,
  startGradient,
  startStates,
  stepRows,
} from "./sequence-state.ts";

export interface GruOptions<F extends Floats = Floats> {
  /** the state before the first step, [B,H]; default zeros */
  h0?: F;
  /** default before; after is what PyTorch computes */
  reset?: GruReset;
}

/** A forward run: outputs, last state, and what the backward pass needs. */
export interface GruRun<F extends Floats = Floats> {
  /** every output, [B,T,H]; 0 where the mask drops the step */
  h: F;
  /** [B,H] */
  hLast: F;
  /** the first and every later state, in double precision, [B,T+1,H] */
  states: Float64Array;
  /** r z n after their non-linearity, [B,T,3H] */
  gates: Float64Array;
  /** hPrev Whn + bhn ("after") or r ⊙ hPrev ("before"), [B,T,H] */
  recurrent: Float64Array;
  input: MaskedInput<F>;
  params: GruParams<F>;
  reset: GruReset;
}

export interface GruGradients<F extends Floats = Floats> {
  dWx: F;
  dWh: F;
  db: F;
  /** zero for reset "before" */
  dbhn: F;
  /** [B,H] */
  dh0: F;
  /** [B,T,D]; only when the input was vectors */
  dx?: F;
}

/** Wh seen as what feeds the gates r z, [H,2H], and what feeds the candidate, [H,H]. */
interface RecurrentWeights {
  gates: Matrix;
  candidate: Matrix;
}

function recurrentWeights(Wh: Floats, H: number): RecurrentWeights {
  const all = matrix(toFloat64(Wh), H, 3 * H);
  return { gates: columnsOf(all, 0, 2 * H), candidate: columnsOf(all, 2 * H, H) };
}

/**
 * A GRU over whole sequences: `gruStep` T times for B rows, with a mask.
 *
 * Where the mask is 0, h stays and the output is 0. Sums run in double precision whatever the type of the weights.
 *
 * @throws RangeError when sizes do not fit together; Error when a token is not a row of Wx
 */
export function gruForward<F extends Floats>(
  input: MaskedInput<F>,
  params: GruParams<F>,
  { h0, reset = "before" }: GruOptions<F> = {},
): GruRun<F> {
  const { batchSize: B, timesteps: T } = input;
  const H = params.b.length / 3;
  assertLength("gru", "Wh", params.Wh.length, [{ H }, { "3H": 3 * H }]);
  if (params.bhn) assertLength("gru", "bhn", params.bhn.length, [{ H }]);
  const gates = projectInput("gru", input, params); // [B,T,3H], first as pre
  const states = startStates("gru", input, H, { h0 });
  const recurrent = new Float64Array(B * T * H);
  const run = { states, gates, recurrent, input, params, reset };
  const Wh = recurrentWeights(params.Wh, H);
  for (let t = 0; t < T; t++) stepForward(run, Wh, t);
  return { h: outputsOf(states, input, params.b), hLast: lastOf(states, input, params.b), ...run };
}

function stepForward(run: Omit<GruRun, "h" | "hLast">, Wh: RecurrentWeights, t: number): void {
  const { states, gates, recurrent, input, params, reset } = run;
  const { batchSize: B, timesteps: T } = input;
  const H = params.b.length / 3;
  const hPrev = stepRows(states, B, T + 1);
  const pre = stepRows(gates, B, T);
  const product = stepRows(recurrent, B, T);
  hPrev.offset = t * H;
  pre.offset = t * 3 * H;
  product.offset = t * H;
  addMatmul(columnsOf(pre, 0, 2 * H), hPrev, Wh.gates);
  const units = unitsOf(input, t, H);
  for (const { at } of units) gates[at] = sigmoid(gates[at]);
  for (const { at } of units) gates[at + H] = sigmoid(gates[at + H]);
  if (reset === "before") {
    for (const { at, k, before } of units) recurrent[k] = gates[at] * states[before];
    addMatmul(columnsOf(pre, 2 * H, H), product, Wh.candidate);
  } else {
    const { bhn } = params;
    if (bhn) for (const { k } of units) recurrent[k] = bhn[k % H];
    addMatmul(product, hPrev, Wh.candidate);
    for (const { at, k } of units) gates[at + 2 * H] += gates[at] * recurrent[k];
  }
  for (const { at, k, before } of units) {
    const z = gates[at + H];
    const n = (gates[at + 2 * H] = tanh(gates[at + 2 * H]));
    const isOn = isKept(input, Math.floor(k / H));
    states[before + H] = isOn ? (1 - z) * n + z * states[before] : states[before];
  }
}

/** A unit of a row at one step: its places in [B,T,3H] (r's), in [B,T,H], in [B,T+1,H] (before the step), in [B,H]. */
interface Unit {
  at: number;
  k: number;
  before: number;
  own: number;
}

function unitsOf({ batchSize: B, timesteps: T }: MaskedInput, t: number, H: number): Unit[] {
  return Array.from({ length: B * H }, (_, own) => {
    const j = own % H;
    const { index, before } = placeOf(Math.floor(own / H), t, { T, H });
    return { at: index * 3 * H + j, k: index * H + j, before: before + j, own };
  });
}

/** What reaches the last state besides the outputs, [B,H]; `norms` [T], to be filled with ‖∂loss/∂h_t‖. */
export interface GruBackwardOptions<F extends Floats = Floats> {
  dhLast?: F;
  norms?: Floats;
}

/** The gradients that the steps fill: dpre [B,T,3H], drecurrent [B,T,H], dState [B,H]. */
interface StepGradients {
  dpre: Float64Array;
  drecurrent: Float64Array;
  dState: Float64Array;
}

/**
 * Backpropagation through time: from dh = ∂loss/∂h as the layers above see it, [B,T,H], to the gradients of weights,
 * first state and vectors x.
 */
export function gruBackward<F extends Floats>(
  run: GruRun<F>,
  dh: F,
  { dhLast, norms }: GruBackwardOptions<F> = {},
): GruGradients<F> {
  const { input, params, states, gates, recurrent, reset } = run;
  const { batchSize: B, timesteps: T } = input;
  const H = params.b.length / 3;
  assertLength("gruBackward", "dh", dh.length, [{ B }, { T }, { H }]);
  const dpre = new Float64Array(gates.length);
  const drecurrent = new Float64Array(recurrent.length);
  const dState = startGradient("gruBackward", input, H, { dhLast });
  const Wh = recurrentWeights(params.Wh, H);
  for (let t = T - 1; t >= 0; t--) {
    addOutputGradient(dState, dh, input, t);
    if (norms) norms[t] = norm(dState);
    stepBackward(run, Wh, { dpre, drecurrent, dState }, t);
  }
  const dWh = new Float64Array(3 * H * H);
  const d = matrix(dpre, B * T, 3 * H);
  const { gates: dWhGates, candidate: dWhn } = recurrentWeights(dWh, H);
  addStateGradient(dWhGates, states, columnsOf(d, 0, 2 * H), B);
  const dbhn = new Float64Array(H);
  if (reset === "before") {
    addMatmul(dWhn, transpose(matrix(recurrent, B * T, H)), columnsOf(d, 2 * H, H));
  } else {
    addStateGradient(dWhn, states, matrix(drecurrent, B * T, H), B);
    for (let k = 0; k < drecurrent.length; k++) dbhn[k % H] += drecurrent[k];
  }
  const like = (u: Float64Array) => copyLike(params.b, u);
  return {
    ...projectInputBackward(dpre, input, params),
    dWh: like(dWh),
    dbhn: like(dbhn),
    dh0: like(dState),
  };
}

function stepBackward(run: GruRun, Wh: RecurrentWeights, grads: StepGradients, t: number): void {
  const { states, gates, recurrent, input, params, reset } = run;
  const { batchSize: B, timesteps: T } = input;
  const { dpre, drecurrent, dState } = grads;
  const H = params.b.length / 3;
  const kept = unitsOf(input, t, H).filter(({ k }) => isKept(input, Math.floor(k / H)));
  const d = stepRows(dpre, B, T);
  const dproduct = stepRows(drecurrent, B, T);
  d.offset = t * 3 * H;
  dproduct.offset = t * H;
  const dPrev = matrix(dState, B, H);
  for (const { at, before, own } of kept) {
    const [z, n] = [gates[at + H], gates[at + 2 * H]];
    dpre[at + H] = dState[own] * (states[before] - n) * z * (1 - z);
    dpre[at + 2 * H] = dState[own] * (1 - z) * (1 - n * n);
    dState[own] *= z;
  }
  if (reset === "before") {
    addMatmul(dproduct, columnsOf(d, 2 * H, H), transpose(Wh.candidate));
    for (const { at, k, before, own } of kept) {
      dpre[at] = drecurrent[k] * states[before] * gates[at] * (1 - gates[at]);
      dState[own] += drecurrent[k] * gates[at];
    }
  } else {
    for (const { at, k } of kept) {
      dpre[at] = dpre[at + 2 * H] * recurrent[k] * gates[at] * (1 - gates[at]);
      drecurrent[k] = dpre[at + 2 * H] * gates[at];
    }
    addMatmul(dPrev, dproduct, transpose(Wh.candidate));
  }
  addMatmul(dPrev, columnsOf(d, 0, 2 * H), transpose(Wh.gates));
}
