// Attention on row-major arrays whose rows have C floats, a multiple of 4 (the caller adds zeros): queries [B,T,C], keys
// [B,S,C], scores and alpha [B,T,S], context [B,T,C].
import { exp, fma, sumOf, tanh } from "./vector";

/** Σ_k x[k] y[k] over C floats. */
@inline
function dot(x: usize, y: usize, C: usize): f32 {
  let sum = f32x4.splat(0);
  for (let k: usize = 0; k < C << 2; k += 16) sum = fma(v128.load(x + k), v128.load(y + k), sum);
  return sumOf(sum);
}

/** y += a x over C floats. */
@inline
function addScaled(a: f32, x: usize, y: usize, C: usize): void {
  const a4 = f32x4.splat(a);
  for (let k: usize = 0; k < C << 2; k += 16) v128.store(y + k, fma(a4, v128.load(x + k), v128.load(y + k)));
}

/** scores = scale · q · k for every query with every key of its row. */
export function dotScores(q: usize, k: usize, scores: usize, B: i32, T: i32, S: i32, C: usize, scale: f32): void {
  for (let b: i32 = 0; b < B; b++, k += (<usize>S * C) << 2)
    for (let t: i32 = 0; t < T; t++, q += C << 2)
      for (let s: usize = 0; s < <usize>S; s++, scores += 4) store<f32>(scores, scale * dot(q, k + s * (C << 2), C));
}

/** dq and dk (both set) from dscores. */
export function dotScoresBackward(d: usize, q: usize, k: usize, dq: usize, dk: usize, B: i32, T: i32, S: i32, C: usize, scale: f32): void {
  const row = C << 2;
  memory.fill(dq, 0, <usize>(B * T) * row);
  memory.fill(dk, 0, <usize>(B * S) * row);
  for (let b: i32 = 0; b < B; b++, k += <usize>S * row, dk += <usize>S * row)
    for (let t: i32 = 0; t < T; t++, q += row, dq += row)
      for (let s: usize = 0; s < <usize>S; s++, d += 4) {
        const a = scale * load<f32>(d);
        addScaled(a, k + s * row, dq, C);
        addScaled(a, q, dk + s * row, C);
      }
}

/** u [B,T,S,C] = tanh(q + k), scores = v · u. */
export function additiveScores(q: usize, k: usize, v: usize, u: usize, scores: usize, B: i32, T: i32, S: i32, C: usize): void {
  const row = C << 2;
  for (let b: i32 = 0; b < B; b++, k += <usize>S * row)
    for (let t: i32 = 0; t < T; t++, q += row)
      for (let s: usize = 0; s < <usize>S; s++, scores += 4, u += row) {
        let sum = f32x4.splat(0);
        for (let j: usize = 0; j < row; j += 16) {
          const y = tanh(f32x4.add(v128.load(q + j), v128.load(k + s * row + j)));
          v128.store(u + j, y);
          sum = fma(v128.load(v + j), y, sum);
        }
        store<f32>(scores, sumOf(sum));
      }
}

/** dq, dk and dv (all set) from dscores. */
export function additiveScoresBackward(d: usize, v: usize, u: usize, dq: usize, dk: usize, dv: usize, B: i32, T: i32, S: i32, C: usize): void {
  const row = C << 2;
  const one = f32x4.splat(1);
  memory.fill(dq, 0, <usize>(B * T) * row);
  memory.fill(dk, 0, <usize>(B * S) * row);
  memory.fill(dv, 0, row);
  for (let b: i32 = 0; b < B; b++, dk += <usize>S * row)
    for (let t: i32 = 0; t < T; t++, dq += row)
      for (let s: usize = 0; s < <usize>S; s++, d += 4, u += row) {
        const a = v128.load32_splat(d);
        for (let j: usize = 0; j < row; j += 16) {
          const y = v128.load(u + j);
          v128.store(dv + j, fma(a, y, v128.load(dv + j)));
          const dpre = f32x4.mul(f32x4.mul(a, v128.load(v + j)), f32x4.sub(one, f32x4.mul(y, y)));
          v128.store(dq + j, f32x4.add(v128.load(dq + j), dpre));
          v128.store(dk + s * row + j, f32x4.add(v128.load(dk + s * row + j), dpre));
        }
      }
}

/** Scores → alpha in place, over the keys whose mask [B,S] is not 0 (all, when mask is 0); context = Σ alpha k. */
export function attend(alpha: usize, mask: usize, k: usize, context: usize, B: i32, T: i32, S: i32, C: usize): void {
  const row = C << 2;
  memory.fill(context, 0, <usize>(B * T) * row);
  for (let b: i32 = 0; b < B; b++, k += <usize>S * row, mask += mask ? <usize>S << 2 : 0)
    for (let t: i32 = 0; t < T; t++, alpha += <usize>S << 2, context += row) {
      softmax(alpha, mask, <usize>S);
      for (let s: usize = 0; s < <usize>S; s++) {
        const a = load<f32>(alpha + (s << 2));
        if (a != 0) addScaled(a, k + s * row, context, C);
      }
    }
}

function softmax(row: usize, mask: usize, S: usize): void {
  let max = -Infinity as f32;
  for (let s: usize = 0; s < S << 2; s += 4)
    if ((!mask || load<i32>(mask + s)) && load<f32>(row + s) > max) max = load<f32>(row + s);
  let sum: f32 = 0;
  for (let s: usize = 0; s < S << 2; s += 4) {
    const isSeen = !mask || load<i32>(mask + s) != 0;
    const e = isSeen ? f32x4.extract_lane(exp(f32x4.splat(load<f32>(row + s) - max)), 0) : 0;
    store<f32>(row + s, e);
    sum += e;
  }
  if (sum > 0) for (let s: usize = 0; s < S << 2; s += 4) store<f32>(row + s, load<f32>(row + s) / sum);
}

/** dscores and the values' part of dk (both set) from dcontext. */
export function attendBackward(alpha: usize, k: usize, dcontext: usize, d: usize, dk: usize, B: i32, T: i32, S: i32, C: usize): void {
  const row = C << 2;
  memory.fill(dk, 0, <usize>(B * S) * row);
  for (let b: i32 = 0; b < B; b++, k += <usize>S * row, dk += <usize>S * row)
    for (let t: i32 = 0; t < T; t++, alpha += <usize>S << 2, d += <usize>S << 2, dcontext += row) {
      let sum: f32 = 0;
      for (let s: usize = 0; s < <usize>S; s++) {
        const a = load<f32>(alpha + (s << 2));
        const da = dot(dcontext, k + s * row, C);
        store<f32>(d + (s << 2), da);
        sum += a * da;
        if (a != 0) addScaled(a, dcontext, dk + s * row, C);
      }
      for (let s: usize = 0; s < <usize>S << 2; s += 4)
        store<f32>(d + s, load<f32>(alpha + s) * (load<f32>(d + s) - sum));
    }
}
