import { assert } from "#src/util/assert.ts";
import { assertLength } from "#src/util/shape.ts";
import { copyLike, toFloat64, type Floats } from "./floats.ts";
import { addMatmul, matrix, transpose } from "./matrix.ts";
import type { SequenceInput } from "./rnn-input.ts";

/** Tokens or vectors with a mask [B,T]: where it is 0 the state is carried on unchanged and the output is 0. */
export type MaskedInput<F extends Floats = Floats> = SequenceInput<F> & {
  /** default: every step counts */
  mask?: ArrayLike<number>;
};

/** The weights that meet the input: Wx [D,G] and b [G], G = gates · H. */
interface InputParams<F extends Floats> {
  Wx: F;
  b: F;
}

/** Whether the step at index n = b·T + t counts. */
export const isKept = ({ mask }: MaskedInput, n: number): boolean => !mask || mask[n] !== 0;

/**
 * What all steps take from the input, at once: pre [B,T,G] = x Wx + b, or Wx[token] + b.
 *
 * @throws RangeError when sizes do not fit; Error when a token is not a row of Wx
 */
export function projectInput(
  owner: string,
  input: MaskedInput,
  { Wx, b }: InputParams<Floats>,
): Float64Array<ArrayBuffer> {
  const { batchSize: B, timesteps: T, tokens, mask } = input;
  const G = b.length;
  const D = Wx.length / G;
  assertLength(owner, "Wx", Wx.length, [{ D: Math.floor(D) }, { G }]);
  if (mask) assertLength(owner, "mask", mask.length, [{ B }, { T }]);
  const pre = new Float64Array(B * T * G);
  for (let n = 0; n < B * T; n++) pre.set(b, n * G);
  if (tokens) {
    assertLength(owner, "tokens", tokens.length, [{ B }, { T }]);
    addRows(owner, pre, tokens, { Wx, b });
  } else {
    assertLength(owner, "x", input.x.length, [{ B }, { T }, { D }]);
    addMatmul(matrix(pre, B * T, G), matrix(toFloat64(input.x), B * T, D), matrix(toFloat64(Wx), D, G));
  }
  return pre;
}

/** Gradients of `projectInput`; dx [B,T,D] only when the input was vectors. */
export interface InputGradients<F extends Floats = Floats> {
  dWx: F;
  db: F;
  dx?: F;
}

/** The gradients of `projectInput`, from dpre [B,T,G]. */
export function projectInputBackward<F extends Floats>(
  dpre: Float64Array,
  input: MaskedInput<F>,
  { Wx, b }: InputParams<F>,
): InputGradients<F> {
  const G = b.length;
  const D = Wx.length / G;
  const N = dpre.length / G;
  const db = new Float64Array(G);
  for (let k = 0; k < dpre.length;) for (let j = 0; j < G; j++) db[j] += dpre[k++];
  const dWx = new Float64Array(Wx.length);
  if (input.tokens) {
    for (let n = 0; n < N; n++) {
      for (let j = 0; j < G; j++) dWx[input.tokens[n] * G + j] += dpre[n * G + j];
    }
    return { dWx: copyLike(b, dWx), db: copyLike(b, db) };
  }
  const d = matrix(dpre, N, G);
  const dx = matrix(new Float64Array(N * D), N, D);
  addMatmul(matrix(dWx, D, G), transpose(matrix(toFloat64(input.x), N, D)), d);
  addMatmul(dx, d, transpose(matrix(toFloat64(Wx), D, G)));
  return { dWx: copyLike(b, dWx), db: copyLike(b, db), dx: copyLike(b, dx.data) };
}

function addRows(owner: string, pre: Float64Array, tokens: Int32Array, { Wx, b }: InputParams<Floats>): void {
  const G = b.length;
  const V = Wx.length / G;
  for (let n = 0; n < tokens.length; n++) {
    const token = tokens[n];
    assert(token >= 0 && token < V, `${owner}: expected tokens of 0 … ${V - 1}, got ${token} at index ${n}`);
    for (let j = 0; j < G; j++) pre[n * G + j] += Wx[token * G + j];
  }
}
