import { assert } from "#src/util/assert.ts";
import { log } from "#src/util/math.ts";
import type { Batch, Evaluation, LanguageModel } from "../model.ts";
import {
  addEpsilon,
  backoff,
  kneserNey,
  SMOOTHINGS,
  type Distribution,
  type Smoothing,
} from "./n-gram-smoothing.ts";
import { assertToken, countGrams, countsAfter, type GramTable } from "./n-gram-table.ts";

export type { Smoothing };

export interface NGramOptions {
  /** V, how many tokens there are */
  vocabSize: number;
  /** n: the next token depends on the n − 1 before it; 1 is a model of single tokens */
  order: number;
  /** default kneser-ney */
  smoothing?: Smoothing;
  /** ε of add-epsilon, default 1; 0 gives the text's own frequencies */
  epsilon?: number;
  /** D of backoff and kneser-ney, above 0 and below 1; default: estimated from the counts */
  discount?: number;
}

/** A model that has counted; its state is `context` [B, n − 1], the last tokens of each sequence, −1 before its start. */
export interface NGram extends LanguageModel {
  readonly order: number;
  readonly smoothing: Smoothing;
  /** how many different grams of 1 … n tokens the text has, [n] */
  readonly gramCounts: readonly number[];
  /** The probabilities of the next token, [V]; they add up to 1. Only the last n − 1 tokens of a context count. */
  probabilities(context: ArrayLike<number>): Float64Array;
  /** How often the text has each token after a context, [V]. Only the last n − 1 tokens of a context count. */
  counts(context: ArrayLike<number>): Int32Array;
}

/**
 * An n-gram model: the probabilities of the next token from how often the text has it after the n − 1 tokens before.
 *
 * Learns from the tokens of a text at once; where a sequence starts, it uses the shorter contexts that there are.
 * Defaults: smoothing kneser-ney (interpolated, three discounts estimated from the counts), epsilon 1.
 *
 * @throws RangeError for a wrong order, vocabSize, token, epsilon or discount; Error for an empty text or an option that
 * the smoothing does not have
 */
export function nGram(tokens: Int32Array, options: NGramOptions): NGram {
  const { vocabSize: V, order, smoothing = "kneser-ney" } = options;
  assertOptions(options);
  const table = countGrams(tokens, order, V);
  const distribution = distributionOf(table, options);
  const reader = contextReader(table);
  const probs = new Float64Array(V);
  /** The distribution after a context, in an array that the next call overwrites. */
  const after = (context: ArrayLike<number>): Float64Array => {
    distribution(reader(context), probs);
    return probs;
  };
  const initialState = (batchSize: number) => ({
    context: new Float32Array(batchSize * (order - 1)).fill(-1),
  });
  return {
    vocabSize: V,
    order,
    smoothing,
    gramCounts: gramCountsOf(table),
    probabilities(context) {
      assertTokens(context, V);
      return after(context).slice();
    },
    counts(context) {
      assertTokens(context, V);
      return countsAfter(table, reader(context).at(-1)!);
    },
    initialState,
    step(tokens, state) {
      assertTokens(tokens, V);
      const context = state.context.slice();
      const logProbs = new Float32Array(tokens.length * V);
      for (let b = 0; b < tokens.length; b++) {
        const row = context.subarray(b * (order - 1), (b + 1) * (order - 1));
        push(row, tokens[b]);
        after(row).forEach((p, v) => (logProbs[b * V + v] = log(p)));
      }
      return { logProbs, state: { context } };
    },
    evaluate(batch, state = initialState(batch.batchSize)): Evaluation {
      assertTokens(batch.inputs, V);
      const context = state.context.slice();
      return { ...lossOf(batch, { context, order, after, V }), state: { context } };
    },
  };
}

function distributionOf(table: GramTable, { smoothing, epsilon = 1, discount }: NGramOptions): Distribution {
  if (smoothing === "add-epsilon") return addEpsilon(table, epsilon);
  return smoothing === "backoff" ? backoff(table, discount) : kneserNey(table, discount);
}

/** The grams that end a context: grams[k] has its last k tokens, or is −1. Overwritten by the next call. */
function contextReader({ order, find }: GramTable): (context: ArrayLike<number>) => Int32Array {
  const grams = new Int32Array(order);
  const lengthOf = (context: ArrayLike<number>) => {
    let length = 0;
    while (length < Math.min(order - 1, context.length) && context[context.length - 1 - length] >= 0)
      length++;
    return length;
  };
  return (context) => {
    const length = lengthOf(context);
    for (let k = 0; k <= length; k++) {
      let gram = 0;
      for (let n = context.length - k; n < context.length && gram >= 0; n++) gram = find(gram, context[n]);
      grams[k] = gram;
    }
    return grams.subarray(0, length + 1);
  };
}

/** Lets a token in at the end of a context, and the oldest out. */
function push(context: Float32Array, token: number): void {
  if (context.length === 0) return;
  context.copyWithin(0, 1);
  context[context.length - 1] = token;
}

interface Reading {
  /** [B, n − 1], moved on in place */
  context: Float32Array;
  order: number;
  V: number;
  after(context: ArrayLike<number>): Float64Array;
}

function lossOf(batch: Batch, { context, order, after, V }: Reading): { loss: number; kept: number } {
  const { batchSize: B, timesteps: T, inputs, targets, mask } = batch;
  let sum = 0;
  let kept = 0;
  for (let b = 0; b < B; b++) {
    const row = context.subarray(b * (order - 1), (b + 1) * (order - 1));
    for (let n = b * T; n < (b + 1) * T; n++) {
      push(row, inputs[n]);
      if (mask && !mask[n]) continue;
      assertToken(targets[n], V, n);
      sum -= log(after(row)[targets[n]]);
      kept++;
    }
  }
  assert(kept > 0, "nGram: expected a mask that keeps at least one token, got none kept");
  return { loss: sum / kept, kept };
}

/** The number of different grams of 1 … n tokens. */
function gramCountsOf({ order, size, length }: GramTable): number[] {
  const counts = new Array<number>(order).fill(0);
  for (let gram = 1; gram < size; gram++) counts[length[gram] - 1]++;
  return counts;
}

function assertTokens(tokens: ArrayLike<number>, V: number): void {
  for (let n = 0; n < tokens.length; n++) assertToken(tokens[n], V, n);
}

function assertOptions({ smoothing = "kneser-ney", epsilon, discount }: NGramOptions): void {
  const list = SMOOTHINGS.map((each) => `"${each}"`).join(", ");
  assert(
    SMOOTHINGS.includes(smoothing),
    `nGram: expected smoothing to be one of ${list}, got ${JSON.stringify(smoothing)}`,
  );
  const isAdding = smoothing === "add-epsilon";
  assert(epsilon === undefined || isAdding, `nGram: epsilon belongs to "add-epsilon", not to "${smoothing}"`);
  assert(discount === undefined || !isAdding, `nGram: discount belongs to "backoff" and "kneser-ney"`);
  if (epsilon !== undefined && !(epsilon >= 0 && epsilon < Infinity)) {
    throw new RangeError(`nGram: epsilon must be at least 0, got ${epsilon}`);
  }
  if (discount !== undefined && !(discount > 0 && discount < 1)) {
    throw new RangeError(`nGram: discount must be above 0 and below 1, got ${discount}`);
  }
}
