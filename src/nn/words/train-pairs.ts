import { createRng, type Rng } from "#src/util/rng.ts";
import { assert, assertCount } from "#src/util/assert.ts";
import { pairReference } from "../kernels/plain-word-vectors.ts";
import {
  pairKernel,
  type PairEngine,
  type PairSizes,
  type PairVectors,
  type WordKernels,
} from "../kernels/word-vectors.ts";
import { aliasTable } from "../ref/alias-table.ts";
import { breathing } from "../train/breathe.ts";
import { keepProbabilities, noiseWeights, subsample, type WordCorpus } from "./corpus.ts";
import { noVector, wordVectors, type WordVectors } from "./word-vectors.ts";

export interface PairOptions {
  /** D, default 50 */
  dimension?: number;
  /** how far a neighbour may stand, default 5; each word draws its own window of 1 … this */
  window?: number;
  /** K, words drawn against each that occurred, default 5; 0: the softmax over all words, which costs V at each pair */
  negatives?: number;
  /** t of subsampling, default 0.001; 0 keeps every word */
  subsample?: number;
  /** the noise is counts to this power, default 0.75 */
  noisePower?: number;
  /** passes over the text, default 5 */
  epochs?: number;
  /** at the start, default 0.05 for skip-gram (word2vec.c takes 0.025 for larger texts), 0.2 for cbow; it falls linearly to nothing */
  learningRate?: number;
  /** words between two reports, default 10,000 (500 with the softmax) */
  yieldEvery?: number;
  rng?: Rng;
}

/** What a training on words reports as it goes. */
export interface WordProgress {
  /** words of the text that were gone through, and of all passes together */
  words: number;
  total: number;
  /** passes, with the part of the one that is running */
  epoch: number;
  /** mean of one prediction since the last report, in nats */
  loss: number;
  /** since the start, pauses of the reader's cell not counted */
  wordsPerSecond: number;
}

/** A training that is gone through with for await; leave the loop and it stops where it is. */
export interface WordTraining extends AsyncIterable<WordProgress> {
  /** The words' vectors as they are now, a copy. */
  readonly vectors: WordVectors;
  /** The words' vectors as targets (θ in the text, u in the code), a copy. */
  readonly contexts: WordVectors;
  /** One word's vector as it is now, a copy, [D]: a map that is drawn often need not copy all. @throws RangeError for a word that has none */
  of(word: string): Float32Array;
}

/** Skip-gram: every word predicts each of its neighbours. */
export const skipGram = (kernels: WordKernels | undefined, corpus: WordCorpus, options: PairOptions = {}) =>
  trainPairs(kernels, corpus, { ...options, method: "skip-gram" });

/** CBOW: the mean of the neighbours predicts the word between them. */
export const cbow = (kernels: WordKernels | undefined, corpus: WordCorpus, options: PairOptions = {}) =>
  trainPairs(kernels, corpus, { ...options, method: "cbow" });

type Method = PairSizes["method"];
type Complete = Required<PairOptions> & { method: Method };

function trainPairs(
  kernels: WordKernels | undefined,
  corpus: WordCorpus,
  given: PairOptions & { method: Method },
): WordTraining {
  const options = complete(given);
  const V = corpus.words.length;
  let vectors = firstVectors(V, options.dimension, options.rng.fork("vectors"));
  let engine: PairEngine | undefined;
  const now = (side: keyof PairVectors): Float32Array => engine?.side(side) ?? vectors[side];
  const start = (): PairEngine => {
    const sizes: PairSizes = {
      method: options.method,
      vocabSize: V,
      dimension: options.dimension,
      window: options.window,
      negatives: options.negatives,
      noise: aliasTable(noiseWeights(corpus.counts, options.noisePower)),
      rate: options.learningRate,
      seed: Math.floor(options.rng.fork("pairs").uniform() * 2 ** 32),
    };
    return kernels && sizes.negatives > 0
      ? pairKernel(kernels, sizes, vectors)
      : pairReference(sizes, vectors);
  };
  return {
    get vectors() {
      return wordVectors(corpus.words, now("input"), corpus.indexOf);
    },
    get contexts() {
      return wordVectors(corpus.words, now("output"), corpus.indexOf);
    },
    of(word) {
      const row = corpus.indexOf(word);
      if (row < 0) throw noVector(word, V);
      const D = options.dimension;
      return engine?.row(row) ?? vectors.input.slice(row * D, (row + 1) * D);
    },
    async *[Symbol.asyncIterator]() {
      assert(!engine, `${options.method}: this training is running already; make another one`);
      engine = start();
      try {
        yield* breathing(stretches(corpus, engine, options));
      } finally {
        vectors = engine.vectors();
        engine.dispose();
        engine = undefined;
      }
    },
  };
}

function* stretches(
  corpus: WordCorpus,
  engine: PairEngine,
  { epochs, yieldEvery, rng, subsample: threshold }: Complete,
): Generator<WordProgress, void, undefined> {
  const keep = keepProbabilities(corpus, threshold);
  const { uniform } = rng.fork("subsample");
  const room = new Int32Array(corpus.ids.length);
  const total = corpus.size * epochs;
  let busy = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const tokens = subsample(corpus.ids, keep, uniform, room);
    engine.load(tokens);
    // progress is told in words of the whole text, whatever subsampling left of it
    const scale = corpus.size / tokens.length;
    for (const [from, to] of chunks(tokens.length, yieldEvery / scale)) {
      const began = performance.now();
      const done = epoch * tokens.length + from;
      const part = engine.train({ from, to, done, total: epochs * tokens.length });
      busy += performance.now() - began;
      const words = Math.round(epoch * corpus.size + to * scale);
      const loss = part.loss / Math.max(1, part.count);
      if (!Number.isFinite(loss)) throw diverged(loss, words);
      yield { words, total, epoch: words / corpus.size, loss, wordsPerSecond: (1000 * words) / busy };
    }
  }
}

/** 0 … n − 1 in pieces of about this length, the last no shorter than half of one. */
function chunks(n: number, length: number): [from: number, to: number][] {
  const count = Math.max(1, Math.round(n / length));
  return Array.from({ length: count }, (_, k) => [
    Math.round((k * n) / count),
    Math.round(((k + 1) * n) / count),
  ]);
}

const diverged = (loss: number, words: number): Error =>
  new Error(`The loss is ${loss} after ${words} words, so training stopped there. Lower learningRate.`);

/** As word2vec.c begins: predictors uniform in ±½/D, targets zero. */
export function firstVectors(V: number, D: number, rng: Rng): PairVectors {
  const input = Float32Array.from({ length: V * D }, () => (rng.uniform() - 0.5) / D);
  return { input, output: new Float32Array(V * D) };
}

function complete(options: PairOptions & { method: Method }): Complete {
  const isBag = options.method === "cbow";
  const all: Complete = {
    dimension: 50,
    window: 5,
    negatives: 5,
    subsample: 1e-3,
    noisePower: 0.75,
    epochs: 5,
    learningRate: isBag ? 0.2 : 0.05,
    yieldEvery: options.negatives === 0 ? 500 : 10_000,
    rng: createRng(1),
    ...options,
  };
  const name = isBag ? "cbow" : "skipGram";
  for (const key of ["dimension", "window", "epochs", "yieldEvery"] as const)
    assertCount(name, key, all[key]);
  assertCount(name, "negatives", all.negatives, 0);
  assert(all.learningRate > 0, `${name}: learningRate must be more than 0, got ${all.learningRate}`);
  assert(all.subsample >= 0, `${name}: subsample must not be negative, got ${all.subsample}`);
  return all;
}
