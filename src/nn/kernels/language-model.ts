import type { Activation } from "../ref/activation.ts";
import type { Batch, Evaluation, ModelState, UpdateSettings } from "../model.ts";
import type { RecurrentKind } from "./recurrent-plan.ts";

export interface LanguageModelSizes {
  kind: RecurrentKind;
  vocabSize: number;
  hiddenSize: number;
  /** of the vanilla RNN; default tanh */
  activation?: Activation;
}

/** Names of the weights: Wx [V,G·H], Wh [H,G·H], b [G·H], bhn [H] of a GRU with reset after, Wy [H,V], by [V]. */
export type WeightName = "Wx" | "Wh" | "b" | "bhn" | "Wy" | "by";

/** Where the norms of gradients by step go, [T] each. */
export interface StepNorms {
  h?: Float32Array;
  c?: Float32Array;
}

/**
 * The numbers of a language model and what is computed with them: a recurrent layer over tokens, a linear layer, cross-entropy.
 * In the kernels' memory here; in plain arrays in reference-language-model.ts.
 */
export interface LanguageModelEngine {
  readonly names: readonly WeightName[];
  /** Views, row-major, for use at once: writing into a weight changes the model. */
  weight(name: WeightName): Float32Array;
  gradient(name: WeightName): Float32Array;
  /** Without gradients. */
  evaluate(batch: Batch, first?: ModelState): Evaluation;
  /** With every gradient. */
  gradients(batch: Batch, first?: ModelState, norms?: StepNorms): Evaluation;
  /** One iteration of Adam with the gradients as they are, clipped first; gives their norm before clipping. */
  update(settings: UpdateSettings): number;
  /** log-probabilities of the token after each of these, row-major [B,V] */
  step(tokens: Int32Array, first: ModelState): { logProbs: Float32Array; state: ModelState };
  /** forgets the averages of Adam */
  restart(): void;
  dispose(): void;
}
