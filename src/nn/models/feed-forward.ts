import type * as tf from "@tensorflow/tfjs-core";
import { assert, assertCount } from "#src/util/assert.ts";
import { exp } from "#src/util/math.ts";
import type { Rng } from "#src/util/rng.ts";
import type { Parameters } from "../kernels/parts/part.ts";
import { plainParts } from "../kernels/parts/plain-parts.ts";
import { sizeOf } from "../kernels/sequence-network.ts";
import type { FusedUpdate, SequenceBatch, SequenceEvaluation } from "../model.ts";
import { embeddingBackward, embeddingForward } from "../ref/embedding.ts";
import { glorot } from "../ref/initial.ts";
import {
  linearCrossEntropyBackward,
  linearCrossEntropyForward,
  linearForward,
} from "../ref/linear-cross-entropy.ts";
import { logSoftmaxRows } from "../ref/softmax.ts";
import { fusedUpdate, SharedWeights, tensorLoss, variablesOf } from "./engine-model.ts";
import type { FirstWeight } from "./first-weights.ts";
import { keptBytes } from "./kept-bytes.ts";
import { assertSequenceBatch } from "./sequence-batch.ts";

export interface TokenModelOptions {
  /** V of the tokens that are read */
  tokens: number;
  /** how many classes it says */
  classes: number;
  /** an output at each step, or one after the last; default "last" */
  at?: "each" | "last";
  /** D, numbers at each step */
  width: number;
  rng: Rng;
}

/** A model without recurrence, for `nn.fit`. */
export interface FeedForwardModel {
  readonly params: Record<string, tf.Variable>;
  readonly parameterCount: number;
  loss(batch: SequenceBatch): tf.Scalar;
  evaluate(batch: SequenceBatch): SequenceEvaluation & { accuracy: number };
  /** Probabilities [B,T,K], or [B,K] of one output after the last step. */
  predict(batch: Omit<SequenceBatch, "targets">): Float32Array;
  /** Bytes that the layers keep between the way forward and the way back of a batch. */
  keptBytes(batch: SequenceBatch): number;
  readonly fused: FusedUpdate<SequenceBatch>;
  dispose(): void;
}

/** One layer [B,T,D] → [B,T,D], which keeps what its way back needs. */
export interface Layer {
  forward(x: Float32Array, size: { batchSize: number; timesteps: number }): Float32Array;
  backward(dy: Float32Array): Float32Array;
  /** what that is */
  kept(): unknown;
}

/** What a model has between its embedding and its output layer. */
export interface Plan {
  shapes: Record<string, number[]>;
  layers(parameters: Parameters): Layer[];
  /** longest sequence */
  most?: number;
}

/** Embedding, layers and an output layer as one trainable model. */
export function feedForward(
  owner: string,
  options: TokenModelOptions,
  { shapes, layers: make, most }: Plan,
): FeedForwardModel {
  const { tokens: V, classes: K, width: D, at = "last", rng } = options;
  assertOptions(owner, options);
  const all = { E: [V, D], ...shapes, Wy: [D, K], by: [K] };
  const lengths = Object.entries(all).map(([name, shape]) => [name, sizeOf(shape)] as const);
  const { parameters } = plainParts(Object.fromEntries(lengths));
  const layers = make(parameters);
  const variables = variablesOf(firstWeights(all, rng));
  const weights = new SharedWeights(parameters, variables);
  const head = () => ({ Wy: parameters.read("Wy").slice(), by: parameters.read("by").slice() });
  const top = (batch: SequenceBatch): Float32Array => {
    assertBatch(owner, batch, { ...options, most });
    weights.load();
    let y: Float32Array = embeddingForward(batch.inputs as Int32Array, parameters.read("E").slice(), D);
    for (const layer of layers) y = layer.forward(y, batch);
    return at === "each" ? y : lastSteps(y, batch);
  };
  const gradients = (batch: SequenceBatch) => {
    const run = linearCrossEntropyForward(top(batch), head(), batch.targets as Int32Array, batch.mask);
    const { dh, dWy, dby } = linearCrossEntropyBackward(run);
    parameters.gradient("Wy").set(dWy);
    parameters.gradient("by").set(dby);
    let d = at === "each" ? dh : fromLastSteps(dh, batch);
    for (const layer of [...layers].reverse()) d = layer.backward(d);
    parameters
      .gradient("E")
      .set(embeddingBackward(batch.inputs as Int32Array, parameters.read("E").slice(), d));
    return { loss: run.loss, kept: run.kept };
  };
  const predict = (batch: SequenceBatch) =>
    logSoftmaxRows(linearForward(top(batch), head()), K).map((u) => exp(u));
  return {
    params: variables,
    parameterCount: Object.values(variables).reduce((sum, { size }) => sum + size, 0),
    loss: (batch) => tensorLoss(parameters, variables, () => gradients(batch).loss),
    evaluate(batch) {
      const { loss, kept } = linearCrossEntropyForward(
        top(batch),
        head(),
        batch.targets as Int32Array,
        batch.mask,
      );
      return { loss, kept, accuracy: shareRight(predict(batch), batch, K) };
    },
    predict: (batch) => {
      const rows = at === "last" ? batch.batchSize : batch.batchSize * batch.timesteps;
      return predict({ ...batch, targets: new Int32Array(rows) });
    },
    keptBytes(batch) {
      top(batch);
      return keptBytes(layers.map((layer) => layer.kept()));
    },
    fused: fusedUpdate<SequenceBatch>(parameters, weights, gradients),
    dispose: () => Object.values(variables).forEach((variable) => variable.dispose()),
  };
}

function assertBatch(
  owner: string,
  batch: SequenceBatch,
  { tokens, classes, at = "last", most }: TokenModelOptions & { most?: number },
): void {
  const sizes = { reads: "tokens", inputSize: tokens, output: "classes", outputSize: classes, at } as const;
  assertSequenceBatch(owner, batch, sizes);
  assert(!batch.lengths, `${owner}: rows of several lengths are not for this model; make them equally long`);
  const { timesteps: T } = batch;
  assert(!most || T <= most, `${owner}: it has ${most} positions, got ${T} timesteps`);
}

function assertOptions(owner: string, { tokens, classes, at = "last", rng }: TokenModelOptions): void {
  for (const [name, value] of Object.entries({ tokens, classes })) assertCount(owner, name, value);
  const isKnown = at === "each" || at === "last";
  assert(isKnown, `${owner}: expected at to be "each" or "last", got ${JSON.stringify(at)}`);
  assert(rng, `${owner}: an rng is needed, such as rng: rng(1)`);
}

/** Glorot's for matrices, ones for gamma, small numbers for embeddings and positions, zeros for the rest. */
function firstWeights(shapes: Record<string, number[]>, rng: Rng): Record<string, FirstWeight> {
  const drawn = Object.entries(shapes).map(([name, shape]) => {
    const own = rng.fork(name);
    const n = sizeOf(shape);
    if (name === "E" || name === "P") {
      const scale = name === "E" ? 1 / Math.sqrt(shape[1]!) : 0.1;
      return [name, { shape, values: Float32Array.from({ length: n }, () => scale * own.normal()) }] as const;
    }
    if (name.startsWith("gamma")) return [name, { shape, values: new Float32Array(n).fill(1) }] as const;
    if (shape.length === 1) return [name, { shape, values: new Float32Array(n) }] as const;
    const columns = shape.at(-1)!;
    return [name, { shape, values: Float32Array.from(glorot(n / columns, columns, own)) }] as const;
  });
  return Object.fromEntries(drawn);
}

/** [B,T,D] → the last step of each row, [B,D]. */
function lastSteps(y: Float32Array, { batchSize: B, timesteps: T }: SequenceBatch): Float32Array {
  const D = y.length / B / T;
  return y.filter((_, n) => Math.floor(n / D) % T === T - 1);
}

/** The way back: zeros at all other steps. */
function fromLastSteps(dlast: Float32Array, { batchSize: B, timesteps: T }: SequenceBatch): Float32Array {
  const D = dlast.length / B;
  const d = new Float32Array(B * T * D);
  for (let b = 0; b < B; b++) d.set(dlast.subarray(b * D, (b + 1) * D), (b * T + T - 1) * D);
  return d;
}

function shareRight(probs: Float32Array, { targets, mask }: SequenceBatch, K: number): number {
  let [right, kept] = [0, 0];
  targets.forEach((target, n) => {
    if (mask && mask[n] === 0) return;
    const row = probs.subarray(n * K, (n + 1) * K);
    kept++;
    if (row.every((p) => p <= row[target]!)) right++;
  });
  return right / kept;
}
