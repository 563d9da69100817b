/**
 * The parts that models are built of: each computes a forward pass and, from what reaches its output, the gradients of its
 * weights and of its input. Everything between parts is row-major and in single precision. Two rooms make the same parts:
 * kernel-parts.ts in WebAssembly, plain-parts.ts from `ref`.
 */
import type { ModelState, UpdateSettings } from "../../model.ts";
import type { Activation } from "../../ref/activation.ts";
import type { Scoring } from "../../ref/attention-scores.ts";
import type { RecurrentKind } from "../recurrent-plan.ts";

/** A recurrent step of any kind. */
export type CellKind = RecurrentKind | PlainKind;

/** Those without a kernel of their own: plain TypeScript computes them everywhere. */
export type PlainKind = "highway" | "lstm-peephole";

/** The weights of a model, their gradients, and an optimiser over all of them. */
export interface Parameters {
  readonly names: readonly string[];
  /** Views, row-major, for use at once: writing into a weight changes the model. */
  weight(name: string): Float32Array;
  /** The same view, not to be written to. */
  read(name: string): Float32Array;
  gradient(name: string): Float32Array;
  /** One iteration of an optimiser with the gradients as they are, clipped first; gives their norm before clipping. */
  update(settings: UpdateSettings): number;
  /** forgets the optimiser's averages */
  restart(): void;
  dispose(): void;
}

export interface RecurrentPartSizes {
  kind: CellKind;
  /** rows of Wx: V when it reads tokens, D when it reads vectors */
  inputSize: number;
  hiddenSize: number;
  reads: "tokens" | "vectors";
  activation?: Activation;
}

/** Where a recurrent part finds its weights among the model's: such as { Wx: "Wx2", Wh: "Wh2", b: "b2" }. */
export type WeightNames = Record<"Wx" | "Wh" | "b", string> & { bhn?: string; Wp?: string };

export interface RecurrentPartInput {
  batchSize: number;
  timesteps: number;
  /** tokens [B,T] or vectors [B,T,D] */
  values: Int32Array | Float32Array;
  /** [B,T], 1 = the step counts, 0 = the state passes unchanged and the output is 0 */
  mask?: ArrayLike<number>;
  /** [B,H] each, default zeros */
  first?: ModelState;
}

export interface RecurrentPart {
  /** Every output [B,T,H], and the state after the last step. */
  forward(input: RecurrentPartInput): { h: Float32Array; last: ModelState };
  /** Of the run before: from dh [B,T,H], and what else reaches the last state. */
  backward(dh: Float32Array, last?: ModelState): { dx?: Float32Array; first: ModelState };
}

export interface EmbeddedSizes {
  kind: CellKind;
  vocabSize: number;
  embeddingSize: number;
  hiddenSize: number;
}

/** A recurrent part that reads tokens through an embedding E [V,D]; `values` are tokens. */
export interface EmbeddedPart {
  forward(input: RecurrentPartInput): { h: Float32Array; last: ModelState };
  /** dE [V,D] is given and not written, since two directions may share E */
  backward(dh: Float32Array, last?: ModelState): { dE: Float32Array; first: ModelState };
}

export interface DenseSizes {
  inputSize: number;
  outputSize: number;
  activation?: "identity" | "tanh";
}

/** y = φ(x W + b), x [R,K] → y [R,N]. */
export interface DensePart {
  forward(x: Float32Array): Float32Array;
  /** Gradients of the weights, and dx unless nobody wants it. */
  backward(dy: Float32Array): Float32Array;
  backward(dy: Float32Array, isInputWanted: boolean): Float32Array | undefined;
}

/** Output layer, softmax and cross-entropy. */
export interface ClassesPart {
  /** x [R,K] with one target each; the mean is over the rows whose mask is 1. Keeps what `backward` needs. */
  loss(x: Float32Array, targets: Int32Array, mask?: ArrayLike<number>): { loss: number; kept: number };
  /** dx [R,K] of the loss before */
  backward(): Float32Array;
  /** log-probabilities [R,V], in nats */
  logProbs(x: Float32Array): Float32Array;
}

export interface AttentionSizes {
  scoring: Scoring["kind"];
  hiddenSize: number;
  /** of the additive score */
  attentionSize?: number;
}

export interface AttentionPartInput {
  batchSize: number;
  timesteps: number;
  sourceLength: number;
  /** [B,T,H] */
  queries: Float32Array;
  /** [B,S,H]: what is compared and what is averaged */
  keys: Float32Array;
  /** [B,S], 1 = may be seen */
  mask?: ArrayLike<number>;
}

export interface AttentionPart {
  /** alpha [B,T,S] and context [B,T,H] */
  forward(input: AttentionPartInput): { alpha: Float32Array; context: Float32Array };
  backward(dcontext: Float32Array): { dqueries: Float32Array; dkeys: Float32Array };
}

/** One model's parts over one set of weights. */
export interface Parts {
  readonly parameters: Parameters;
  recurrent(sizes: RecurrentPartSizes, names: WeightNames): RecurrentPart;
  /** faster than an embedding before `recurrent`, where there is one; cannot drop units or give the gradient of its input */
  embedded?(sizes: EmbeddedSizes, names: WeightNames & { E: string }): EmbeddedPart | undefined;
  dense(sizes: DenseSizes, names: { W: string; b?: string }): DensePart;
  classes(sizes: { inputSize: number; vocabSize: number }, names: { Wy: string; by: string }): ClassesPart;
  attention(sizes: AttentionSizes, names: Record<string, string>): AttentionPart;
  dispose(): void;
}

/** How many numbers each weight has, in the order in which they are kept. */
export type Lengths = Readonly<Record<string, number>>;
