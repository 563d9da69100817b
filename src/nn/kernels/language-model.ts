import type { Activation } from "../ref/activation.ts";
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

/** States by name, [B,H] each: h, and c of an LSTM. */
export type States = Readonly<Record<string, Float32Array>>;

/** Tokens and targets int32 [B,T]; the loss is the mean over the steps that the mask keeps (default: all). */
export interface TokenSequences {
  batchSize: number;
  timesteps: number;
  inputs: Int32Array;
  targets: Int32Array;
  mask?: ArrayLike<number>;
}

/** Where the norms of gradients by step go, [T] each. */
export interface StepNorms {
  h?: Float32Array;
  c?: Float32Array;
}

export interface Outcome {
  /** in nats per kept token */
  loss: number;
  kept: number;
  state: States;
}

/** How Adam goes: see PyTorch's torch.optim.Adam. */
export interface AdamSettings {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  clipNorm?: number;
  clipValue?: number;
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
  evaluate(batch: TokenSequences, first?: States): Outcome;
  /** With every gradient. */
  gradients(batch: TokenSequences, first?: States, norms?: StepNorms): Outcome;
  /** One iteration of Adam with the gradients as they are, clipped first; gives their norm before clipping. */
  adam(settings: AdamSettings): number;
  /** log-probabilities of the token after each of these, row-major [B,V] */
  step(tokens: Int32Array, first: States): { logProbs: Float32Array; state: States };
  /** forgets the averages of Adam */
  restart(): void;
  dispose(): void;
}
