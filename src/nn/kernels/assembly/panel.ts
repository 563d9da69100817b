// Panels: a matrix [R,C] is kept as C/8 panels of R rows of 8 floats, so that products read memory in one direction.
// R and C are rounded up (rows to what the caller says, columns to 8) and what is added is zero.

/** Row-major [R,C], whose rows are `step` floats apart, → panels [Cp/8][Rp][8]. */
export function pack(src: usize, dst: usize, R: i32, C: i32, step: i32, Rp: i32): void {
  for (let p: i32 = 0; p < C; p += 8) {
    let d = dst + (<usize>(p >> 3) * <usize>Rp) * 32;
    let s = src + (<usize>p << 2);
    const width = min(8, C - p);
    for (let r: i32 = 0; r < R; r++) {
      if (width == 8) {
        v128.store(d, v128.load(s));
        v128.store(d, v128.load(s, 16), 16);
      } else packEdge(s, d, width);
      s += <usize>step << 2;
      d += 32;
    }
    memory.fill(d, 0, <usize>(Rp - R) * 32);
  }
}

function packEdge(s: usize, d: usize, width: i32): void {
  for (let k: i32 = 0; k < 8; k++) store<f32>(d + (<usize>k << 2), k < width ? load<f32>(s + (<usize>k << 2)) : 0);
}

/** Panels → row-major; what was added is left out. */
export function unpack(src: usize, dst: usize, R: i32, C: i32, step: i32, Rp: i32): void {
  for (let p: i32 = 0; p < C; p += 8) {
    let s = src + (<usize>(p >> 3) * <usize>Rp) * 32;
    let d = dst + (<usize>p << 2);
    const width = min(8, C - p);
    for (let r: i32 = 0; r < R; r++) {
      if (width == 8) {
        v128.store(d, v128.load(s));
        v128.store(d, v128.load(s, 16), 16);
      } else for (let k: i32 = 0; k < width; k++) store<f32>(d + (<usize>k << 2), load<f32>(s + (<usize>k << 2)));
      s += 32;
      d += <usize>step << 2;
    }
  }
}

/** Sequences [B,T,C] → panels of T·Bp rows, step after step, rows of added sequences zero. */
export function packSteps(src: usize, dst: usize, B: i32, Bp: i32, T: i32, C: i32, rows: i32): void {
  for (let p: i32 = 0; p < C; p += 8) {
    const panel = dst + (<usize>(p >> 3) * <usize>rows) * 32;
    const width = min(8, C - p);
    for (let t: i32 = 0; t < T; t++) {
      let d = panel + (<usize>(t * Bp)) * 32;
      for (let b: i32 = 0; b < Bp; b++) {
        const s = src + (<usize>((b * T + t) * C + p) << 2);
        if (b >= B) {
          v128.store(d, f32x4.splat(0));
          v128.store(d, f32x4.splat(0), 16);
        } else if (width == 8) {
          v128.store(d, v128.load(s));
          v128.store(d, v128.load(s, 16), 16);
        } else packEdge(s, d, width);
        d += 32;
      }
    }
  }
}

/** Panels of T·Bp rows → sequences [B,T,C]. */
export function unpackSteps(src: usize, dst: usize, B: i32, Bp: i32, T: i32, C: i32, rows: i32): void {
  for (let p: i32 = 0; p < C; p += 8) {
    const panel = src + (<usize>(p >> 3) * <usize>rows) * 32;
    const width = min(8, C - p);
    for (let b: i32 = 0; b < B; b++) {
      for (let t: i32 = 0; t < T; t++) {
        const s = panel + (<usize>(t * Bp + b)) * 32;
        const d = dst + (<usize>((b * T + t) * C + p) << 2);
        if (width == 8) {
          v128.store(d, v128.load(s));
          v128.store(d, v128.load(s, 16), 16);
        } else for (let k: i32 = 0; k < width; k++) store<f32>(d + (<usize>k << 2), load<f32>(s + (<usize>k << 2)));
      }
    }
  }
}

/** 4-byte numbers [B,T] → [T,Bp], added ones zero. */
export function packTokens(src: usize, dst: usize, B: i32, Bp: i32, T: i32): void {
  for (let t: i32 = 0; t < T; t++) {
    const d = dst + (<usize>(t * Bp) << 2);
    for (let b: i32 = 0; b < Bp; b++)
      store<i32>(d + (<usize>b << 2), b < B ? load<i32>(src + (<usize>(b * T + t) << 2)) : 0);
  }
}

@inline
function transposeTile(s: usize, d: usize): void {
  const a = v128.load(s), b = v128.load(s, 32), c = v128.load(s, 64), e = v128.load(s, 96);
  const ab = i32x4.shuffle(a, b, 0, 4, 1, 5), ab2 = i32x4.shuffle(a, b, 2, 6, 3, 7);
  const ce = i32x4.shuffle(c, e, 0, 4, 1, 5), ce2 = i32x4.shuffle(c, e, 2, 6, 3, 7);
  v128.store(d, i64x2.shuffle(ab, ce, 0, 2));
  v128.store(d, i64x2.shuffle(ab, ce, 1, 3), 32);
  v128.store(d, i64x2.shuffle(ab2, ce2, 0, 2), 64);
  v128.store(d, i64x2.shuffle(ab2, ce2, 1, 3), 96);
}

/** Panels of [R,C] → panels of [C,R]; R and C multiples of 8. */
export function transpose(src: usize, dst: usize, R: i32, C: i32): void {
  for (let p: i32 = 0; p < C; p += 8)
    for (let q: i32 = 0; q < R; q += 8) {
      const s = src + <usize>(p >> 3) * <usize>R * 32 + <usize>q * 32;
      const d = dst + <usize>(q >> 3) * <usize>C * 32 + <usize>p * 32;
      transposeTile(s, d);
      transposeTile(s + 16, d + 128);
      transposeTile(s + 128, d + 16);
      transposeTile(s + 144, d + 144);
    }
}
