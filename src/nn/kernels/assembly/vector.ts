// Functions of four floats at a time. Every polynomial constant lies in memory: V8 does not keep v128 constants in registers.

/** a·b + c: fused and rounded once in the relaxed build, twice in the plain one, whose bits are the same everywhere. */
@inline
export function fma(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

@inline
export function all(x: f32): v128 {
  return f32x4.splat(x);
}

// prettier-ignore
const CONSTANTS: usize = memory.data<f32>([
  // 0, 1: here the quotient is already past ±1, where it is cut
  10.0, 10.0, 10.0, 10.0,
  -10.0, -10.0, -10.0, -10.0,
  // 2–8: numerator of tanh, odd powers 13 to 1
  -2.76076847742355e-16, -2.76076847742355e-16, -2.76076847742355e-16, -2.76076847742355e-16,
  2.00018790482477e-13, 2.00018790482477e-13, 2.00018790482477e-13, 2.00018790482477e-13,
  -8.60467152213735e-11, -8.60467152213735e-11, -8.60467152213735e-11, -8.60467152213735e-11,
  5.12229709037114e-08, 5.12229709037114e-08, 5.12229709037114e-08, 5.12229709037114e-08,
  1.48572235717979e-05, 1.48572235717979e-05, 1.48572235717979e-05, 1.48572235717979e-05,
  6.37261928875436e-04, 6.37261928875436e-04, 6.37261928875436e-04, 6.37261928875436e-04,
  4.89352455891786e-03, 4.89352455891786e-03, 4.89352455891786e-03, 4.89352455891786e-03,
  // 9–12: denominator, even powers 6 to 0
  1.19825839466702e-06, 1.19825839466702e-06, 1.19825839466702e-06, 1.19825839466702e-06,
  1.18534705686654e-04, 1.18534705686654e-04, 1.18534705686654e-04, 1.18534705686654e-04,
  2.26843463243900e-03, 2.26843463243900e-03, 2.26843463243900e-03, 2.26843463243900e-03,
  4.89352518554385e-03, 4.89352518554385e-03, 4.89352518554385e-03, 4.89352518554385e-03,
  // 13: one half
  0.5, 0.5, 0.5, 0.5,
  // 14, 15: where exp would overflow, and where it would be denormal
  88.0, 88.0, 88.0, 88.0,
  -87.0, -87.0, -87.0, -87.0,
  // 16–18: 1/ln 2, and −ln 2 in two parts
  1.44269504088896341, 1.44269504088896341, 1.44269504088896341, 1.44269504088896341,
  -0.693359375, -0.693359375, -0.693359375, -0.693359375,
  2.12194440e-4, 2.12194440e-4, 2.12194440e-4, 2.12194440e-4,
  // 19–24: exp on ±ln 2 / 2, powers 7 to 2
  1.9875691500e-4, 1.9875691500e-4, 1.9875691500e-4, 1.9875691500e-4,
  1.3981999507e-3, 1.3981999507e-3, 1.3981999507e-3, 1.3981999507e-3,
  8.3334519073e-3, 8.3334519073e-3, 8.3334519073e-3, 8.3334519073e-3,
  4.1665795894e-2, 4.1665795894e-2, 4.1665795894e-2, 4.1665795894e-2,
  1.6666665459e-1, 1.6666665459e-1, 1.6666665459e-1, 1.6666665459e-1,
  5.0000001201e-1, 5.0000001201e-1, 5.0000001201e-1, 5.0000001201e-1,
  // 25: one
  1.0, 1.0, 1.0, 1.0,
  // 26: minus one
  -1.0, -1.0, -1.0, -1.0,
  // 27: smaller numbers become zero
  1e-30, 1e-30, 1e-30, 1e-30,
], 16);

@inline
function constant(k: usize): v128 {
  return v128.load(CONSTANTS + (k << 4));
}

@inline
export function one(): v128 {
  return constant(25);
}

/** Numbers under 1e-30 become 0: WebAssembly cannot turn denormals off, and each costs a hundred cycles. */
@inline
export function flush(x: v128): v128 {
  return v128.and(x, f32x4.gt(f32x4.abs(x), constant(27)));
}

/** A quotient of polynomials, to 3e-7; exactly ±1 where tanh is ±1 in single precision. */
@inline
export function tanh(x0: v128): v128 {
  const x = f32x4.pmin(constant(0), f32x4.pmax(constant(1), x0));
  const x2 = f32x4.mul(x, x);
  let p = fma(x2, constant(2), constant(3));
  p = fma(p, x2, constant(4));
  p = fma(p, x2, constant(5));
  p = fma(p, x2, constant(6));
  p = fma(p, x2, constant(7));
  p = fma(p, x2, constant(8));
  let q = fma(x2, constant(9), constant(10));
  q = fma(q, x2, constant(11));
  q = fma(q, x2, constant(12));
  return f32x4.pmin(constant(25), f32x4.pmax(constant(26), f32x4.div(f32x4.mul(p, x), q)));
}

@inline
export function sigmoid(x: v128): v128 {
  const half = constant(13);
  return fma(half, tanh(f32x4.mul(x, half)), half);
}

/** 2^n times a polynomial on ±ln 2 / 2; 0 below −87. */
@inline
export function exp(x0: v128): v128 {
  let x = f32x4.pmin(constant(14), f32x4.pmax(constant(15), x0));
  const n = f32x4.nearest(f32x4.mul(x, constant(16)));
  x = fma(n, constant(17), x);
  x = fma(n, constant(18), x);
  let y = fma(constant(19), x, constant(20));
  y = fma(y, x, constant(21));
  y = fma(y, x, constant(22));
  y = fma(y, x, constant(23));
  y = fma(y, x, constant(24));
  y = fma(y, f32x4.mul(x, x), f32x4.add(x, constant(25)));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return v128.and(f32x4.mul(y, power), f32x4.gt(x0, constant(15)));
}

@inline
export function sumOf(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}

/** x += y, n floats (a multiple of 4). */
export function addTo(x: usize, y: usize, n: i32): void {
  for (let k: usize = 0; k < <usize>n << 2; k += 16) v128.store(x + k, f32x4.add(v128.load(x + k), v128.load(y + k)));
}

/** y = dy (1 − y²), n floats (a multiple of 4): what reaches the inside of a tanh whose value is y. */
export function tanhBackward(y: usize, dy: usize, n: i32): void {
  const unit = one();
  for (let k: usize = 0; k < <usize>n << 2; k += 16) {
    const value = v128.load(y + k);
    v128.store(y + k, flush(f32x4.mul(v128.load(dy + k), f32x4.sub(unit, f32x4.mul(value, value)))));
  }
}

/** Each of n floats (a multiple of 4) through tanh, sigmoid or exp: for the tests of accuracy. */
export function applyTanh(x: usize, y: usize, n: i32): void {
  for (let k: usize = 0; k < <usize>n << 2; k += 16) v128.store(y + k, tanh(v128.load(x + k)));
}
export function applySigmoid(x: usize, y: usize, n: i32): void {
  for (let k: usize = 0; k < <usize>n << 2; k += 16) v128.store(y + k, sigmoid(v128.load(x + k)));
}
export function applyExp(x: usize, y: usize, n: i32): void {
  for (let k: usize = 0; k < <usize>n << 2; k += 16) v128.store(y + k, exp(v128.load(x + k)));
}
