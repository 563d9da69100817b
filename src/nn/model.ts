import type { OptimizerRule } from "./ref/optimisers.ts";

/** What a recurrent model remembers between steps: one array [B,H] for each of its states, by name. */
export type ModelState = Readonly<Record<string, Float32Array>>;

/** B sequences of T tokens with their targets, all int32 [B,T]. */
export interface Batch {
  batchSize: number;
  timesteps: number;
  inputs: Int32Array;
  targets: Int32Array;
  /** [B,T], 1 = the token counts in the loss; default: all count */
  mask?: ArrayLike<number>;
  /** true when the rows do not go on where the batch before ended; default true */
  isStart?: boolean;
}

/** The loss of a batch, computed without gradients. */
export interface Evaluation {
  /** mean over the kept tokens, in nats */
  loss: number;
  /** how many tokens the mean is over */
  kept: number;
  /** the state after the last step */
  state: ModelState;
}

/** B sequences for a model of whole sequences. */
export interface SequenceBatch {
  batchSize: number;
  timesteps: number;
  /** tokens int32 [B,T], or vectors float32 [B,T,D] */
  inputs: Int32Array | Float32Array;
  /** classes int32 or values float32: [B,T] or [B,T,K] for an output at each step, [B] or [B,K] for one after the last */
  targets: Int32Array | Float32Array;
  /** [B], how many steps of each row exist; default: all T */
  lengths?: ArrayLike<number>;
  /** 1 = the output counts in the loss; default: those within the lengths */
  mask?: ArrayLike<number>;
}

/** B pairs of sequences: what is read, and what should be said. */
export interface PairBatch {
  batchSize: number;
  /** S */
  sourceLength: number;
  /** T */
  timesteps: number;
  /** tokens int32 [B,S], or features float32 [B,S,F] */
  sources: Int32Array | Float32Array;
  /** which of the source exist, [B,S]; default all */
  sourceMask?: ArrayLike<number>;
  /** what the decoder reads: a start token and the target without its last, [B,T] */
  inputs: Int32Array;
  /** what it should say, [B,T] */
  targets: Int32Array;
  /** which targets count, [B,T]; default all */
  mask?: ArrayLike<number>;
}

/** The loss of a batch: mean over the kept outputs, in nats for classes, squared error for values. */
export interface SequenceEvaluation {
  loss: number;
  kept: number;
}

/** A model that gives the probabilities of the next token: what metrics and decoding ask for. */
export interface LanguageModel {
  readonly vocabSize: number;
  /** The state before the first token, for B sequences. */
  initialState(batchSize: number): ModelState;
  /** Reads one token per sequence, int32 [B]; gives log-probabilities of the next, [B,V], in nats. */
  step(tokens: Int32Array, state: ModelState): { logProbs: Float32Array; state: ModelState };
  /** The loss of a batch, from a given state or the initial one. */
  evaluate(batch: Batch, state?: ModelState): Evaluation;
}

/** One iteration of an optimiser. */
export type UpdateSettings = OptimizerRule & {
  learningRate: number;
  /** scales the gradient to at most this norm */
  clipNorm?: number;
  /** cuts every component of the gradient to ± this */
  clipValue?: number;
};

/** Training without tensors: a model that computes its own gradients and applies them. */
export interface FusedUpdate<B = Batch> {
  /** a run of training begins: another optimiser than before remembers nothing */
  start(optimizer: object): void;
  /** loss, gradients and last state of a batch; `norms` [T] receives ‖∂loss/∂h_t‖ */
  gradients(batch: B, state?: ModelState, norms?: Float32Array): { loss: number; state?: ModelState };
  /** applies the gradients; gives their norm before clipping */
  update(settings: UpdateSettings): number;
  /** shows the weights in the model's variables */
  store(): void;
}
