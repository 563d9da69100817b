import { assertLength } from "#src/util/shape.ts";
import { attentionBackward, attentionForward, type AttentionRun } from "./attention.ts";
import { denseBackward, denseForward, type DenseRun } from "./dense.ts";
import { embeddingBackward, embeddingForward } from "./embedding.ts";
import type { Floats } from "./floats.ts";
import { join, plus, split } from "./join.ts";
import type { LstmParams } from "./lstm.ts";
import { lstmBackward, lstmForward, type LstmRun } from "./lstm-sequence.ts";

/** Weights of the decoder: E [V,D], LSTM Wx [D,4H], Wh [H,4H], b [4H], Wc [2H,A], bc [A], Wy [A,V], by [V]. */
export interface AttentionDecoderParams<F extends Floats = Floats> extends LstmParams<F> {
  E: F;
  /** joins context and state, in this order */
  Wc: F;
  bc: F;
  Wy: F;
  by: F;
}

/** What the decoder reads: its tokens, the states before the first of them, and what the encoder gave. */
export interface AttentionDecoderInput<F extends Floats = Floats> {
  /** [B,T] */
  tokens: Int32Array;
  batchSize: number;
  timesteps: number;
  /** [B,H] */
  h0: F;
  c0: F;
  /** the encoder's outputs, [B,S,H] */
  encoded: F;
  /** which of them may be seen, [B,S]; default all */
  sourceMask?: ArrayLike<number>;
}

export interface AttentionDecoderRun<F extends Floats = Floats> {
  /** [B,T,V] */
  logits: F;
  /** [B,T,S] */
  alpha: F;
  /** [B,H], where the next step goes on */
  hLast: F;
  cLast: F;
  input: AttentionDecoderInput<F>;
  params: AttentionDecoderParams<F>;
  lstm: LstmRun<F>;
  attention: AttentionRun<F>;
  combined: DenseRun<F>;
  output: DenseRun<F>;
}

/** One gradient for every weight and every input. */
export type AttentionDecoderGradients<F extends Floats = Floats> = {
  [Name in keyof AttentionDecoderParams as `d${Name}`]: F;
} & { dh0: F; dc0: F; dencoded: F };

/**
 * A decoder that looks back: h = lstm(E[token]), alpha = softmax(h · encoded), context = Σ alpha encoded,
 * logits = tanh([context, h] Wc + bc) Wy + by, for T given tokens at once.
 *
 * One step of decoding is timesteps 1, with h0 and c0 the hLast and cLast of the step before.
 *
 * Source: Luong, Pham & Manning 2015, without input feeding.
 *
 * @throws RangeError when sizes do not fit together; Error when a token is not a row of E
 */
export function attentionDecoderForward<F extends Floats>(
  input: AttentionDecoderInput<F>,
  params: AttentionDecoderParams<F>,
): AttentionDecoderRun<F> {
  const { tokens, batchSize, timesteps, h0, c0, encoded, sourceMask } = input;
  const H = params.b.length / 4;
  const S = Math.floor(encoded.length / batchSize / H);
  const sizes = { batchSize, timesteps };
  assertLength("attentionDecoder", "tokens", tokens.length, [{ B: batchSize }, { T: timesteps }]);
  assertLength("attentionDecoder", "encoded", encoded.length, [{ B: batchSize }, { S }, { H }]);
  const x = embeddingForward(tokens, params.E, params.Wx.length / params.b.length); // [B,T,D]
  const lstm = lstmForward({ x, ...sizes }, params, { h0, c0 }); // h [B,T,H]
  const attention = attentionForward(
    { queries: lstm.h, keys: encoded, mask: sourceMask, sourceLength: S, ...sizes },
    { kind: "dot" },
  );
  const both = join(attention.context, lstm.h, tokens.length); // [B,T,2H]
  const combined = denseForward(both, { W: params.Wc, b: params.bc }, "tanh");
  const output = denseForward(combined.y, { W: params.Wy, b: params.by });
  const { hLast, cLast } = lstm;
  const results = { logits: output.y, alpha: attention.alpha, hLast, cLast };
  return { ...results, input, params, lstm, attention, combined, output };
}

/** The gradients of `attentionDecoderForward`, from dlogits [B,T,V] and what else reaches hLast and cLast [B,H]. */
export function attentionDecoderBackward<F extends Floats>(
  run: AttentionDecoderRun<F>,
  dlogits: F,
  last: { dhLast?: F; dcLast?: F } = {},
): AttentionDecoderGradients<F> {
  const { tokens } = run.input;
  const output = denseBackward(run.output, dlogits);
  const combined = denseBackward(run.combined, output.dx);
  const H = run.params.b.length / 4;
  const [dcontext, dhOutput] = split(combined.dx, tokens.length, H);
  const attention = attentionBackward(run.attention, dcontext);
  const dh = plus(dhOutput, attention.dqueries);
  const { dx, dWx, dWh, db, dh0, dc0 } = lstmBackward(run.lstm, dh, last);
  return {
    ...{ dE: embeddingBackward(tokens, run.params.E, dx!), dWx, dWh, db, dh0, dc0 },
    ...{ dWc: combined.dW, dbc: combined.db, dWy: output.dW, dby: output.db },
    dencoded: attention.dkeys,
  };
}
