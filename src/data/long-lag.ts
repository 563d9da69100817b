import { assertCount } from "#src/util/assert.ts";
import type { Rng } from "#src/util/rng.ts";
import { assertFraction, assertRng } from "./draw.ts";

export interface LongLag {
  batchSize: number;
  /** distractors + 1 */
  timesteps: number;
  /** distractors' symbols + 2: tokens 0 and 1 are the two that matter */
  vocabSize: number;
  /** [B,T]: 0 or 1, then distractors of 2 … vocabSize − 1 */
  x: Int32Array;
  /** [B]: the first token again */
  targets: Int32Array;
}

/**
 * Sequences whose first symbol must be said again after many distractors.
 *
 * Without noise, distractor k is always the same symbol, so that everything but the answer is easy to foretell; with
 * noise 1 all are drawn at random and nothing is.
 *
 * Source: Hochreiter & Schmidhuber 1997, experiment 2a (noise 0) and 2b (noise 1).
 *
 * @param options.distractors how many symbols stand between, p
 * @param options.symbols how many different distractors there are, default p
 * @param options.noise how often a distractor is drawn at random, 0 … 1, default 1
 */
export function longLag(options: {
  batchSize?: number;
  distractors: number;
  symbols?: number;
  noise?: number;
  rng: Rng;
}): LongLag {
  const { batchSize: B = 32, distractors: p, noise = 1, rng } = options;
  const { symbols = p } = options;
  assertCount("longLag", "batchSize", B);
  assertCount("longLag", "distractors", p);
  assertCount("longLag", "symbols", symbols);
  assertFraction("longLag", "noise", noise);
  assertRng("longLag", rng);
  const T = p + 1;
  const x = new Int32Array(B * T);
  const targets = new Int32Array(B);
  for (let b = 0; b < B; b++) {
    targets[b] = x[b * T] = rng.integer(2);
    for (let t = 1; t < T; t++) {
      x[b * T + t] = 2 + (rng.uniform() < noise ? rng.integer(symbols) : (t - 1) % symbols);
    }
  }
  return { batchSize: B, timesteps: T, vocabSize: symbols + 2, x, targets };
}
