import { assert, assertCount } from "#src/util/assert.ts";
import type { Rng } from "#src/util/rng.ts";

/** B sequences of T tokens, and for each token the one that follows it. */
export interface TokenBatch {
  batchSize: number;
  timesteps: number;
  /** [B,T] */
  inputs: Int32Array;
  /** [B,T] */
  targets: Int32Array;
  /** false when the rows go on where the batch before ended, so that its state may be carried on */
  isStart: boolean;
}

/** One pass over a text; iterating starts the same pass again. */
export interface Batches extends Iterable<TokenBatch> {
  readonly batchSize: number;
  readonly timesteps: number;
  /** batches in one pass */
  readonly length: number;
  /** One pass after the other, without end; each random pass has an order of its own. */
  passes(): Generator<TokenBatch, never>;
}

export interface BatchesOptions {
  /** B, default 32 */
  batchSize?: number;
  /** T, default 32 */
  timesteps?: number;
  /** for order "random" */
  rng?: Rng;
  /** default "random" */
  order?: "random" | "sequential";
}

/**
 * Cuts the tokens of a text into batches of B sequences of T tokens, each with its targets one token later.
 *
 * Order "random": windows anywhere in the text. Order "sequential": the text is laid out in B rows, and each batch
 * takes the next T columns, so that a state can be carried on (truncated BPTT).
 *
 * @throws RangeError when the text is too short, with the length that it needs
 */
export function batches(ids: Int32Array, options: BatchesOptions = {}): Batches {
  const { batchSize: B = 32, timesteps: T = 32, rng, order = "random" } = options;
  assertCount("batches", "batchSize", B);
  assertCount("batches", "timesteps", T);
  if (order === "random") {
    assert(rng, 'batches: order "random" needs an rng, such as rng: rng(1); or ask for order: "sequential"');
    assertLongEnough(ids.length, T + 1, `one sequence of timesteps = ${T} and its targets`);
    const length = Math.max(1, Math.floor((ids.length - 1) / (B * T)));
    return batchesOf({ B, T, length }, (pass) => randomPass(ids, { B, T, length }, rng.fork(`pass ${pass}`)));
  }
  assert(
    order === "sequential",
    `batches: expected order "random" or "sequential", got ${JSON.stringify(order)}`,
  );
  assertLongEnough(ids.length, B * T + 1, `one batch of ${B} × ${T} and its targets`);
  const length = Math.floor((ids.length - 1) / (B * T));
  return batchesOf({ B, T, length }, () => sequentialPass(ids, { B, T, length }));
}

/**
 * Splits tokens into the first part, to train on, and the rest, to validate on.
 *
 * @param fraction share of the first part, between 0 and 1; default 0.9
 */
export function split(ids: Int32Array, fraction = 0.9): { train: Int32Array; valid: Int32Array } {
  if (!(fraction > 0 && fraction < 1)) {
    throw new RangeError(`split: fraction must be between 0 and 1, got ${fraction}`);
  }
  const cut = Math.round(ids.length * fraction);
  return { train: ids.slice(0, cut), valid: ids.slice(cut) };
}

interface Sizes {
  B: number;
  T: number;
  length: number;
}

function batchesOf({ B, T, length }: Sizes, pass: (pass: number) => Generator<TokenBatch, void>): Batches {
  return {
    batchSize: B,
    timesteps: T,
    length,
    [Symbol.iterator]: () => pass(0),
    *passes() {
      for (let n = 0; ; n++) yield* pass(n);
    },
  };
}

function* randomPass(ids: Int32Array, { B, T, length }: Sizes, rng: Rng): Generator<TokenBatch, void> {
  for (let n = 0; n < length; n++) {
    const starts = Array.from({ length: B }, () => rng.integer(ids.length - T));
    yield windows(ids, starts, T, true);
  }
}

function* sequentialPass(ids: Int32Array, { B, T, length }: Sizes): Generator<TokenBatch, void> {
  for (let n = 0; n < length; n++) {
    const starts = Array.from({ length: B }, (_, row) => (row * length + n) * T);
    yield windows(ids, starts, T, n === 0);
  }
}

function windows(ids: Int32Array, starts: number[], T: number, isStart: boolean): TokenBatch {
  const inputs = new Int32Array(starts.length * T);
  const targets = new Int32Array(starts.length * T);
  starts.forEach((start, row) => {
    inputs.set(ids.subarray(start, start + T), row * T);
    targets.set(ids.subarray(start + 1, start + 1 + T), row * T);
  });
  return { batchSize: starts.length, timesteps: T, inputs, targets, isStart };
}

function assertLongEnough(length: number, needed: number, what: string): void {
  if (length >= needed) return;
  throw new RangeError(
    `batches: the text has ${length} tokens; ${what} need at least ${needed}. ` +
      "Take a longer text, or lower batchSize or timesteps.",
  );
}
