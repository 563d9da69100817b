import * as tf from "@tensorflow/tfjs-core";
import type { LanguageModelEngine, StepNorms, WeightName } from "../kernels/language-model.ts";
import { languageModelKernel } from "../kernels/fused-language-model.ts";
import type { Kernels } from "../kernels/module.ts";
import type { RecurrentKind } from "../kernels/recurrent-plan.ts";
import { referenceLanguageModel } from "../kernels/reference-language-model.ts";
import type { Batch, Evaluation, FusedUpdate, LanguageModel, ModelState } from "../model.ts";
import type { Activation } from "../ref/activation.ts";
import { type FirstWeightOptions, firstWeights } from "./first-weights.ts";

/** What a run of the model may be given besides its batch. */
export interface ForwardOptions {
  /** the state before the first step, default zeros */
  state?: ModelState;
  /** [T], receives ‖∂loss/∂h_t‖ when gradients are taken */
  norms?: Float32Array;
}

/** A character model: one recurrent layer over tokens, a linear layer, softmax. */
export interface CharModel extends LanguageModel {
  readonly kind: RecurrentKind;
  readonly hiddenSize: number;
  /** of a vanilla RNN */
  readonly activation: Activation;
  /** Wx [V,G·H], Wh [H,G·H], b [G·H], bhn [H] of a GRU with reset after, Wy [H,V], by [V] */
  readonly params: Record<"Wx" | "Wh" | "b" | "Wy" | "by", tf.Variable> & { bhn?: tf.Variable };
  /** The mean cross-entropy of a batch in nats, as a scalar tensor that gradients can be taken of. */
  loss(batch: Batch): tf.Scalar;
  /** The loss, and the state after the last step. */
  forward(batch: Batch, options?: ForwardOptions): { loss: tf.Scalar; state: ModelState };
  /**
   * ‖∂L/∂h_t‖ for every step, [T], and ‖∂L/∂c_t‖ of an LSTM: over batch and units, of all that reaches each state.
   * `of` says which loss: of all steps (the training loss, the default) or of the last step only.
   */
  gradientsByStep(
    batch: Batch,
    options?: { of?: "all" | "last" },
  ): { norms: Float32Array; cellNorms?: Float32Array };
  /** What `fit` trains with when the optimiser is ours: no tensor is made. */
  readonly fused: FusedUpdate;
  /** Frees the weights. */
  dispose(): void;
}

interface Setup {
  owner: string;
  kind: RecurrentKind;
  /** plain TypeScript computes when there are none */
  kernels?: Kernels;
}

/**
 * The variables are what the reader sees; the engine computes with its own copy. `Weights` keeps them one: before the engine
 * works it takes variables that were assigned, and after it trained they are assigned.
 */
class Weights {
  readonly variables: Record<string, tf.Variable>;
  readonly #engine: LanguageModelEngine;
  readonly #seen = new Map<string, object>();

  constructor(engine: LanguageModelEngine, variables: Record<string, tf.Variable>) {
    this.#engine = engine;
    this.variables = variables;
  }

  load(): void {
    for (const [name, variable] of Object.entries(this.variables)) {
      if (this.#seen.get(name) === variable.dataId) continue;
      this.#engine.weight(name as WeightName).set(variable.dataSync<"float32">());
      this.#seen.set(name, variable.dataId);
    }
  }

  store(): void {
    for (const [name, variable] of Object.entries(this.variables)) {
      tf.tidy(() =>
        variable.assign(tf.tensor(this.#engine.weight(name as WeightName).slice(), variable.shape)),
      );
      this.#seen.set(name, variable.dataId);
    }
  }
}

/** The one model behind `charRnn`, `charLstm` and `charGru`. */
export function charModel({ owner, kind, kernels }: Setup, options: FirstWeightOptions): CharModel {
  const { vocabSize: V, hiddenSize: H, activation = "tanh" } = options;
  const first = firstWeights(owner, kind, options);
  const sizes = { kind, vocabSize: V, hiddenSize: H, activation };
  const engine = kernels ? languageModelKernel(kernels, sizes) : referenceLanguageModel(sizes);
  const variables = Object.fromEntries(
    Object.entries(first).map(([name, { shape, values }]) => [
      name,
      tf.tidy(() => tf.variable(tf.tensor(values, shape))),
    ]),
  );
  const weights = new Weights(engine, variables);
  const gradients = (batch: Batch, state?: ModelState, norms?: StepNorms): Evaluation => {
    weights.load();
    return engine.gradients(batch, state, norms);
  };
  const forward: CharModel["forward"] = (batch, { state, norms } = {}) => {
    let after: ModelState | undefined;
    const loss = tensorLoss(engine, variables, () => {
      const outcome = gradients(batch, state, norms && { h: norms });
      after = outcome.state;
      return outcome.loss;
    });
    return { loss, state: after! };
  };
  return {
    kind,
    vocabSize: V,
    hiddenSize: H,
    activation,
    params: variables as CharModel["params"],
    forward,
    loss: (batch) => forward(batch).loss,
    initialState: (batchSize) => statesOf(kind, batchSize * H),
    step(tokens, state) {
      weights.load();
      return engine.step(tokens, state);
    },
    evaluate(batch, state): Evaluation {
      weights.load();
      return engine.evaluate(batch, state);
    },
    gradientsByStep(batch, { of = "all" } = {}) {
      const norms = { h: new Float32Array(batch.timesteps), c: new Float32Array(batch.timesteps) };
      gradients(of === "last" ? lastStepOnly(batch) : batch, undefined, norms);
      return { norms: norms.h, ...(kind === "lstm" && { cellNorms: norms.c }) };
    },
    fused: fusedUpdate(engine, weights),
    dispose() {
      engine.dispose();
      Object.values(variables).forEach((variable) => variable.dispose());
    },
  };
}

function fusedUpdate(engine: LanguageModelEngine, weights: Weights): FusedUpdate {
  let lastOptimizer: object | undefined;
  return {
    start(optimizer) {
      if (optimizer !== lastOptimizer) engine.restart();
      lastOptimizer = optimizer;
    },
    gradients(batch, state, norms) {
      weights.load();
      return engine.gradients(batch, state, norms && { h: norms });
    },
    update: (settings) => engine.adam(settings),
    store: () => weights.store(),
  };
}

/** The engine's loss as an operation of TensorFlow.js, with the gradients that come with it. */
function tensorLoss(
  engine: LanguageModelEngine,
  variables: Record<string, tf.Variable>,
  compute: () => number,
): tf.Scalar {
  const { names } = engine;
  const op = tf.customGrad(() => {
    const value = tf.scalar(compute());
    // now, since the next batch overwrites them
    const found = names.map((name) => engine.gradient(name).slice());
    const gradFunc = (dloss: tf.Tensor) =>
      names.map((name, k) => tf.mul(dloss, tf.tensor(found[k], variables[name].shape)));
    return { value, gradFunc };
  });
  return op(...names.map((name) => variables[name])) as tf.Scalar;
}

function statesOf(kind: RecurrentKind, n: number): ModelState {
  return kind === "lstm" ? { h: new Float32Array(n), c: new Float32Array(n) } : { h: new Float32Array(n) };
}

function lastStepOnly(batch: Batch): Batch {
  const { timesteps: T } = batch;
  return { ...batch, mask: batch.targets.map((_, k) => (k % T === T - 1 ? 1 : 0)) };
}
