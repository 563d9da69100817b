// GRU over whole sequences: gates r z n, h = (1 − z) ⊙ n + z ⊙ hPrev. The fourth group of panels of `z` keeps hPrev Whn + bhn
// for reset "after"; for "before" `y` keeps r ⊙ hPrev.
import { gateStep, Plan, stateStep } from "./plan";
import { addProduct, biasGradient, fillRows, gatherRows, weightGradient } from "./product";
import { addNorms, carryGradient, carryState, finishInputs, isMasked, prepareBackward, prepareForward } from "./sequence";
import { flush, fma, one, sigmoid, tanh } from "./vector";

@inline
function gather(p: Plan, t: i32, gate: usize, j: usize, z: usize): void {
  const k = gate * <usize>(p.H >> 3) + j;
  if (p.tokens) gatherRows(p.table + k * <usize>p.D * 32, p.tokens + (<usize>(t * p.B) << 2), z, p.B);
}

@inline
function weights(p: Plan, gate: usize, j: usize): usize {
  return p.Wh + (gate * <usize>(p.H >> 3) + j) * <usize>p.H * 32;
}

export function gruAfterForward(p: Plan): void {
  const B = p.B, H8 = <usize>(p.H >> 3), hs = stateStep(p), zs = gateStep(p), gate = H8 * zs, row = <usize>B << 5;
  prepareForward(p, 3);
  for (let t: i32 = 0; t < p.T; t++) {
    const at = <usize>t * row, h = p.h + at;
    for (let j: usize = 0; j < H8; j++) {
      const z = p.z + j * zs + at, recurrent = z + 3 * gate;
      for (let g: usize = 0; g < 3; g++) gather(p, t, g, j, z + g * gate);
      fillRows(p.bhn + (j << 5), recurrent, B);
      if (t > 0 || p.hasFirst) {
        addProduct(h, hs, weights(p, 0, j), z, B, p.H);
        addProduct(h, hs, weights(p, 1, j), z + gate, B, p.H);
        addProduct(h, hs, weights(p, 2, j), recurrent, B, p.H);
      }
      activateAfter(z, gate, h + j * hs, h + j * hs + row, B);
      if (p.mask) carryState(p, t, h + j * hs);
    }
  }
}

function activateAfter(z: usize, gate: usize, hPrev: usize, h: usize, rows: i32): void {
  for (let k: usize = z; k < z + (<usize>rows << 5); k += 16) {
    const r = sigmoid(v128.load(k)), u = sigmoid(v128.load(k + gate));
    const n = tanh(fma(r, v128.load(k + 3 * gate), v128.load(k + 2 * gate)));
    v128.store(k, r);
    v128.store(k + gate, u);
    v128.store(k + 2 * gate, n);
    v128.store(h + (k - z), flush(fma(u, f32x4.sub(v128.load(hPrev + (k - z)), n), n)));
  }
}

export function gruAfterBackward(p: Plan): void {
  const B = p.B, H = p.H, H8 = <usize>(H >> 3), hs = stateStep(p), zs = gateStep(p), gate = H8 * zs, row = <usize>B << 5;
  prepareBackward(p, 3);
  for (let t: i32 = p.T - 1; t >= 0; t--) {
    const at = <usize>t * row;
    for (let j: usize = 0; j < H8; j++) {
      const dh = p.dh + j * hs + at + row;
      if (t < p.T - 1) addRecurrent(p, p.z + at + row, j, dh);
      if (p.normsH) addNorms(p.normsH + (<usize>t << 2), dh, B);
      const z = p.z + j * zs + at, hPrev = p.h + j * hs + at;
      if (!p.mask) backwardAfter(z, gate, hPrev, dh, row, B);
      else
        for (let b: i32 = 0; b < B; b++) {
          const r = <usize>b << 5;
          if (isMasked(p, t, b)) carryGradient(z + r, gate, 4, dh + r, row);
          else backwardAfter(z + r, gate, hPrev + r, dh + r, row, 1);
        }
    }
  }
  const rows = p.T * B;
  weightGradient(p.h, hs, p.z, zs, p.dWh, H, 2 * H, rows);
  weightGradient(p.h, hs, p.z + 3 * gate, zs, p.dWh + <usize>(2 * H) * <usize>H * 4, H, H, rows);
  biasGradient(p.z + 3 * gate, zs, p.dbhn, H, rows);
  finishInputs(p, 3 * H);
  if (p.hasFirst) for (let j: usize = 0; j < H8; j++) addRecurrent(p, p.z, j, p.dh + j * hs);
}

/** dh += [dr dz] [Whr Whz]ᵀ + drecurrent Whnᵀ, from the gates of the step after. */
function addRecurrent(p: Plan, z: usize, j: usize, dh: usize): void {
  const H = <usize>p.H, zs = gateStep(p), WT = p.WhT + j * H * 96;
  addProduct(z, zs, WT, dh, p.B, 2 * p.H);
  addProduct(z + 3 * <usize>(p.H >> 3) * zs, zs, WT + H * 64, dh, p.B, p.H);
}

function backwardAfter(z: usize, gate: usize, hPrev: usize, dh: usize, row: usize, rows: i32): void {
  const unit = one();
  for (let k: usize = 0; k < <usize>rows << 5; k += 16) {
    const at = z + k, d = v128.load(dh + k);
    const r = v128.load(at), u = v128.load(at + gate), n = v128.load(at + 2 * gate), m = v128.load(at + 3 * gate);
    const du = f32x4.mul(f32x4.mul(d, f32x4.sub(v128.load(hPrev + k), n)), f32x4.mul(u, f32x4.sub(unit, u)));
    const dn = flush(f32x4.mul(f32x4.mul(d, f32x4.sub(unit, u)), f32x4.sub(unit, f32x4.mul(n, n))));
    v128.store(at, flush(f32x4.mul(f32x4.mul(dn, m), f32x4.mul(r, f32x4.sub(unit, r)))));
    v128.store(at + gate, flush(du));
    v128.store(at + 2 * gate, dn);
    v128.store(at + 3 * gate, f32x4.mul(dn, r));
    const before = dh - row + k;
    v128.store(before, flush(fma(d, u, v128.load(before))));
  }
}

export function gruBeforeForward(p: Plan): void {
  const B = p.B, H8 = <usize>(p.H >> 3), hs = stateStep(p), zs = gateStep(p), gate = H8 * zs, row = <usize>B << 5;
  prepareForward(p, 3);
  for (let t: i32 = 0; t < p.T; t++) {
    const at = <usize>t * row, h = p.h + at, hasState = t > 0 || p.hasFirst;
    for (let j: usize = 0; j < H8; j++) {
      const z = p.z + j * zs + at;
      for (let g: usize = 0; g < 3; g++) gather(p, t, g, j, z + g * gate);
      if (hasState) {
        addProduct(h, hs, weights(p, 0, j), z, B, p.H);
        addProduct(h, hs, weights(p, 1, j), z + gate, B, p.H);
      }
      activateGates(z, gate, h + j * hs, p.y + j * zs + at, B);
    }
    for (let j: usize = 0; j < H8; j++) {
      const z = p.z + j * zs + at;
      if (hasState) addProduct(p.y + at, zs, weights(p, 2, j), z + 2 * gate, B, p.H);
      activateCandidate(z, gate, h + j * hs, h + j * hs + row, B);
      if (p.mask) carryState(p, t, h + j * hs);
    }
  }
}

function activateGates(z: usize, gate: usize, hPrev: usize, y: usize, rows: i32): void {
  for (let k: usize = 0; k < <usize>rows << 5; k += 16) {
    const r = sigmoid(v128.load(z + k));
    v128.store(z + k, r);
    v128.store(z + k + gate, sigmoid(v128.load(z + k + gate)));
    v128.store(y + k, f32x4.mul(r, v128.load(hPrev + k)));
  }
}

function activateCandidate(z: usize, gate: usize, hPrev: usize, h: usize, rows: i32): void {
  for (let k: usize = 0; k < <usize>rows << 5; k += 16) {
    const u = v128.load(z + k + gate), n = tanh(v128.load(z + k + 2 * gate));
    v128.store(z + k + 2 * gate, n);
    v128.store(h + k, flush(fma(u, f32x4.sub(v128.load(hPrev + k), n), n)));
  }
}

export function gruBeforeBackward(p: Plan): void {
  const B = p.B, H = p.H, H8 = <usize>(H >> 3), hs = stateStep(p), zs = gateStep(p), gate = H8 * zs, row = <usize>B << 5;
  prepareBackward(p, 3);
  for (let t: i32 = p.T - 1; t >= 0; t--) {
    const at = <usize>t * row;
    for (let j: usize = 0; j < H8; j++) {
      const dh = p.dh + j * hs + at + row, z = p.z + j * zs + at;
      if (t < p.T - 1) addProduct(p.z + at + row, zs, p.WhT + j * <usize>H * 96, dh, B, 2 * H);
      if (p.normsH) addNorms(p.normsH + (<usize>t << 2), dh, B);
      if (!p.mask) backwardCandidate(z, gate, p.h + j * hs + at, dh, row, B);
      else
        for (let b: i32 = 0; b < B; b++) {
          const r = <usize>b << 5;
          if (isMasked(p, t, b)) carryGradient(z + r, gate, 3, dh + r, row);
          else backwardCandidate(z + r, gate, p.h + j * hs + at + r, dh + r, row, 1);
        }
    }
    for (let j: usize = 0; j < H8; j++) {
      const dy = p.dc;
      memory.fill(dy, 0, row);
      addProduct(p.z + 2 * gate + at, zs, p.WhT + j * <usize>H * 96 + <usize>H * 64, dy, B, H);
      backwardReset(p.z + j * zs + at, dy, p.h + j * hs + at, p.dh + j * hs + at, B, p, t);
    }
  }
  const rows = p.T * B;
  weightGradient(p.h, hs, p.z, zs, p.dWh, H, 2 * H, rows);
  weightGradient(p.y, zs, p.z + 2 * gate, zs, p.dWh + <usize>(2 * H) * <usize>H * 4, H, H, rows);
  finishInputs(p, 3 * H);
  if (p.hasFirst)
    for (let j: usize = 0; j < H8; j++) addProduct(p.z, zs, p.WhT + j * <usize>H * 96, p.dh + j * hs, B, 2 * H);
}

/** Update gate and candidate; what passes around the gates goes to the state before. */
function backwardCandidate(z: usize, gate: usize, hPrev: usize, dh: usize, row: usize, rows: i32): void {
  const unit = one();
  for (let k: usize = 0; k < <usize>rows << 5; k += 16) {
    const at = z + k, d = v128.load(dh + k), u = v128.load(at + gate), n = v128.load(at + 2 * gate);
    const du = f32x4.mul(f32x4.mul(d, f32x4.sub(v128.load(hPrev + k), n)), f32x4.mul(u, f32x4.sub(unit, u)));
    v128.store(at + gate, flush(du));
    v128.store(at + 2 * gate, flush(f32x4.mul(f32x4.mul(d, f32x4.sub(unit, u)), f32x4.sub(unit, f32x4.mul(n, n)))));
    const before = dh - row + k;
    v128.store(before, flush(fma(d, u, v128.load(before))));
  }
}

/** From dy = ∂loss/∂(r ⊙ hPrev): the reset gate's part, and the part of the state before. */
function backwardReset(z: usize, dy: usize, hPrev: usize, dhPrev: usize, rows: i32, p: Plan, t: i32): void {
  const unit = one();
  for (let k: usize = 0; k < <usize>rows << 5; k += 16) {
    if (p.mask && isMasked(p, t, <i32>(k >> 5))) continue;
    const r = v128.load(z + k), d = v128.load(dy + k);
    v128.store(z + k, flush(f32x4.mul(f32x4.mul(d, v128.load(hPrev + k)), f32x4.mul(r, f32x4.sub(unit, r)))));
    v128.store(dhPrev + k, flush(fma(d, r, v128.load(dhPrev + k))));
  }
}
