// Softmax and cross-entropy of rows of logits in panels.
import { all, exp, flush, sumOf } from "./vector";

/**
 * Logits [V/8][N][8] become ∂loss/∂logits of the weighted sum of −log softmax(logits)[target], which is returned. A row of
 * weight 0 counts nothing. `losses` [N], when not 0, receives each row's −log p.
 */
export function crossEntropy(logits: usize, targets: usize, weights: usize, losses: usize, N: i32, V: i32): f64 {
  const step = <usize>N << 5, end = <usize>(V >> 3) * step;
  let total: f64 = 0;
  for (let row: usize = 0; row < <usize>N; row++) {
    const l = logits + (row << 5), weight = load<f32>(weights + (row << 2));
    if (weight == 0) {
      for (let k = l; k < l + end; k += step) memory.fill(k, 0, 32);
      if (losses) store<f32>(losses + (row << 2), 0);
      continue;
    }
    const target = <usize>load<i32>(targets + (row << 2)), place = l + (target >> 3) * step + ((target & 7) << 2);
    const top = largest(l, end, step), m = f32x4.splat(top), own = load<f32>(place) - top;
    let s = all(0);
    for (let k = l; k < l + end; k += step) {
      const e0 = exp(f32x4.sub(v128.load(k), m)), e1 = exp(f32x4.sub(v128.load(k, 16), m));
      v128.store(k, e0);
      v128.store(k, e1, 16);
      s = f32x4.add(s, f32x4.add(e0, e1));
    }
    const sum = sumOf(s), scale = all(weight / sum), loss = Mathf.log(sum) - own;
    for (let k = l; k < l + end; k += step) {
      v128.store(k, flush(f32x4.mul(v128.load(k), scale)));
      v128.store(k, flush(f32x4.mul(v128.load(k, 16), scale)), 16);
    }
    store<f32>(place, load<f32>(place) - weight);
    if (losses) store<f32>(losses + (row << 2), loss);
    total += <f64>(loss * weight);
  }
  return total;
}

@inline
function largest(l: usize, end: usize, step: usize): f32 {
  let m = all(-1e30);
  for (let k = l; k < l + end; k += step) m = f32x4.pmax(m, f32x4.pmax(v128.load(k), v128.load(k, 16)));
  m = f32x4.pmax(m, i32x4.shuffle(m, m, 2, 3, 0, 1));
  m = f32x4.pmax(m, i32x4.shuffle(m, m, 1, 0, 3, 2));
  return f32x4.extract_lane(m, 0);
}

/** Logits in panels → log-probabilities, row-major [rows,V] without what was added. */
export function logSoftmax(logits: usize, out: usize, rows: i32, N: i32, V: i32, columns: i32): void {
  const step = <usize>N << 5, end = <usize>(V >> 3) * step;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const l = logits + (row << 5), top = largest(l, end, step), m = all(top);
    let s = all(0);
    for (let k = l; k < l + end; k += step)
      s = f32x4.add(s, f32x4.add(exp(f32x4.sub(v128.load(k), m)), exp(f32x4.sub(v128.load(k, 16), m))));
    const shift = top + Mathf.log(sumOf(s));
    for (let v: usize = 0; v < <usize>columns; v++)
      store<f32>(out + ((row * <usize>columns + v) << 2), load<f32>(l + (v >> 3) * step + ((v & 7) << 2)) - shift);
  }
}
