import { assertLength } from "#src/util/shape.ts";
import {
  attentionDecoderBackward,
  attentionDecoderForward,
  type AttentionDecoderGradients,
  type AttentionDecoderParams,
  type AttentionDecoderRun,
} from "./attention-decoder.ts";
import { embeddingBackward, embeddingForward } from "./embedding.ts";
import { copyLike, type Floats } from "./floats.ts";
import { plus } from "./join.ts";
import type { LstmParams } from "./lstm.ts";
import { lstmBackward, lstmForward, type LstmRun } from "./lstm-sequence.ts";
import { softmaxCrossEntropy, softmaxCrossEntropyBackward, type CrossEntropy } from "./softmax.ts";

/** Weights of the encoder: E [Vs,D], LSTM Wx [D,4H], Wh [H,4H], b [4H]. */
export interface EncoderParams<F extends Floats = Floats> extends LstmParams<F> {
  E: F;
}

export interface EncoderDecoderParams<F extends Floats = Floats> {
  encoder: EncoderParams<F>;
  decoder: AttentionDecoderParams<F>;
}

/** B pairs of sequences. */
export interface PairBatch {
  batchSize: number;
  /** S */
  sourceLength: number;
  /** T */
  timesteps: number;
  /** [B,S] */
  sources: Int32Array;
  /** which source tokens exist, [B,S]; default all */
  sourceMask?: ArrayLike<number>;
  /** what the decoder reads: a start token and the target without its last, [B,T] */
  inputs: Int32Array;
  /** what it should say, [B,T] */
  targets: Int32Array;
  /** which targets count, [B,T]; default all */
  mask?: ArrayLike<number>;
}

export interface EncoderDecoderOptions {
  /**
   * where the decoder's c starts: at the encoder's last c (default), or at its last h, as in the date conversion
   * example of TensorFlow.js
   */
  startCell?: "c" | "h";
}

export interface EncoderDecoderRun<F extends Floats = Floats> {
  /** mean over the kept targets, in nats */
  loss: number;
  /** [B,T,V] */
  logits: F;
  /** [B,T,S] */
  alpha: F;
  batch: PairBatch;
  params: EncoderDecoderParams<F>;
  startCell: "c" | "h";
  encoder: LstmRun<F>;
  decoder: AttentionDecoderRun<F>;
  crossEntropy: CrossEntropy<Float64Array>;
}

export interface EncoderDecoderGradients<F extends Floats = Floats> {
  encoder: { dE: F; dWx: F; dWh: F; db: F };
  decoder: Omit<AttentionDecoderGradients<F>, "dh0" | "dc0" | "dencoded">;
}

/**
 * The loss of an encoder and an attending decoder on pairs of sequences, the decoder given the true tokens (teacher
 * forcing): embedding and LSTM read the source, `attentionDecoderForward` starts from their last state.
 *
 * The source mask keeps padding out of the encoder's state and out of alpha; the mask keeps it out of the loss.
 *
 * @throws RangeError when sizes do not fit together; Error for tokens out of range or when no target is kept
 */
export function encoderDecoderForward<F extends Floats>(
  batch: PairBatch,
  params: EncoderDecoderParams<F>,
  { startCell = "c" }: EncoderDecoderOptions = {},
): EncoderDecoderRun<F> {
  const { batchSize, timesteps, inputs, targets, mask, sourceMask } = batch;
  assertLength("encoderDecoder", "targets", targets.length, [{ B: batchSize }, { T: timesteps }]);
  const encoder = encode(batch, params.encoder);
  const decoder = attentionDecoderForward(
    {
      ...{ tokens: inputs, batchSize, timesteps, encoded: encoder.h, sourceMask },
      h0: encoder.hLast,
      c0: startCell === "c" ? encoder.cLast : encoder.hLast,
    },
    params.decoder,
  );
  const { logits, alpha } = decoder;
  const crossEntropy = softmaxCrossEntropy(Float64Array.from(logits), targets, mask);
  const results = { loss: crossEntropy.loss, logits, alpha };
  return { ...results, batch, params, startCell, encoder, decoder, crossEntropy };
}

/** The encoder alone: h [B,S,H] and the last states, from which decoding step by step can start. */
export function encode<F extends Floats>(
  batch: Pick<PairBatch, "batchSize" | "sourceLength" | "sources" | "sourceMask">,
  params: EncoderParams<F>,
): LstmRun<F> {
  const { batchSize: B, sourceLength: S, sources, sourceMask } = batch;
  assertLength("encoderDecoder", "sources", sources.length, [{ B }, { S }]);
  const x = embeddingForward(sources, params.E, params.Wx.length / params.b.length); // [B,S,D]
  return lstmForward({ x, batchSize: B, timesteps: S, mask: sourceMask }, params);
}

/** The gradients of the loss for all weights. */
export function encoderDecoderBackward<F extends Floats>(
  run: EncoderDecoderRun<F>,
  dloss = 1,
): EncoderDecoderGradients<F> {
  const dlogits = copyLike(run.logits, softmaxCrossEntropyBackward(run.crossEntropy, dloss));
  const { dh0, dc0, dencoded, ...decoder } = attentionDecoderBackward(run.decoder, dlogits);
  const last = run.startCell === "c" ? { dhLast: dh0, dcLast: dc0 } : { dhLast: plus(dh0, dc0) };
  const { dx, dWx, dWh, db } = lstmBackward(run.encoder, dencoded, last);
  const dE = embeddingBackward(run.batch.sources, run.params.encoder.E, dx!);
  return { encoder: { dE, dWx, dWh, db }, decoder };
}
