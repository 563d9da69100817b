import { assertLength } from "#src/util/shape.ts";
import { floatsLike, type Floats } from "./floats.ts";
import { addMatmul, matrix, transpose, type Matrix } from "./matrix.ts";
import { isKept, type MaskedInput } from "./sequence-input.ts";

// States stand in double precision as [B,T+1,H]: the first state, and after it the state after every step. A step of
// every row is then a matrix [B,H] whose rows are (T+1)·H apart.

/** Where a row's step reads and writes, as offsets into states [B,T+1,H] and into arrays [B,T]. */
export interface StepPlace {
  /** b·T + t */
  index: number;
  /** of the state before the step */
  before: number;
  /** of the state after it */
  after: number;
}

/** The place of row b at step t. */
export function placeOf(b: number, t: number, { T, H }: { T: number; H: number }): StepPlace {
  const before = (b * (T + 1) + t) * H;
  return { index: b * T + t, before, after: before + H };
}

/** An empty [B,T+1,H] that begins with the first state, [B,H], default zeros. */
export function startStates(
  owner: string,
  { batchSize: B, timesteps: T }: MaskedInput,
  H: number,
  first: Record<string, Floats | undefined>,
): Float64Array<ArrayBuffer> {
  const states = new Float64Array(B * (T + 1) * H);
  const [name, start] = Object.entries(first)[0];
  if (!start) return states;
  assertLength(owner, name, start.length, [{ B }, { H }]);
  for (let b = 0; b < B; b++) states.set(start.subarray(b * H, (b + 1) * H), b * (T + 1) * H);
  return states;
}

/** The outputs [B,T,H]: every state after a step, and 0 where the mask drops the step. */
export function outputsOf<F extends Floats>(states: Float64Array, input: MaskedInput, model: F): F {
  const { batchSize: B, timesteps: T } = input;
  const H = states.length / B / (T + 1);
  const out = floatsLike(model, B * T * H);
  for (let n = 0; n < B * T; n++) {
    const { after } = placeOf(Math.floor(n / T), n % T, { T, H });
    if (isKept(input, n)) out.set(states.subarray(after, after + H), n * H);
  }
  return out;
}

/** The states after the last step, [B,H]. */
export function lastOf<F extends Floats>(
  states: Float64Array,
  { batchSize: B, timesteps: T }: MaskedInput,
  model: F,
): F {
  const H = states.length / B / (T + 1);
  const last = floatsLike(model, B * H);
  for (let b = 0; b < B; b++) {
    const { before } = placeOf(b, T, { T, H });
    last.set(states.subarray(before, before + H), b * H);
  }
  return last;
}

/** Where backpropagation through time begins: what reaches the last state, [B,H], default zeros. */
export function startGradient(
  owner: string,
  { batchSize: B }: MaskedInput,
  H: number,
  last: Record<string, Floats | undefined>,
): Float64Array<ArrayBuffer> {
  const [name, d] = Object.entries(last)[0];
  if (!d) return new Float64Array(B * H);
  assertLength(owner, name, d.length, [{ B }, { H }]);
  return new Float64Array(d);
}

/** One step of all rows as a matrix [B,n]; move it to step t by offset = t · n. `length` is T or T+1. */
export function stepRows(data: Float64Array, B: number, length: number): Matrix {
  const n = data.length / B / length;
  return matrix(data, B, n, length * n);
}

/** dW += Σ over rows and steps of (state before the step)ᵀ d, with d a matrix of B·T rows. */
export function addStateGradient(dW: Matrix, states: Float64Array, d: Matrix, B: number): void {
  const T = d.rows / B;
  const H = dW.rows;
  const before = matrix(states, T, H);
  const rows = { ...d, rows: T };
  for (let b = 0; b < B; b++) {
    before.offset = b * (T + 1) * H;
    rows.offset = d.offset + b * T * d.rowStep;
    addMatmul(dW, transpose(before), rows);
  }
}

/** The columns from … from+count of a matrix, as a matrix on the same numbers. */
export function columnsOf(m: Matrix, from: number, count: number): Matrix {
  return { ...m, offset: m.offset + from * m.columnStep, columns: count };
}

/** dState [B,H] += dh [B,T,H] at step t, where the step counts. */
export function addOutputGradient(dState: Float64Array, dh: Floats, input: MaskedInput, t: number): void {
  const { batchSize: B, timesteps: T } = input;
  const H = dState.length / B;
  for (let b = 0; b < B; b++) {
    const index = b * T + t;
    if (!isKept(input, index)) continue;
    for (let j = 0; j < H; j++) dState[b * H + j] += dh[index * H + j];
  }
}
