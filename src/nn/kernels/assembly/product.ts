// Products of matrices in panels, four rows by eight columns at a time: eight sums stay in registers.
import { all, fma } from "./vector";

/** Rows of a weight gradient's sum that stay in the first cache together. */
const BLOCK: i32 = 512;

/** C [M,8] += A [M,K] · one panel of B [K,8]; A's panels are `step` bytes apart. K a multiple of 8. */
export function addProduct(A: usize, step: usize, B: usize, C: usize, M: i32, K: i32): void {
  const whole = M & ~3;
  for (let i: i32 = 0; i < whole; i += 4) {
    const c = C + (<usize>i << 5);
    let a: usize = A + (<usize>i << 5);
    let b: usize = B;
    let c00 = v128.load(c), c01 = v128.load(c, 16), c10 = v128.load(c, 32), c11 = v128.load(c, 48);
    let c20 = v128.load(c, 64), c21 = v128.load(c, 80), c30 = v128.load(c, 96), c31 = v128.load(c, 112);
    for (let p: i32 = 0; p < K; p += 8) {
      // kept rolled: unrolled by hand it is a third slower
      for (let q: usize = 0; q < 32; q += 4) {
        const aa = a + q;
        const b0 = v128.load(b), b1 = v128.load(b, 16);
        let s = v128.load32_splat(aa, 0);
        c00 = fma(s, b0, c00);
        c01 = fma(s, b1, c01);
        s = v128.load32_splat(aa, 32);
        c10 = fma(s, b0, c10);
        c11 = fma(s, b1, c11);
        s = v128.load32_splat(aa, 64);
        c20 = fma(s, b0, c20);
        c21 = fma(s, b1, c21);
        s = v128.load32_splat(aa, 96);
        c30 = fma(s, b0, c30);
        c31 = fma(s, b1, c31);
        b += 32;
      }
      a += step;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c, c10, 32);
    v128.store(c, c11, 48);
    v128.store(c, c20, 64);
    v128.store(c, c21, 80);
    v128.store(c, c30, 96);
    v128.store(c, c31, 112);
  }
  for (let i = whole; i < M; i++) addRow(A + (<usize>i << 5), step, B, C + (<usize>i << 5), K);
}

/** One row of `addProduct`: four terms at a time, since each sum alone would wait for itself. */
function addRow(A: usize, step: usize, B: usize, c: usize, K: i32): void {
  let a = A, b = B;
  let c0 = v128.load(c), c1 = v128.load(c, 16), d0 = all(0), d1 = d0, e0 = d0, e1 = d0, f0 = d0, f1 = d0;
  for (let p: i32 = 0; p < K; p += 8) {
    for (let q = a; q < a + 32; q += 16) {
      let s = v128.load32_splat(q);
      c0 = fma(s, v128.load(b), c0);
      c1 = fma(s, v128.load(b, 16), c1);
      s = v128.load32_splat(q, 4);
      d0 = fma(s, v128.load(b, 32), d0);
      d1 = fma(s, v128.load(b, 48), d1);
      s = v128.load32_splat(q, 8);
      e0 = fma(s, v128.load(b, 64), e0);
      e1 = fma(s, v128.load(b, 80), e1);
      s = v128.load32_splat(q, 12);
      f0 = fma(s, v128.load(b, 96), f0);
      f1 = fma(s, v128.load(b, 112), f1);
      b += 128;
    }
    a += step;
  }
  v128.store(c, f32x4.add(f32x4.add(c0, d0), f32x4.add(e0, f0)));
  v128.store(c, f32x4.add(f32x4.add(c1, d1), f32x4.add(e1, f1)), 16);
}

/** Four rows of C [M,8] (+)= Aᵀ · one panel of B [K,8], over K rows. */
@inline
function addTransposedTile(A: usize, B: usize, c: usize, K: i32, isFirst: bool): void {
  let a = A, b = B;
  let c00 = all(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  for (let p: i32 = 0; p < K; p++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let s = v128.load32_splat(a, 0);
    c00 = fma(s, b0, c00);
    c01 = fma(s, b1, c01);
    s = v128.load32_splat(a, 4);
    c10 = fma(s, b0, c10);
    c11 = fma(s, b1, c11);
    s = v128.load32_splat(a, 8);
    c20 = fma(s, b0, c20);
    c21 = fma(s, b1, c21);
    s = v128.load32_splat(a, 12);
    c30 = fma(s, b0, c30);
    c31 = fma(s, b1, c31);
    b += 32;
    a += 32;
  }
  if (!isFirst) {
    c00 = f32x4.add(c00, v128.load(c));
    c01 = f32x4.add(c01, v128.load(c, 16));
    c10 = f32x4.add(c10, v128.load(c, 32));
    c11 = f32x4.add(c11, v128.load(c, 48));
    c20 = f32x4.add(c20, v128.load(c, 64));
    c21 = f32x4.add(c21, v128.load(c, 80));
    c30 = f32x4.add(c30, v128.load(c, 96));
    c31 = f32x4.add(c31, v128.load(c, 112));
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c10, 32);
  v128.store(c, c11, 48);
  v128.store(c, c20, 64);
  v128.store(c, c21, 80);
  v128.store(c, c30, 96);
  v128.store(c, c31, 112);
}

/**
 * dW [M,N] = Aᵀ · dY over K rows, all in panels: A's are `stepA` bytes apart, dY's `stepY`. In blocks of rows, so that a
 * long sequence costs no more for each step than a short one.
 */
export function weightGradient(A: usize, stepA: usize, dY: usize, stepY: usize, dW: usize, M: i32, N: i32, K: i32): void {
  for (let k: i32 = 0; k < K; k += BLOCK) {
    const rows = min(BLOCK, K - k), skip = <usize>k << 5;
    for (let p: i32 = 0; p < N >> 3; p++) {
      const y = dY + <usize>p * stepY + skip, w = dW + <usize>p * <usize>M * 32;
      for (let i: i32 = 0; i < M; i += 4)
        addTransposedTile(A + <usize>(i >> 3) * stepA + (<usize>(i & 7) << 2) + skip, y, w + (<usize>i << 5), rows, k == 0);
    }
  }
}

/** The sum of the rows of each of N/8 panels: the gradient of a bias. */
export function biasGradient(dY: usize, stepY: usize, db: usize, N: i32, K: i32): void {
  for (let p: usize = 0; p < <usize>(N >> 3); p++) {
    let s0 = all(0), s1 = s0;
    const y = dY + p * stepY;
    for (let k: usize = 0; k < <usize>K << 5; k += 32) {
      s0 = f32x4.add(s0, v128.load(y + k));
      s1 = f32x4.add(s1, v128.load(y + k, 16));
    }
    v128.store(db + (p << 5), s0);
    v128.store(db + (p << 5), s1, 16);
  }
}

/** C [M,N] = A [M,K] · B (+ bias), all in panels; no bias when its place is 0. */
export function linear(A: usize, stepA: usize, B: usize, bias: usize, C: usize, stepC: usize, M: i32, N: i32, K: i32): void {
  for (let p: usize = 0; p < <usize>(N >> 3); p++) {
    const c = C + p * stepC;
    if (bias) fillRows(bias + (p << 5), c, M);
    else memory.fill(c, 0, <usize>M << 5);
    addProduct(A, stepA, B + p * <usize>K * 32, c, M, K);
  }
}

/** Each of M rows becomes the same eight numbers. */
@inline
export function fillRows(row: usize, c: usize, M: i32): void {
  const b0 = v128.load(row), b1 = v128.load(row, 16);
  for (let r: usize = 0; r < <usize>M << 5; r += 32) {
    v128.store(c + r, b0);
    v128.store(c + r, b1, 16);
  }
}

/** Rows of one panel of a table, chosen by tokens: what a one-hot vector times the table is. */
@inline
export function gatherRows(table: usize, tokens: usize, z: usize, n: i32): void {
  for (let r: usize = 0; r < <usize>n; r++) {
    const w = table + (<usize>load<i32>(tokens + (r << 2)) << 5), to = z + (r << 5);
    v128.store(to, v128.load(w));
    v128.store(to, v128.load(w, 16), 16);
  }
}

/** The gradient of `gatherRows` in one panel of V rows. */
export function scatterRows(dz: usize, tokens: usize, dtable: usize, n: i32, V: i32): void {
  memory.fill(dtable, 0, <usize>V << 5);
  for (let r: usize = 0; r < <usize>n; r++) {
    const w = dtable + (<usize>load<i32>(tokens + (r << 2)) << 5), from = dz + (r << 5);
    v128.store(w, f32x4.add(v128.load(w), v128.load(from)));
    v128.store(w, f32x4.add(v128.load(w, 16), v128.load(from, 16)), 16);
  }
}

/** table = W + bias in each of N/8 panels of R rows. */
export function addBias(W: usize, bias: usize, table: usize, R: i32, N: i32): void {
  for (let p: usize = 0; p < <usize>(N >> 3); p++) {
    const b0 = v128.load(bias + (p << 5)), b1 = v128.load(bias + (p << 5), 16), at = p * <usize>R * 32;
    for (let r: usize = at; r < at + (<usize>R << 5); r += 32) {
      v128.store(table + r, f32x4.add(v128.load(W + r), b0));
      v128.store(table + r, f32x4.add(v128.load(W + r, 16), b1), 16);
    }
  }
}

/** Repeats one product of panels that fit the first cache: how fast this core multiplies in WebAssembly at its best. */
export function productPeak(A: usize, B: usize, C: usize, M: i32, K: i32, times: i32): void {
  for (let n: i32 = 0; n < times; n++) addProduct(A, <usize>M << 5, B, C, M, K);
}
