import { assert, assertCount } from "#src/util/assert.ts";
import type { Rng } from "#src/util/rng.ts";
import { assertRng } from "./draw.ts";

/** A sequence to read and the sequence to say, as tokens, without ⟨bos⟩ and ⟨eos⟩. */
export interface TokenPair {
  source: ArrayLike<number>;
  target: ArrayLike<number>;
}

/** B pairs, filled up with padding to the longest of each side. */
export interface PaddedPairs {
  batchSize: number;
  sourceLength: number;
  timesteps: number;
  /** [B,S] */
  sources: Int32Array;
  /** [B,S], 1 where the source has a token */
  sourceMask: Int32Array;
  /** ⟨bos⟩ and the target, [B,T] */
  inputs: Int32Array;
  /** the target and ⟨eos⟩, [B,T] */
  targets: Int32Array;
  /** [B,T], 1 where the targets have a token */
  mask: Int32Array;
}

export interface PairBatchesOptions {
  /** ⟨bos⟩ and ⟨eos⟩ of the target's vocabulary */
  first: number;
  end: number;
  /** fills short rows up, default 0; its places are masked on both sides */
  padding?: number;
  /** default 64 */
  batchSize?: number;
  /** shuffles the pairs for each pass; without it they stay in order */
  rng?: Rng;
}

/** Batches of pairs, pass after pass. */
export interface PairBatches extends Iterable<PaddedPairs> {
  /** batches in one pass */
  readonly length: number;
  passes(): Generator<PaddedPairs, never>;
}

/**
 * Pairs as batches for an encoder and decoder. Each pass shuffles, and puts pairs of similar length together, so that little is
 * padding.
 *
 * @throws Error when there are no pairs
 */
export function pairBatches(pairs: readonly TokenPair[], options: PairBatchesOptions): PairBatches {
  const { batchSize: B = 64, rng } = options;
  assertCount("pairBatches", "batchSize", B);
  assert(pairs.length > 0, "pairBatches: expected at least one pair, got none");
  if (rng) assertRng("pairBatches", rng);
  const length = Math.ceil(pairs.length / B);
  const onePass = function* (pass: number) {
    const order = rng ? shuffledByLength(pairs, B, rng.fork(`pass ${pass}`)) : pairs;
    const starts = Array.from({ length }, (_, k) => k * B);
    if (rng) rng.fork(`order ${pass}`).shuffle(starts);
    for (const start of starts) yield padPairs(order.slice(start, start + B), options);
  };
  return {
    length,
    [Symbol.iterator]: () => onePass(0),
    *passes() {
      for (let pass = 0; ; pass++) yield* onePass(pass);
    },
  };
}

/** How many batches are sorted by length together: enough for little padding, few enough to stay mixed. */
const SORTED_TOGETHER = 20;

function shuffledByLength(pairs: readonly TokenPair[], B: number, rng: Rng): TokenPair[] {
  const shuffled = [...pairs];
  rng.shuffle(shuffled);
  const size = B * SORTED_TOGETHER;
  const out: TokenPair[] = [];
  for (let from = 0; from < shuffled.length; from += size)
    out.push(...shuffled.slice(from, from + size).sort((a, b) => lengthOf(a) - lengthOf(b)));
  return out;
}

const lengthOf = ({ source, target }: TokenPair): number => source.length + target.length;

/** One batch of these pairs. */
export function padPairs(pairs: readonly TokenPair[], options: PairBatchesOptions): PaddedPairs {
  const { first, end, padding = 0 } = options;
  const B = pairs.length;
  const S = Math.max(1, ...pairs.map(({ source }) => source.length));
  const T = 1 + Math.max(0, ...pairs.map(({ target }) => target.length));
  const [sources, sourceMask] = [new Int32Array(B * S).fill(padding), new Int32Array(B * S)];
  const [inputs, targets] = [new Int32Array(B * T).fill(padding), new Int32Array(B * T).fill(padding)];
  const mask = new Int32Array(B * T);
  pairs.forEach(({ source, target }, b) => {
    sources.set(source, b * S);
    sourceMask.fill(1, b * S, b * S + source.length);
    inputs[b * T] = first;
    inputs.set(target, b * T + 1);
    targets.set(target, b * T);
    targets[b * T + target.length] = end;
    mask.fill(1, b * T, b * T + target.length + 1);
  });
  return { batchSize: B, sourceLength: S, timesteps: T, sources, sourceMask, inputs, targets, mask };
}
