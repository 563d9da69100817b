// Vanilla RNN over whole sequences: h = φ(x Wx + hPrev Wh + b).
import { Plan, gateStep, stateStep } from "./plan";
import { addProduct, gatherRows } from "./product";
import { addNorms, carryGradient, carryState, finishBackward, isMasked, prepareBackward, prepareForward } from "./sequence";
import { flush, one, sigmoid, tanh } from "./vector";

export function rnnForward(p: Plan): void {
  const B = p.B, H8 = <usize>(p.H >> 3), hs = stateStep(p), zs = gateStep(p), row = <usize>B << 5;
  prepareForward(p, 1);
  for (let t: i32 = 0; t < p.T; t++) {
    const at = <usize>t * row;
    for (let j: usize = 0; j < H8; j++) {
      const z = p.z + j * zs + at, h = p.h + j * hs + at + row;
      if (p.tokens) gatherRows(p.table + j * <usize>p.D * 32, p.tokens + (<usize>(t * B) << 2), z, B);
      if (t > 0 || p.hasFirst) addProduct(p.h + at, hs, p.Wh + j * <usize>p.H * 32, z, B, p.H);
      activate(z, h, B, p.activation);
      if (p.mask) carryState(p, t, h - row);
    }
  }
}

function activate(z: usize, h: usize, rows: i32, activation: i32): void {
  const end = <usize>rows << 5;
  if (activation == 0) for (let k: usize = 0; k < end; k += 16) v128.store(h + k, tanh(v128.load(z + k)));
  else if (activation == 1) for (let k: usize = 0; k < end; k += 16) v128.store(h + k, f32x4.pmax(f32x4.splat(0), v128.load(z + k)));
  else if (activation == 2) for (let k: usize = 0; k < end; k += 16) v128.store(h + k, flush(v128.load(z + k)));
  else for (let k: usize = 0; k < end; k += 16) v128.store(h + k, sigmoid(v128.load(z + k)));
}

export function rnnBackward(p: Plan): void {
  const B = p.B, H8 = <usize>(p.H >> 3), hs = stateStep(p), zs = gateStep(p), row = <usize>B << 5;
  prepareBackward(p, 1);
  for (let t: i32 = p.T - 1; t >= 0; t--) {
    const at = <usize>t * row;
    for (let j: usize = 0; j < H8; j++) {
      const dh = p.dh + j * hs + at + row, h = p.h + j * hs + at + row, z = p.z + j * zs + at;
      if (t < p.T - 1) addProduct(p.z + at + row, zs, p.WhT + j * <usize>p.H * 32, dh, B, p.H);
      if (p.normsH) addNorms(p.normsH + (<usize>t << 2), dh, B);
      slope(h, dh, z, B, p.activation);
      if (!p.mask) continue;
      for (let b: i32 = 0; b < B; b++)
        if (isMasked(p, t, b)) carryGradient(z + (<usize>b << 5), 0, 1, dh + (<usize>b << 5), row);
    }
  }
  finishBackward(p, 1);
}

/** z = dh ⊙ φ'(pre), told from h. */
function slope(h: usize, dh: usize, z: usize, rows: i32, activation: i32): void {
  const end = <usize>rows << 5, unit = one(), zero = f32x4.splat(0);
  for (let k: usize = 0; k < end; k += 16) {
    const u = v128.load(h + k), d = v128.load(dh + k);
    let s = d;
    if (activation == 0) s = f32x4.mul(d, f32x4.sub(unit, f32x4.mul(u, u)));
    else if (activation == 1) s = v128.and(d, f32x4.gt(u, zero));
    else if (activation == 3) s = f32x4.mul(d, f32x4.mul(u, f32x4.sub(unit, u)));
    v128.store(z + k, flush(s));
  }
}
