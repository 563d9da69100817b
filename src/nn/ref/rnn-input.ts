import { assert } from "#src/util/assert.ts";
import { toFloat64, type Floats } from "./floats.ts";
import { addMatmul, matrix } from "./matrix.ts";
import type { RnnParams } from "./rnn.ts";

/** What a sequence model reads: tokens [B,T], each a row of Wx (a one-hot vector times Wx), or vectors x [B,T,D]. */
export type SequenceInput<F extends Floats = Floats> = { batchSize: number; timesteps: number } & (
  { tokens: Int32Array; x?: undefined } | { x: F; tokens?: undefined }
);

/** states[:, 1…T] ← Wx[token] + b. */
export function gatherRows(
  states: Float64Array,
  tokens: Int32Array,
  { batchSize: B, timesteps: T }: SequenceInput,
  { Wx, b: bias }: RnnParams,
): void {
  const H = bias.length;
  const V = Wx.length / H;
  const rows = new Float64Array(Wx); // [V,H], bias added
  for (let k = 0; k < rows.length;) for (let j = 0; j < H; j++) rows[k++] += bias[j];
  for (let b = 0; b < B; b++) {
    for (let t = 0; t < T; t++) {
      const token = tokens[b * T + t];
      assert(
        token >= 0 && token < V,
        `rnn: expected tokens of 0 … ${V - 1}, got ${token} at row ${b}, step ${t}`,
      );
      const to = (b * (T + 1) + t + 1) * H;
      const from = token * H;
      for (let j = 0; j < H; j++) states[to + j] = rows[from + j];
    }
  }
}

/** dWx[token] += dpre, the gradient of `gatherRows`. */
export function scatterRows(dpre: Float64Array, tokens: Int32Array, { Wx, b }: RnnParams): Float64Array {
  const H = b.length;
  const dWx = new Float64Array(Wx.length);
  for (let n = 0; n < tokens.length; n++) {
    const to = tokens[n] * H;
    const from = n * H;
    for (let j = 0; j < H; j++) dWx[to + j] += dpre[from + j];
  }
  return dWx;
}

/** states[:, 1…T] ← x Wx + b. */
export function projectVectors(
  states: Float64Array,
  x: Floats,
  { batchSize: B, timesteps: T }: SequenceInput,
  params: RnnParams,
): void {
  const H = params.b.length;
  const D = params.Wx.length / H;
  const Wx = matrix(toFloat64(params.Wx), D, H);
  const rows = matrix(toFloat64(x), T, D); // the vectors of one row of the batch
  const pre = matrix(states, T, H);
  for (let b = 0; b < B; b++) {
    rows.offset = b * T * D;
    pre.offset = (b * (T + 1) + 1) * H;
    for (let t = 0; t < T; t++) states.set(params.b, pre.offset + t * H);
    addMatmul(pre, rows, Wx);
  }
}
