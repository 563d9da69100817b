import type * as tf from "@tensorflow/tfjs-core";
import { assert, assertCount } from "#src/util/assert.ts";
import type { Rng } from "#src/util/rng.ts";
import type { Kernels } from "../kernels/module.ts";
import { type Encoded, PairNetwork } from "../kernels/pair-network.ts";
import type { PairNetworkSizes } from "../kernels/pair-sizes.ts";
import type { FusedUpdate, ModelState, PairBatch } from "../model.ts";
import type { GruReset } from "../ref/gru.ts";
import { fusedUpdate, SharedWeights, tensorLoss, variablesOf } from "./engine-model.ts";
import { assertOneOf } from "./first-weights.ts";
import { firstPairWeights } from "./first-pair-weights.ts";
import { assertPairBatch, assertSource } from "./pair-batch.ts";

export interface Seq2seqOptions {
  /** what it reads: tokens of a vocabulary of that size, or that many features at each place, such as cells of a picture */
  source: { tokens: number } | { features: number };
  /** how many tokens it can say, ⟨bos⟩, ⟨eos⟩ and padding included */
  vocabSize: number;
  /** ⟨bos⟩, which the decoder reads first, and ⟨eos⟩, which ends a sequence */
  first: number;
  end: number;
  hiddenSize: number;
  /** default hiddenSize */
  embeddingSize?: number;
  /** default "lstm" */
  cell?: "lstm" | "gru";
  /** of a GRU, default before */
  reset?: GruReset;
  /** how the decoder looks back at the encoder's outputs, default "dot"; false: through its first state only */
  attention?: "dot" | "scaled" | "general" | "additive" | false;
  /** two encoders of half the size, one from each end; default false */
  bidirectional?: boolean;
  /** A of tanh([context, h] Wc + bc), default hiddenSize */
  combinedSize?: number;
  /** where an LSTM decoder's c starts: the encoder's last c, or its last h as in TensorFlow.js's date example; default "c" */
  startCell?: "c" | "h";
  /** share of the embeddings' entries and of what the output layer reads that training drops, default 0 */
  dropout?: number;
  /** how often training gives the decoder the true token before, instead of what it said itself; default 1, always */
  teacherForcing?: number;
  /** draws the first weights, and when the teacher is silent */
  rng: Rng;
}

/** A decoder at the start of one sequence, for nn.greedySearch, nn.beamSearch and nn.exhaustiveSearch. */
export interface Decoder {
  readonly vocabSize: number;
  readonly first: number;
  readonly end: number;
  readonly state: ModelState;
  /** log-probabilities [K,V] after one token for each of K rows, their states, and alpha [K,S] with attention */
  step(
    tokens: Int32Array,
    state: ModelState,
  ): { logProbs: Float32Array; state: ModelState; alpha?: Float32Array };
}

/** An encoder and a decoder for `nn.fit`. */
export interface Seq2seq {
  readonly params: Record<string, tf.Variable>;
  readonly parameterCount: number;
  /** share of iterations' inputs that are the true ones; may be changed while training */
  teacherForcing: number;
  /** The mean loss of a batch in nats per kept token, as a scalar tensor that gradients can be taken of. */
  loss(batch: PairBatch): tf.Scalar;
  /** The loss with the true tokens as inputs, without gradients. */
  evaluate(batch: PairBatch): { loss: number; kept: number };
  /** alpha [B,T,S] with the true tokens as inputs: where each output looks; each row adds to 1, padding gets 0. */
  alignments(batch: PairBatch): Float32Array;
  /** ∂loss/∂x of the embedded source [B,S,D], or of its features [B,S,F]: which places the loss hangs on. */
  sourceGradient(batch: PairBatch): Float32Array;
  /** The likeliest token at each step for B sources at once; each row ends before ⟨eos⟩. */
  translate(
    batch: Pick<PairBatch, "batchSize" | "sourceLength" | "sources" | "sourceMask">,
    maxLength: number,
  ): number[][];
  /** One source [S] or [S,F], ready to be searched. */
  decoder(source: Int32Array | Float32Array): Decoder;
  readonly fused: FusedUpdate<PairBatch>;
  dispose(): void;
}

/**
 * Encoder and decoder with attention: the encoder reads the source, the decoder starts from its last state and says one token
 * after the other. h = lstm(E[token]), alpha = softmax(score(h, encoded)), logits = tanh([context, h] Wc + bc) Wy + by.
 *
 * Sources: Sutskever, Vinyals & Le 2014; Bahdanau, Cho & Bengio 2015; Luong, Pham & Manning 2015, without input feeding.
 *
 * @throws RangeError for sizes that are not whole numbers or batches that do not fit; Error for unknown words
 */
export function seq2seq(kernels: Kernels | undefined, options: Seq2seqOptions): Seq2seq {
  const sizes = sizesOf(options);
  const { first, end } = options;
  const engine = new PairNetwork(kernels, sizes);
  const variables = variablesOf(firstPairWeights(sizes, options.rng));
  const weights = new SharedWeights(engine, variables);
  const ownRng = options.rng.fork("teacher");
  const ready = (batch: PairBatch): PairBatch => {
    assertPairBatch("seq2seq", batch, sizes);
    weights.load();
    return batch;
  };
  const forced = (batch: PairBatch) =>
    model.teacherForcing < 1
      ? withOwnWords(engine, batch, { rate: model.teacherForcing, rng: ownRng })
      : batch;
  const dropRng = options.rng.fork("dropout");
  const gradients = (batch: PairBatch) => engine.gradients(forced(ready(batch)), dropRng);
  const model: Seq2seq = {
    params: variables,
    parameterCount: Object.values(variables).reduce((sum, { size }) => sum + size, 0),
    teacherForcing: options.teacherForcing ?? 1,
    loss: (batch) => tensorLoss(engine, variables, () => gradients(batch).loss),
    evaluate(batch) {
      const { loss, kept } = engine.evaluate(ready(batch));
      return { loss, kept };
    },
    alignments(batch) {
      const { alpha } = engine.evaluate(ready(batch));
      assert(alpha, "seq2seq: this model has no attention, so there are no alignments");
      return alpha;
    },
    sourceGradient: (batch) => engine.sourceGradient(ready(batch)),
    translate(batch, maxLength) {
      assertSource("seq2seq", batch, sizes);
      assertCount("seq2seq", "maxLength", maxLength);
      weights.load();
      return translate(engine, engine.encode(batch), { batchSize: batch.batchSize, maxLength, first, end });
    },
    decoder: (source) => {
      const sourceLength = sizes.source === "tokens" ? source.length : source.length / sizes.sourceSize;
      const batch = { batchSize: 1, sourceLength, sources: source };
      assertSource("seq2seq", batch, sizes);
      weights.load();
      return decoderOf(engine, engine.encode(batch), { vocabSize: sizes.vocabSize, first, end });
    },
    fused: fusedUpdate<PairBatch>(engine, weights, gradients),
    dispose() {
      engine.dispose();
      Object.values(variables).forEach((variable) => variable.dispose());
    },
  };
  return model;
}

function sizesOf(options: Seq2seqOptions): PairNetworkSizes {
  const { source, vocabSize, hiddenSize, cell = "lstm", reset = "before", attention = "dot" } = options;
  const {
    embeddingSize = hiddenSize,
    combinedSize = hiddenSize,
    bidirectional = false,
    startCell = "c",
  } = options;
  const owner = "seq2seq";
  assert(
    source && ("tokens" in source || "features" in source),
    `${owner}: expected source to be { tokens: V } or { features: F }`,
  );
  const sourceSize = "tokens" in source ? source.tokens : source.features;
  for (const [name, value] of Object.entries({
    sourceSize,
    vocabSize,
    hiddenSize,
    embeddingSize,
    combinedSize,
  }))
    assertCount(owner, name, value);
  for (const name of ["first", "end"] as const)
    assert(
      Number.isInteger(options[name]) && options[name] >= 0 && options[name] < vocabSize,
      `${owner}: expected the token ${name} of 0 … ${vocabSize - 1}, got ${options[name]}`,
    );
  assertOneOf(owner, "cell", cell, ["lstm", "gru"]);
  if (attention) assertOneOf(owner, "attention", attention, ["dot", "scaled", "general", "additive"]);
  const isEven = hiddenSize % 2 === 0;
  assert(
    !bidirectional || isEven,
    `${owner}: a bidirectional encoder needs an even hiddenSize, got ${hiddenSize}`,
  );
  assert(options.rng, `${owner}: an rng is needed, such as rng: rng(1)`);
  const { teacherForcing = 1, dropout = 0 } = options;
  assert(dropout >= 0 && dropout < 1, `${owner}: expected dropout of 0 up to 1, got ${dropout}`);
  assert(
    teacherForcing >= 0 && teacherForcing <= 1,
    `${owner}: expected teacherForcing of 0 … 1, got ${teacherForcing}`,
  );
  const isText = "tokens" in source;
  return {
    ...{
      kind: cell === "lstm" ? "lstm" : `gru-${reset}`,
      source: isText ? "tokens" : "features",
      sourceSize,
    },
    ...{ vocabSize, embeddingSize, hiddenSize, combinedSize, startCell, dropout },
    ...{ isBidirectional: bidirectional && isText, ...(attention && { attention }) },
  };
}

/** The likeliest token of each row of [B,V]; equal ones: the lower. */
function likeliest(logProbs: Float32Array, B: number): Int32Array {
  const V = logProbs.length / B;
  return Int32Array.from({ length: B }, (_, b) => {
    let best = b * V;
    for (let k = best + 1; k < (b + 1) * V; k++) if (logProbs[k]! > logProbs[best]!) best = k;
    return best - b * V;
  });
}

/** A batch whose inputs are, now and then, what the model says itself: scheduled sampling (Bengio et al. 2015). */
function withOwnWords(
  engine: PairNetwork,
  batch: PairBatch,
  { rate, rng }: { rate: number; rng: Rng },
): PairBatch {
  const { batchSize: B, timesteps: T } = batch;
  const inputs = batch.inputs.slice();
  let encoded = engine.encode(batch);
  for (let t = 0; t < T - 1; t++) {
    const now = Int32Array.from({ length: B }, (_, b) => inputs[b * T + t]!);
    const { logProbs, state } = engine.step(now, encoded);
    encoded = { ...encoded, state };
    likeliest(logProbs, B).forEach((token, b) => {
      if (rng.uniform() >= rate) inputs[b * T + t + 1] = token;
    });
  }
  return { ...batch, inputs };
}

interface Ends {
  batchSize: number;
  maxLength: number;
  first: number;
  end: number;
}

function translate(
  engine: PairNetwork,
  start: Encoded,
  { batchSize: B, maxLength, first, end }: Ends,
): number[][] {
  const rows: number[][] = Array.from({ length: B }, () => []);
  const isOver = new Uint8Array(B);
  let encoded = start;
  let tokens: Int32Array = new Int32Array(B).fill(first);
  for (let t = 0; t < maxLength && isOver.includes(0); t++) {
    const { logProbs, state } = engine.step(tokens, encoded);
    encoded = { ...encoded, state };
    tokens = likeliest(logProbs, B);
    tokens.forEach((token, b) => {
      if (token === end) isOver[b] = 1;
      else if (!isOver[b]) rows[b]!.push(token);
    });
  }
  return rows;
}

/** Every row of a search looks at the same source. */
function decoderOf(
  engine: PairNetwork,
  { keys, sourceLength, state }: Encoded,
  ends: { vocabSize: number; first: number; end: number },
): Decoder {
  const copies = new Map<number, Float32Array>([[1, keys]]);
  const keysFor = (rows: number): Float32Array => {
    const known = copies.get(rows);
    if (known) return known;
    const all = new Float32Array(rows * keys.length);
    for (let k = 0; k < rows; k++) all.set(keys, k * keys.length);
    copies.set(rows, all);
    return all;
  };
  const step: Decoder["step"] = (tokens, now) =>
    engine.step(tokens, { keys: keysFor(tokens.length), sourceLength, state: now });
  return { ...ends, state, step };
}
