import { createRng, type Rng } from "#src/util/rng.ts";
import { assert, assertCount } from "#src/util/assert.ts";
import { exp, log } from "#src/util/math.ts";
import { gloveReference } from "../kernels/plain-word-vectors.ts";
import {
  type GloveEngine,
  gloveKernel,
  gloveRecords,
  type GloveRecords,
  type GloveVectors,
  type WordKernels,
} from "../kernels/word-vectors.ts";
import { type RandomBits, randomBits } from "../ref/random-bits.ts";
import { breathing } from "../train/breathe.ts";
import type { CoOccurrences } from "./co-occurrence.ts";
import { wordVectors, type WordVectors } from "./word-vectors.ts";

export interface GloveOptions {
  /** D, default 50 */
  dimension?: number;
  /** passes over all counted pairs, default 15 */
  epochs?: number;
  /** of AdaGrad, default 0.1; 0.05 in the paper, whose texts are larger */
  learningRate?: number;
  /** counts from here on weigh 1, default 10; the paper's 100 is for billions of words */
  xMax?: number;
  /** power of the weighting, default 0.75 */
  alpha?: number;
  /** pairs between two reports, default 100,000 */
  yieldEvery?: number;
  rng?: Rng;
}

export interface GloveProgress {
  /** pairs gone through, and of all passes together */
  pairs: number;
  total: number;
  epoch: number;
  /** mean of ½ f(X) (w·u + b + b' − log X)² since the last report */
  loss: number;
  pairsPerSecond: number;
}

export interface GloveTraining extends AsyncIterable<GloveProgress> {
  /** (w + u) / 2, what GloVe gives out: both sides learn the same, for X is symmetric. */
  readonly vectors: WordVectors;
  /** w and u with their biases, copies. */
  readonly sides: GloveVectors;
}

/**
 * GloVe: vectors whose products are the logarithms of counts.
 *
 * Source: Pennington, Socher, Manning 2014.
 */
export function glove(
  kernels: WordKernels | undefined,
  counts: CoOccurrences,
  options: GloveOptions = {},
): GloveTraining {
  const all = complete(options);
  const V = counts.words.length;
  let sides: GloveVectors = firstSides(V, all.dimension, all.rng.fork("vectors"));
  let engine: GloveEngine | undefined;
  const now = (): GloveVectors => engine?.vectors() ?? sides;
  return {
    get vectors() {
      const { input, output } = now();
      return wordVectors(
        counts.words,
        input.map((w, k) => (w + output[k]) / 2),
      );
    },
    get sides() {
      return now();
    },
    async *[Symbol.asyncIterator]() {
      assert(!engine, "glove: this training is running already; make another one");
      const sizes = { vocabSize: V, dimension: all.dimension, rate: all.learningRate };
      const records = recordsOf(counts, all);
      engine = kernels ? gloveKernel(kernels, sizes, records, sides) : gloveReference(sizes, records, sides);
      try {
        yield* breathing(passes(engine, counts.counts.length, all));
      } finally {
        sides = engine.vectors();
        engine.dispose();
        engine = undefined;
      }
    },
  };
}

function* passes(
  engine: GloveEngine,
  n: number,
  { epochs, yieldEvery, rng }: Required<GloveOptions>,
): Generator<GloveProgress, void, undefined> {
  const order = new Int32Array(n).map((_, k) => k);
  const bits = randomBits(Math.floor(rng.fork("order").uniform() * 2 ** 32));
  let busy = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, bits);
    for (let from = 0; from < n; from += yieldEvery) {
      const part = order.subarray(from, from + yieldEvery);
      const began = performance.now();
      const loss = engine.train(part) / part.length;
      busy += performance.now() - began;
      const pairs = epoch * n + from + part.length;
      if (!Number.isFinite(loss)) throw diverged(loss, pairs);
      yield { pairs, total: epochs * n, epoch: pairs / n, loss, pairsPerSecond: (1000 * pairs) / busy };
    }
  }
}

/** With 32 random bits each: millions of records are put in order in every pass. */
function shuffle(order: Int32Array, { next }: RandomBits): void {
  for (let k = order.length - 1; k > 0; k--) {
    const other = Math.floor((next() / 2 ** 32) * (k + 1));
    const kept = order[k];
    order[k] = order[other];
    order[other] = kept;
  }
}

const diverged = (loss: number, pairs: number): Error =>
  new Error(
    `glove: the loss is ${loss} after ${pairs} pairs, so training stopped there. Lower learningRate.`,
  );

/** f as gloveWeight has it, with one logarithm for both. */
function recordsOf(
  { rows, columns, counts }: CoOccurrences,
  { xMax, alpha }: Required<GloveOptions>,
): GloveRecords {
  const records = gloveRecords(counts.length);
  const logMax = log(xMax);
  for (let n = 0; n < counts.length; n++) {
    const logCount = log(counts[n]);
    records.whole[4 * n] = rows[n];
    records.whole[4 * n + 1] = columns[n];
    records.floats[4 * n + 2] = logCount;
    records.floats[4 * n + 3] = logCount < logMax ? exp(alpha * (logCount - logMax)) : 1;
  }
  return records;
}

function firstSides(V: number, D: number, rng: Rng): GloveVectors {
  const draw = () => Float32Array.from({ length: V * D }, () => (rng.uniform() - 0.5) / D);
  return { input: draw(), output: draw(), inputBias: new Float32Array(V), outputBias: new Float32Array(V) };
}

function complete(options: GloveOptions): Required<GloveOptions> {
  const all = {
    dimension: 50,
    epochs: 15,
    learningRate: 0.1,
    xMax: 10,
    alpha: 0.75,
    yieldEvery: 100_000,
    rng: createRng(1),
    ...options,
  };
  assert(all.xMax > 0, `glove: xMax must be more than 0, got ${all.xMax}`);
  for (const key of ["dimension", "epochs", "yieldEvery"] as const) assertCount("glove", key, all[key]);
  assert(all.learningRate > 0, `glove: learningRate must be more than 0, got ${all.learningRate}`);
  return all;
}
