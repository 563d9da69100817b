import * as tf from "@tensorflow/tfjs-core";
import { assert, assertCount } from "#src/util/assert.ts";
import type { Rng } from "#src/util/rng.ts";
import { linearCrossEntropy } from "../layers/linear-cross-entropy.ts";
import { floats, rnn } from "../layers/rnn.ts";
import type { Batch, Evaluation, LanguageModel, ModelState } from "../model.ts";
import { ACTIVATIONS, type Activation } from "../ref/activation.ts";
import { glorot, orthogonal } from "../ref/initial.ts";
import { identity } from "../ref/jacobian.ts";
import {
  linearCrossEntropyBackward,
  linearCrossEntropyForward,
  linearForward,
} from "../ref/linear-cross-entropy.ts";
import { rnnBackward, rnnForward, type RnnRun } from "../ref/rnn-sequence.ts";
import { softmaxRow } from "../ref/softmax.ts";
import { withSpectralRadius } from "../ref/spectral.ts";

/** How the recurrent matrix Wh starts. */
export type RecurrentStart = "orthogonal" | "glorot" | "identity";

export interface CharRnnOptions {
  /** V, the number of characters */
  vocabSize: number;
  /** H */
  hiddenSize: number;
  /** draws the first weights */
  rng: Rng;
  /** default tanh */
  activation?: Activation;
  /** how Wh starts, default orthogonal; Wx and Wy start as Glorot's, the biases as zeros */
  initial?: RecurrentStart;
  /** scales Wh so that its spectral radius is this */
  recurrentRadius?: number;
}

export type CharRnnParams = Record<"Wx" | "Wh" | "b" | "Wy" | "by", tf.Variable>;

/** What a run of the model may be given besides its batch. */
export interface ForwardOptions {
  /** the state before the first step, default zeros */
  state?: ModelState;
  /** [T], receives ‖∂loss/∂h_t‖ when gradients are taken */
  norms?: Float32Array;
}

/** A character model with one layer of a vanilla RNN. */
export interface CharRnn extends LanguageModel {
  readonly hiddenSize: number;
  readonly activation: Activation;
  /** Wx [V,H], Wh [H,H], b [H], Wy [H,V], by [V] */
  readonly params: CharRnnParams;
  /** The mean cross-entropy of a batch in nats, as a scalar tensor that gradients can be taken of. */
  loss(batch: Batch): tf.Scalar;
  /** The loss, and the state after the last step. */
  forward(batch: Batch, options?: ForwardOptions): { loss: tf.Scalar; state: ModelState };
  /**
   * ‖∂L/∂h_t‖ for every step, [T]: the norm over batch and units of the gradient that reaches each hidden state.
   * `of` says which loss: of all steps (the training loss, the default) or of the last step only.
   */
  gradientsByStep(batch: Batch, options?: { of?: "all" | "last" }): { norms: Float32Array };
  /** Frees the weights. */
  dispose(): void;
}

/**
 * A character model: h_t = φ(Wx[x_t] + h_(t−1) Wh + b), probabilities of the next character = softmax(h_t Wy + by).
 *
 * Defaults: activation tanh, initial orthogonal. The same rng seed gives the same weights in every browser.
 *
 * @throws RangeError for sizes that are not whole numbers; Error for an unknown activation or initial
 */
export function charRnn(options: CharRnnOptions): CharRnn {
  const { vocabSize: V, hiddenSize: H, activation = "tanh" } = options;
  const params = firstWeights(options);
  const arrays = () => {
    const { Wx, Wh, b, Wy, by } = params;
    return { Wx: floats(Wx), Wh: floats(Wh), b: floats(b), Wy: floats(Wy), by: floats(by) };
  };
  const runOf = (batch: Batch, state?: ModelState) =>
    rnnForward({ tokens: batch.inputs, ...sizesOf(batch) }, arrays(), { h0: state?.h, activation });
  const forward: CharRnn["forward"] = (batch, { state, norms } = {}) => {
    let after: ModelState | undefined;
    const loss = tf.tidy(() => {
      const { batchSize: B, timesteps: T } = batch;
      const h0 = state && tf.tensor(state.h, [B, H]);
      const h = rnn(tf.tensor(batch.inputs, [B, T], "int32"), params, { h0, activation, norms });
      after = { h: lastStates(floats(h), batch, H) };
      return linearCrossEntropy(h, params, tf.tensor(batch.targets, [B, T], "int32"), batch.mask);
    });
    return { loss, state: after! };
  };
  return {
    vocabSize: V,
    hiddenSize: H,
    activation,
    params,
    forward,
    loss: (batch) => forward(batch).loss,
    initialState: (batchSize) => ({ h: new Float32Array(batchSize * H) }),
    step(tokens, state) {
      const { h } = runOf({ inputs: tokens, targets: tokens, batchSize: tokens.length, timesteps: 1 }, state);
      return { logProbs: logSoftmax(linearForward(h, arrays()), V), state: { h } };
    },
    evaluate(batch, state): Evaluation {
      const { h } = runOf(batch, state);
      const { loss, kept } = linearCrossEntropyForward(h, arrays(), batch.targets, batch.mask);
      return { loss, kept, state: { h: lastStates(h, batch, H) } };
    },
    gradientsByStep(batch, { of = "all" } = {}) {
      return { norms: normsByStep(runOf(batch), arrays(), of === "last" ? lastStepOnly(batch) : batch) };
    },
    dispose: () => Object.values(params).forEach((variable) => variable.dispose()),
  };
}

function firstWeights({ vocabSize: V, hiddenSize: H, rng, ...options }: CharRnnOptions): CharRnnParams {
  const { activation = "tanh", initial = "orthogonal", recurrentRadius } = options;
  assertCount("charRnn", "vocabSize", V);
  assertCount("charRnn", "hiddenSize", H);
  assert(rng, "charRnn: an rng is needed, such as rng: rng(1)");
  assertOneOf("activation", activation, ACTIVATIONS);
  const start = { orthogonal, identity, glorot: (n: number, own: Rng) => glorot(n, n, own) };
  assertOneOf("initial", initial, Object.keys(start));
  const square = start[initial](H, rng.fork("Wh"));
  const Wh = recurrentRadius === undefined ? square : withSpectralRadius(square, recurrentRadius);
  const variable = (values: Float64Array, shape: number[]) =>
    tf.tidy(() => tf.variable(tf.tensor(new Float32Array(values), shape)));
  return {
    Wx: variable(glorot(V, H, rng.fork("Wx")), [V, H]),
    Wh: variable(Wh, [H, H]),
    b: variable(new Float64Array(H), [H]),
    Wy: variable(glorot(H, V, rng.fork("Wy")), [H, V]),
    by: variable(new Float64Array(V), [V]),
  };
}

function assertOneOf(name: string, value: string, allowed: readonly string[]): void {
  const list = allowed.map((item) => `"${item}"`).join(", ");
  assert(
    allowed.includes(value),
    `charRnn: expected ${name} to be one of ${list}, got ${JSON.stringify(value)}`,
  );
}

const sizesOf = ({ batchSize, timesteps }: Batch) => ({ batchSize, timesteps });

/** h [B,T,H] → the last step's, [B,H]. */
function lastStates(h: Float32Array, { batchSize: B, timesteps: T }: Batch, H: number): Float32Array {
  const last = new Float32Array(B * H);
  for (let b = 0; b < B; b++) last.set(h.subarray(((b + 1) * T - 1) * H, (b + 1) * T * H), b * H);
  return last;
}

function lastStepOnly(batch: Batch): Batch {
  const { timesteps: T } = batch;
  return { ...batch, mask: batch.targets.map((_, k) => (k % T === T - 1 ? 1 : 0)) };
}

type OutputArrays = Record<"Wy" | "by", Float32Array>;

function normsByStep(run: RnnRun<Float32Array>, params: OutputArrays, batch: Batch): Float32Array {
  const head = linearCrossEntropyForward(run.h, params, batch.targets, batch.mask);
  const norms = new Float32Array(batch.timesteps);
  rnnBackward(run, linearCrossEntropyBackward(head).dh, norms);
  return norms;
}

function logSoftmax(logits: Float64Array, V: number): Float32Array {
  const probs = new Float64Array(V);
  const logProbs = new Float32Array(logits.length);
  for (let row = 0; row < logits.length; row += V) {
    const one = logits.subarray(row, row + V);
    const total = softmaxRow(one, probs, 0, V);
    for (let k = 0; k < V; k++) logProbs[row + k] = one[k] - total;
  }
  return logProbs;
}
