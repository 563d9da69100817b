/**
 * exp, log, tanh and sigmoid that give the same bits in every engine: built from + - * / and integer operations only,
 * which IEEE 754 fixes, while Math.exp and its kin may differ in the last bit from one browser to the next.
 * Method: Sun's fdlibm (e_exp.c, e_log.c, s_expm1.c, s_tanh.c); each stays within 1 ulp of Math's function.
 */

const LN2_HIGH = 6.93147180369123816e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const INVERSE_LN2 = 1.442695040888963387;
/** e^x overflows above, and rounds to 0 below. */
const EXP_MAX = 709.782712893383973096;
const EXP_MIN = -745.13321910194110842;

/** 2^k at index k + 1022, for the exponents of normal numbers: −1022 … 1023. */
const POWERS_OF_TWO = powersOfTwo();

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2046);
  powers[1022] = 1;
  for (let k = 1; k <= 1023; k++) powers[1022 + k] = powers[1021 + k] * 2;
  for (let k = 1; k <= 1022; k++) powers[1022 - k] = powers[1023 - k] / 2;
  return powers;
}

/** e^x. Overflows to Infinity above 709.78, underflows to 0 below −745.13; NaN stays NaN. */
export function exp(x: number): number {
  if (x !== x) return x;
  if (x > EXP_MAX) return Infinity;
  if (x < EXP_MIN) return 0;
  // x = k ln 2 + r with |r| ≤ ln 2 / 2; e^x = 2^k e^r.
  const k = (INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5)) | 0;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const s = r * r;
  const p4 = 4.13813679705723846039e-8 * s - 1.6533902205465251539e-6;
  const p2 = (p4 * s + 6.61375632143793436117e-5) * s - 2.77777777770155933842e-3;
  const c = r - s * (p2 * s + 1.66666666666666019037e-1);
  const y = 1 + ((r * c) / (2 - c) - low + high);
  if (k > 1023) return y * 2 * POWERS_OF_TWO[k + 1021];
  if (k < -1021) return y * POWERS_OF_TWO[k + 2022] * POWERS_OF_TWO[22];
  return y * POWERS_OF_TWO[k + 1022];
}

/** Natural logarithm: −Infinity at 0, NaN below 0, Infinity at Infinity. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let k = 0;
  let m = x;
  if (m < 2.2250738585072014e-308) {
    // subnormal: bring it into the range of POWERS_OF_TWO
    m *= 18014398509481984;
    k = -54;
  }
  const exponent = binaryExponent(m);
  k += exponent;
  m = exponent > 1022 ? (m / 2) * POWERS_OF_TWO[1022 - exponent + 1] : m * POWERS_OF_TWO[1022 - exponent];
  if (m > Math.SQRT2) {
    m /= 2;
    k++;
  }
  // m in [√½, √2]: log m = f − f²/2 + s (f²/2 + R(s²)), s = f / (2 + f).
  const f = m - 1;
  const half = 0.5 * f * f;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332));
  const even = 0.2857142874366239149 + w * (0.1818357216161805012 + w * 0.1479819860511658591);
  const R = odd + z * (0.666666666666673513 + w * even);
  return s * (half + R) + k * LN2_LOW - half + f + k * LN2_HIGH;
}

/** The k with 2^k ≤ x < 2^(k+1), for a normal positive x: ten halvings of the range. */
function binaryExponent(x: number): number {
  let low = 0;
  let high = 2045;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (POWERS_OF_TWO[middle] <= x) low = middle;
    else high = middle - 1;
  }
  return low - 1022;
}

/** Hyperbolic tangent; ±1 from |x| ≥ 22 on. */
export function tanh(x: number): number {
  if (x !== x) return x;
  const a = x < 0 ? -x : x;
  if (a < 3.7252902984e-9) return x;
  if (a >= 22) return x < 0 ? -1 : 1;
  const t = expm1(a < 1 ? -2 * a : 2 * a);
  const y = a < 1 ? -t / (t + 2) : 1 - 2 / (t + 2);
  return x < 0 ? -y : y;
}

/** e^x − 1 without cancellation, for 2⁻²⁸ < |x| < 44, the range that tanh asks for. */
function expm1(x: number): number {
  // x = k ln 2 + (r − c) with |r| ≤ ln 2 / 2
  const small = x < 0.34657359027997264 && x > -0.34657359027997264;
  const k = small ? 0 : (INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5)) | 0;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const c = high - r - low;
  const half = 0.5 * r;
  const s = r * half;
  const q4 = -2.01099218183624371326e-7 * s + 4.00821782732936239552e-6;
  const q2 = (q4 * s - 7.93650757867487942473e-5) * s + 1.58730158725481460165e-3;
  const q = 1 + s * (s * q2 - 3.33333333333331316428e-2);
  const t = 3 - q * half;
  const e = s * ((q - t) / (6 - r * t));
  if (k === 0) return r - (r * e - s);
  const d = r * (e - c) - c - s;
  if (k === -1) return 0.5 * (r - d) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (d - (r + 0.5)) : 1 + 2 * (r - d);
  const power = POWERS_OF_TWO[k + 1022];
  if (k <= -2 || k > 56) return (1 - (d - r)) * power - 1;
  if (k < 20) return (1 - POWERS_OF_TWO[1022 - k] - (d - r)) * power;
  return (r - (d + POWERS_OF_TWO[1022 - k]) + 1) * power;
}

/** Logistic function 1 / (1 + e^−x), exact in both tails. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}

/** √(Σ u²) of one or more arrays taken as one vector. */
export function norm(...arrays: ArrayLike<number>[]): number {
  let sum = 0;
  for (const u of arrays) for (let n = 0; n < u.length; n++) sum += u[n] * u[n];
  return Math.sqrt(sum);
}
