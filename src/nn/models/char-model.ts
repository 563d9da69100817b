import type * as tf from "@tensorflow/tfjs-core";
import type { StepNorms } from "../kernels/language-model.ts";
import { languageModelKernel } from "../kernels/fused-language-model.ts";
import type { Kernels } from "../kernels/module.ts";
import type { RecurrentKind } from "../kernels/recurrent-plan.ts";
import { referenceLanguageModel } from "../kernels/reference-language-model.ts";
import type { Batch, Evaluation, FusedUpdate, LanguageModel, ModelState } from "../model.ts";
import type { Activation } from "../ref/activation.ts";
import { fusedUpdate, SharedWeights, tensorLoss, variablesOf } from "./engine-model.ts";
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

/** The one model behind `charRnn`, `charLstm` and `charGru`. */
export function charModel({ owner, kind, kernels }: Setup, options: FirstWeightOptions): CharModel {
  const { vocabSize: V, hiddenSize: H, activation = "tanh" } = options;
  const first = firstWeights(owner, kind, options);
  const sizes = { kind, vocabSize: V, hiddenSize: H, activation };
  const engine = kernels ? languageModelKernel(kernels, sizes) : referenceLanguageModel(sizes);
  const variables = variablesOf(first);
  const weights = new SharedWeights(engine, variables);
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
    fused: fusedUpdate<Batch>(engine, weights, (batch, state, norms) =>
      engine.gradients(batch, state, norms && { h: norms }),
    ),
    dispose() {
      engine.dispose();
      Object.values(variables).forEach((variable) => variable.dispose());
    },
  };
}

function statesOf(kind: RecurrentKind, n: number): ModelState {
  return kind === "lstm" ? { h: new Float32Array(n), c: new Float32Array(n) } : { h: new Float32Array(n) };
}

function lastStepOnly(batch: Batch): Batch {
  const { timesteps: T } = batch;
  return { ...batch, mask: batch.targets.map((_, k) => (k % T === T - 1 ? 1 : 0)) };
}
