// LSTM over whole sequences: gates i f g o, c = f ⊙ cPrev + i ⊙ g, h = o ⊙ tanh(c).
import { gateStep, Plan, stateStep } from "./plan";
import { addProduct, gatherRows } from "./product";
import { addNorms, carryGradient, carryState, finishBackward, isMasked, prepareBackward, prepareForward } from "./sequence";
import { flush, fma, one, sigmoid, tanh } from "./vector";

const GATES: i32 = 4;

export function lstmForward(p: Plan): void {
  const B = p.B, H8 = <usize>(p.H >> 3), hs = stateStep(p), zs = gateStep(p), gate = H8 * zs;
  prepareForward(p, GATES);
  for (let t: i32 = 0; t < p.T; t++) {
    const at = (<usize>t * <usize>B) << 5, next = at + (<usize>B << 5);
    for (let j: usize = 0; j < H8; j++) {
      const z = p.z + j * zs + at;
      for (let g: usize = 0; g < <usize>GATES; g++) {
        const k = g * H8 + j;
        if (p.tokens) gatherRows(p.table + k * <usize>p.D * 32, p.tokens + (<usize>(t * B) << 2), z + g * gate, B);
        if (t > 0 || p.hasFirst) addProduct(p.h + at, hs, p.Wh + k * <usize>p.H * 32, z + g * gate, B, p.H);
      }
      activate(z, gate, p.c + j * hs + at, p.c + j * hs + next, p.h + j * hs + next, p.y + j * zs + at, B);
      if (p.mask) {
        carryState(p, t, p.h + j * hs + at);
        carryState(p, t, p.c + j * hs + at);
      }
    }
  }
}

function activate(z: usize, gate: usize, cPrev: usize, c: usize, h: usize, y: usize, rows: i32): void {
  const zf = z + gate, zg = zf + gate, zo = zg + gate;
  for (let k: usize = 0; k < <usize>rows << 5; k += 16) {
    const i = sigmoid(v128.load(z + k)), f = sigmoid(v128.load(zf + k));
    const g = tanh(v128.load(zg + k)), o = sigmoid(v128.load(zo + k));
    const cell = flush(fma(f, v128.load(cPrev + k), f32x4.mul(i, g))), squashed = tanh(cell);
    v128.store(z + k, i);
    v128.store(zf + k, f);
    v128.store(zg + k, g);
    v128.store(zo + k, o);
    v128.store(c + k, cell);
    v128.store(y + k, squashed);
    v128.store(h + k, f32x4.mul(o, squashed));
  }
}

export function lstmBackward(p: Plan): void {
  const B = p.B, H8 = <usize>(p.H >> 3), hs = stateStep(p), zs = gateStep(p), gate = H8 * zs, row = <usize>B << 5;
  prepareBackward(p, GATES);
  for (let t: i32 = p.T - 1; t >= 0; t--) {
    const at = <usize>t * row;
    for (let j: usize = 0; j < H8; j++) {
      const dh = p.dh + j * hs + at + row, dc = p.dc + j * row, z = p.z + j * zs + at;
      if (t < p.T - 1) addProduct(p.z + at + row, zs, p.WhT + j * <usize>p.H * <usize>GATES * 32, dh, B, p.H * GATES);
      if (p.normsH) addNorms(p.normsH + (<usize>t << 2), dh, B);
      if (!p.mask) activateBackward(z, gate, p.c + j * hs + at, p.y + j * zs + at, dh, dc, p.normsC, t, B);
      else
        for (let b: i32 = 0; b < B; b++) {
          const r = <usize>b << 5;
          if (isMasked(p, t, b)) carryGradient(z + r, gate, GATES, dh + r, row);
          else activateBackward(z + r, gate, p.c + j * hs + at + r, p.y + j * zs + at + r, dh + r, dc + r, p.normsC, t, 1);
        }
    }
  }
  finishBackward(p, GATES);
}

function activateBackward(z: usize, gate: usize, cPrev: usize, y: usize, dh: usize, dc: usize, norms: usize, t: i32, rows: i32): void {
  const zf = z + gate, zg = zf + gate, zo = zg + gate, unit = one();
  let sum = f32x4.splat(0);
  for (let k: usize = 0; k < <usize>rows << 5; k += 16) {
    const i = v128.load(z + k), f = v128.load(zf + k), g = v128.load(zg + k), o = v128.load(zo + k);
    const squashed = v128.load(y + k), d = v128.load(dh + k);
    const dCell = fma(f32x4.mul(d, o), f32x4.sub(unit, f32x4.mul(squashed, squashed)), v128.load(dc + k));
    sum = fma(dCell, dCell, sum);
    v128.store(z + k, flush(f32x4.mul(f32x4.mul(dCell, g), f32x4.mul(i, f32x4.sub(unit, i)))));
    v128.store(zf + k, flush(f32x4.mul(f32x4.mul(dCell, v128.load(cPrev + k)), f32x4.mul(f, f32x4.sub(unit, f)))));
    v128.store(zg + k, flush(f32x4.mul(f32x4.mul(dCell, i), f32x4.sub(unit, f32x4.mul(g, g)))));
    v128.store(zo + k, flush(f32x4.mul(f32x4.mul(d, squashed), f32x4.mul(o, f32x4.sub(unit, o)))));
    v128.store(dc + k, flush(f32x4.mul(dCell, f)));
  }
  if (norms) {
    const place = norms + (<usize>t << 2);
    store<f32>(place, load<f32>(place) + f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
  }
}
