// One pass over all weights at once: they, their gradients and the optimiser's averages lie side by side.
import { all, flush, fma, sumOf } from "./vector";

/** The sum of squares of n floats, n a multiple of 16. */
export function squares(x: usize, n: i32): f32 {
  let a = all(0), b = a, c = a, d = a;
  for (let k = x; k < x + (<usize>n << 2); k += 64) {
    const p = v128.load(k), q = v128.load(k, 16), r = v128.load(k, 32), s = v128.load(k, 48);
    a = fma(p, p, a);
    b = fma(q, q, b);
    c = fma(r, r, c);
    d = fma(s, s, d);
  }
  return sumOf(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
}

/** Cuts n floats to ±limit. */
export function cut(x: usize, n: i32, limit: f32): void {
  const top = all(limit), bottom = all(-limit);
  for (let k = x; k < x + (<usize>n << 2); k += 16) v128.store(k, f32x4.pmin(top, f32x4.pmax(bottom, v128.load(k))));
}

/**
 * Adam as PyTorch defines it: m ← β1 m + (1 − β1) g, v ← β2 v + (1 − β2) g², w ← w − rate·m / (√v·root + ε), where
 * rate = lr / (1 − β1^t) and root = 1 / √(1 − β2^t) are for this iteration. Gradients are scaled by `scale` first.
 */
export function adam(w: usize, g: usize, m: usize, v: usize, n: i32, rate: f32, root: f32, beta1: f32, beta2: f32, epsilon: f32, scale: f32): void {
  const b1 = all(beta1), c1 = all(1 - beta1), b2 = all(beta2), c2 = all(1 - beta2);
  const r = all(rate), s = all(root), e = all(epsilon), gs = all(scale);
  for (let k: usize = 0; k < <usize>n << 2; k += 16) {
    const d = f32x4.mul(v128.load(g + k), gs);
    const mean = flush(fma(b1, v128.load(m + k), f32x4.mul(c1, d)));
    const square = flush(fma(b2, v128.load(v + k), f32x4.mul(c2, f32x4.mul(d, d))));
    v128.store(m + k, mean);
    v128.store(v + k, square);
    v128.store(w + k, f32x4.sub(v128.load(w + k), f32x4.div(f32x4.mul(r, mean), fma(f32x4.sqrt(square), s, e))));
  }
}

/**
 * Gradient descent with momentum as PyTorch defines it: m ← μ m + g, w ← w − rate·m; with nesterov w ← w − rate·(g + μ m).
 */
export function sgd(w: usize, g: usize, m: usize, n: i32, rate: f32, momentum: f32, nesterov: i32, scale: f32): void {
  const mu = all(momentum), r = all(-rate), gs = all(scale);
  for (let k: usize = 0; k < <usize>n << 2; k += 16) {
    const d = f32x4.mul(v128.load(g + k), gs);
    const velocity = flush(fma(mu, v128.load(m + k), d));
    v128.store(m + k, velocity);
    v128.store(w + k, fma(r, nesterov ? fma(mu, velocity, d) : velocity, v128.load(w + k)));
  }
}

/** RMSprop as PyTorch defines it: v ← decay·v + (1 − decay) g², w ← w − rate·g / (√v + ε). */
export function rmsprop(w: usize, g: usize, v: usize, n: i32, rate: f32, decay: f32, epsilon: f32, scale: f32): void {
  const b = all(decay), c = all(1 - decay), r = all(rate), e = all(epsilon), gs = all(scale);
  for (let k: usize = 0; k < <usize>n << 2; k += 16) {
    const d = f32x4.mul(v128.load(g + k), gs);
    const square = flush(fma(b, v128.load(v + k), f32x4.mul(c, f32x4.mul(d, d))));
    v128.store(v + k, square);
    v128.store(w + k, f32x4.sub(v128.load(w + k), f32x4.div(f32x4.mul(r, d), f32x4.add(f32x4.sqrt(square), e))));
  }
}
