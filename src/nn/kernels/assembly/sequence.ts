// What the recurrent layers share: inputs before the first step, masked steps, and the gradients of weights after the last.
import { gateStep, Plan, stateStep } from "./plan";
import { addBias, addProduct, biasGradient, linear, scatterRows, weightGradient } from "./product";
import { transpose } from "./panel";
import { fma, sumOf } from "./vector";

/** Tokens get a table of their rows with the bias added; vectors are projected for all steps at once. */
export function prepareForward(p: Plan, gates: i32): void {
  const zs = gateStep(p);
  if (p.tokens) addBias(p.Wx, p.b, p.table, p.D, gates * p.H);
  else linear(p.x, zs, p.Wx, p.b, p.z, zs, p.T * p.B, gates * p.H, p.D);
}

export function prepareBackward(p: Plan, gates: i32): void {
  transpose(p.Wh, p.WhT, p.H, gates * p.H);
  if (p.normsH) memory.fill(p.normsH, 0, <usize>p.T << 2);
  if (p.normsC) memory.fill(p.normsC, 0, <usize>p.T << 2);
}

@inline
export function isMasked(p: Plan, t: i32, b: i32): bool {
  return load<i32>(p.mask + (<usize>(t * p.B + b) << 2)) == 0;
}

/** Rows of a step that does not count keep the state before: `state` is one panel's rows before the step. */
export function carryState(p: Plan, t: i32, state: usize): void {
  const row = <usize>p.B << 5;
  for (let b: i32 = 0; b < p.B; b++)
    if (isMasked(p, t, b)) memory.copy(state + row + (<usize>b << 5), state + (<usize>b << 5), 32);
}

/** The gradient of a carried row: nothing to the gates, everything to the state before. */
export function carryGradient(z: usize, gate: usize, gates: i32, dh: usize, row: usize): void {
  for (let g: usize = 0; g < <usize>gates; g++) memory.fill(z + g * gate, 0, 32);
  const before = dh - row;
  v128.store(before, f32x4.add(v128.load(before), v128.load(dh)));
  v128.store(before, f32x4.add(v128.load(before, 16), v128.load(dh, 16)), 16);
}

export function addNorms(place: usize, values: usize, rows: i32): void {
  let sum = f32x4.splat(0);
  for (let k: usize = 0; k < <usize>rows << 5; k += 16) sum = fma(v128.load(values + k), v128.load(values + k), sum);
  store<f32>(place, load<f32>(place) + sumOf(sum));
}

/** With what reaches the gates of every step known: the gradients of weights, first state and vectors. */
export function finishBackward(p: Plan, gates: i32): void {
  const zs = gateStep(p), hs = stateStep(p), N = gates * p.H, rows = p.T * p.B;
  weightGradient(p.h, hs, p.z, zs, p.dWh, p.H, N, rows);
  finishInputs(p, N);
  if (!p.hasFirst) return;
  for (let j: usize = 0; j < <usize>(p.H >> 3); j++)
    addProduct(p.z, zs, p.WhT + j * <usize>N * 32, p.dh + j * hs, p.B, N);
}

export function finishInputs(p: Plan, N: i32): void {
  const zs = gateStep(p), rows = p.T * p.B;
  biasGradient(p.z, zs, p.db, N, rows);
  if (p.tokens) {
    for (let k: usize = 0; k < <usize>(N >> 3); k++) scatterRows(p.z + k * zs, p.tokens, p.dWx + k * <usize>p.D * 32, rows, p.D);
    return;
  }
  weightGradient(p.x, zs, p.z, zs, p.dWx, p.D, N, rows);
  if (!p.dx) return;
  transpose(p.Wx, p.table, p.D, N);
  linear(p.z, zs, p.table, 0, p.dx, zs, rows, p.D, N);
}
