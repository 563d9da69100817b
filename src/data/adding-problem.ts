import { assert, assertCount } from "#src/util/assert.ts";
import type { Rng } from "#src/util/rng.ts";

/** Sequences whose answer needs a long memory. */
export interface AddingProblem {
  batchSize: number;
  timesteps: number;
  /** [B,T,2]: a number in [0, 1), and a marker that is 1 at two steps and 0 elsewhere */
  x: Float32Array;
  /** [B]: the sum of the two marked numbers */
  targets: Float32Array;
  /** [B,2]: the marked steps, the earlier first */
  marked: Int32Array;
}

/**
 * The adding problem: add the two numbers that are marked, one in the first half of the sequence and one in the second.
 * Answering 1 always gives a mean squared error of 1/6.
 *
 * Source: Hochreiter & Schmidhuber 1997, experiment 4, in the form of Le, Jaitly & Hinton 2015.
 */
export function addingProblem(options: { batchSize?: number; timesteps: number; rng: Rng }): AddingProblem {
  const { batchSize: B = 32, timesteps: T, rng } = options;
  assertCount("addingProblem", "batchSize", B);
  assertCount("addingProblem", "timesteps", T, 2);
  assert(rng, "addingProblem: an rng is needed, such as rng: rng(1)");
  const x = new Float32Array(B * T * 2);
  const targets = new Float32Array(B);
  const marked = new Int32Array(B * 2);
  const half = Math.floor(T / 2);
  for (let b = 0; b < B; b++) {
    for (let t = 0; t < T; t++) x[(b * T + t) * 2] = rng.uniform();
    marked.set([rng.integer(half), half + rng.integer(T - half)], b * 2);
    for (const t of marked.subarray(b * 2, b * 2 + 2)) {
      const at = (b * T + t) * 2;
      x[at + 1] = 1;
      targets[b] += x[at];
    }
  }
  return { batchSize: B, timesteps: T, x, targets, marked };
}
