import type * as tf from "@tensorflow/tfjs-core";
import { assert, assertCount } from "#src/util/assert.ts";
import { exp } from "#src/util/math.ts";
import type { Rng } from "#src/util/rng.ts";
import type { Kernels } from "../kernels/module.ts";
import type { CellKind } from "../kernels/parts/part.ts";
import {
  directionsOf,
  SequenceNetwork,
  type SequenceNetworkSizes,
  shapesOf,
} from "../kernels/sequence-network.ts";
import type { FusedUpdate, SequenceBatch, SequenceEvaluation } from "../model.ts";
import { ACTIVATIONS, type Activation } from "../ref/activation.ts";
import type { GruReset } from "../ref/gru.ts";
import { glorot } from "../ref/initial.ts";
import { fusedUpdate, SharedWeights, tensorLoss, variablesOf } from "./engine-model.ts";
import {
  assertOneOf,
  firstRecurrent,
  type FirstWeight,
  type ForgetBias,
  type RecurrentStart,
} from "./first-weights.ts";
import { assertSequenceBatch } from "./sequence-batch.ts";

export interface SequenceModelOptions {
  /** what it reads: tokens of a vocabulary of that size, or vectors of that many features */
  inputs: { tokens: number } | { features: number };
  /** what it says: one of so many classes, or so many values */
  outputs: { classes: number } | { values: number };
  /** an output at each step, or one after the last; default "each" */
  at?: "each" | "last";
  hiddenSize: number;
  /** default "lstm" */
  cell?: "rnn" | "lstm" | "gru" | "highway";
  /** default 1 */
  layers?: number;
  /** a second network reads from the end, and both are joined; default false */
  bidirectional?: boolean;
  /** tokens become vectors of this size first; default: each token has its own row of Wx */
  embeddingSize?: number;
  /** share of the units that training drops after each layer, default 0 */
  dropout?: number;
  /** of a vanilla RNN, default tanh */
  activation?: Activation;
  /** how Wh starts, default orthogonal; "identity" with activation "relu" is the IRNN of Le, Jaitly & Hinton 2015 */
  initial?: RecurrentStart;
  /** what an LSTM's forget gate or a highway's carry gate starts with, default 1; { chrono: T } for memories of up to T steps */
  forgetBias?: ForgetBias;
  /** an LSTM's gates see the cell state, in plain TypeScript and so slower; default false */
  peepholes?: boolean;
  /** of a GRU, default before */
  reset?: GruReset;
  /** draws the first weights */
  rng: Rng;
}

/** A recurrent network over whole sequences, for `nn.fit`. */
export interface SequenceModel {
  /** by name: E, Wx Wh b (bhn, Wp) of each layer (Wx2 …) and direction (WxBack …), Wy, by */
  readonly params: Record<string, tf.Variable>;
  /** how many weights there are in all */
  readonly parameterCount: number;
  /** The mean loss of a batch, as a scalar tensor that gradients can be taken of. */
  loss(batch: SequenceBatch): tf.Scalar;
  /** The loss without gradients, and for classes the share of kept outputs whose most likely class is right. */
  evaluate(batch: SequenceBatch): SequenceEvaluation & { accuracy?: number };
  /** Probabilities [B,T,K] or values, at each step; [B,K] after the last. Targets are not looked at. */
  predict(batch: Omit<SequenceBatch, "targets">): Float32Array;
  /** The outputs of each layer, first layer first: [B,T,H], or [B,T,2H] of both directions. */
  states(batch: Omit<SequenceBatch, "targets">): Float32Array[];
  /** ∂loss/∂x [B,T,D] of vectors or embedded tokens. */
  inputGradient(batch: SequenceBatch): Float32Array;
  /** What `fit` trains with when the optimiser is ours: no tensor is made. */
  readonly fused: FusedUpdate<SequenceBatch>;
  /** Frees the weights. */
  dispose(): void;
}

/**
 * One or more recurrent layers, in one direction or both, and an output layer: classes by softmax and cross-entropy, or
 * values by squared error, at each step or after the last. Rows may have lengths of their own.
 *
 * @throws RangeError for sizes that are not whole numbers or batches that do not fit; Error for unknown words
 */
export function sequenceModel(kernels: Kernels | undefined, options: SequenceModelOptions): SequenceModel {
  const sizes = sizesOf(options);
  const engine = new SequenceNetwork(kernels, sizes);
  const variables = variablesOf(firstWeights(sizes, options));
  const weights = new SharedWeights(engine, variables);
  const dropRng = options.rng.fork("dropout");
  const ready = (batch: SequenceBatch) => {
    assertSequenceBatch("sequenceModel", batch, sizes);
    weights.load();
  };
  const withTargets = (batch: Omit<SequenceBatch, "targets">): SequenceBatch => {
    const B = batch.batchSize;
    const n =
      (sizes.at === "last" ? B : B * batch.timesteps) * (sizes.output === "values" ? sizes.outputSize : 1);
    return { ...batch, targets: sizes.output === "values" ? new Float32Array(n) : new Int32Array(n) };
  };
  const outputs = (batch: SequenceBatch) => {
    ready(batch);
    const found = engine.outputs(batch);
    return sizes.output === "classes" ? found.map((logProb) => exp(logProb)) : found;
  };
  const gradients = (batch: SequenceBatch, rng?: Rng) => {
    ready(batch);
    return engine.gradients(batch, rng);
  };
  return {
    params: variables,
    parameterCount: Object.values(variables).reduce((sum, { size }) => sum + size, 0),
    loss: (batch) => tensorLoss(engine, variables, () => gradients(batch, dropRng).loss),
    evaluate(batch) {
      ready(batch);
      const found = engine.evaluate(batch);
      if (sizes.output === "values") return found;
      return { ...found, accuracy: accuracyOf(outputs(batch), batch, sizes) };
    },
    predict: (batch) => outputs(withTargets(batch)),
    states(batch) {
      ready(withTargets(batch));
      return engine.states(withTargets(batch));
    },
    inputGradient(batch) {
      const { dx } = gradients(batch);
      assert(dx, "sequenceModel: inputGradient needs vectors, or tokens with an embeddingSize");
      return dx;
    },
    fused: fusedUpdate<SequenceBatch>(engine, weights, (batch) => gradients(batch, dropRng)),
    dispose() {
      engine.dispose();
      Object.values(variables).forEach((variable) => variable.dispose());
    },
  };
}

function sizesOf(options: SequenceModelOptions): SequenceNetworkSizes {
  const { inputs, outputs, at = "each", cell = "lstm", reset = "before", layers = 1 } = options;
  const { hiddenSize, bidirectional = false, embeddingSize, dropout = 0, activation } = options;
  const owner = "sequenceModel";
  assert(
    inputs && ("tokens" in inputs || "features" in inputs),
    `${owner}: expected inputs to be { tokens: V } or { features: D }`,
  );
  assert(
    outputs && ("classes" in outputs || "values" in outputs),
    `${owner}: expected outputs to be { classes: K } or { values: K }`,
  );
  assertOneOf(owner, "at", at, ["each", "last"]);
  assertOneOf(owner, "cell", cell, ["rnn", "lstm", "gru", "highway"]);
  assertOneOf(owner, "activation", activation ?? "tanh", ACTIVATIONS);
  const inputSize = "tokens" in inputs ? inputs.tokens : inputs.features;
  const outputSize = "classes" in outputs ? outputs.classes : outputs.values;
  for (const [name, value] of Object.entries({ hiddenSize, layers, inputSize, outputSize }))
    assertCount(owner, name, value);
  if (embeddingSize !== undefined) assertCount(owner, "embeddingSize", embeddingSize);
  assert(dropout >= 0 && dropout < 1, `${owner}: expected dropout of 0 up to 1, got ${dropout}`);
  assert(options.rng, `${owner}: an rng is needed, such as rng: rng(1)`);
  const { forgetBias, peepholes = false } = options;
  assert(!peepholes || cell === "lstm", `${owner}: peepholes belong to an LSTM, got cell "${cell}"`);
  if (typeof forgetBias === "object") assertCount(owner, "forgetBias.chrono", forgetBias.chrono, 2);
  const isEmbedded = embeddingSize !== undefined && "tokens" in inputs;
  return {
    ...{
      kind: kindOf(cell, reset, peepholes),
      hiddenSize,
      layers,
      activation,
      dropout,
      at,
    },
    ...{ reads: "tokens" in inputs ? "tokens" : "vectors", inputSize, outputSize },
    ...{ isBidirectional: bidirectional, output: "classes" in outputs ? "classes" : "values" },
    ...(isEmbedded && { embeddingSize }),
  };
}

function kindOf(
  cell: NonNullable<SequenceModelOptions["cell"]>,
  reset: GruReset,
  hasPeepholes: boolean,
): CellKind {
  if (cell === "gru") return `gru-${reset}`;
  return cell === "lstm" && hasPeepholes ? "lstm-peephole" : cell;
}

function firstWeights(
  sizes: SequenceNetworkSizes,
  options: SequenceModelOptions,
): Record<string, FirstWeight> {
  const { rng, initial, forgetBias } = options;
  const { hiddenSize, kind, embeddingSize: D } = sizes;
  const shapes = shapesOf(sizes);
  const first: Record<string, FirstWeight> = {};
  if (D) {
    const draw = rng.fork("E");
    const values = Float32Array.from({ length: sizes.inputSize * D }, () => draw.normal() / Math.sqrt(D));
    first["E"] = { shape: shapes["E"]!, values };
  }
  for (const { suffix, inputSize } of directionsOf(sizes)) {
    const own = { inputSize, hiddenSize, initial, forgetBias, rng: rng.fork(`layer ${suffix}`) };
    const layer = firstRecurrent(kind, own);
    for (const [name, weight] of Object.entries(layer)) first[`${name}${suffix}`] = weight;
  }
  const [H, K] = shapes["Wy"]! as [number, number];
  first["Wy"] = { shape: [H, K], values: new Float32Array(glorot(H, K, rng.fork("Wy"))) };
  first["by"] = { shape: [K], values: new Float32Array(K) };
  return first;
}

/** The share of kept outputs whose most likely class is the target. */
function accuracyOf(
  probs: Float32Array,
  batch: SequenceBatch,
  { outputSize: K, at }: SequenceNetworkSizes,
): number {
  const { targets, timesteps: T, lengths, mask } = batch;
  let [right, kept] = [0, 0];
  targets.forEach((target, n) => {
    if (mask ? mask[n] === 0 : at === "each" && lengths && n % T >= lengths[Math.floor(n / T)]!) return;
    const row = probs.subarray(n * K, (n + 1) * K);
    kept++;
    if (row.every((p) => p <= row[target]!)) right++;
  });
  return right / kept;
}
