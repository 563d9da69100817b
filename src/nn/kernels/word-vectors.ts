import type { AliasTable } from "../ref/alias-table.ts";
import type { Kernels, WordRoutine } from "./module.ts";

export type WordKernels = Kernels<WordRoutine>;

/** What a training on pairs of words needs to know; the vectors come from the caller. */
export interface PairSizes {
  /** skip-gram: a word predicts each neighbour; cbow: the mean of the neighbours predicts the word */
  method: "skip-gram" | "cbow";
  /** V, words in the vocabulary */
  vocabSize: number;
  /** D */
  dimension: number;
  /** how far a neighbour may stand, at most; each word draws its own window of 1 … this */
  window: number;
  /** K, words drawn against each that occurred; 0: the softmax over all words (in plain TypeScript only) */
  negatives: number;
  /** draws the negatives */
  noise: AliasTable;
  /** at the start; it falls linearly to a ten-thousandth */
  rate: number;
  /** of 32 bits */
  seed: number;
}

/** Row-major [V,D] each: what words are as predictors, and as targets. */
export interface PairVectors {
  input: Float32Array;
  output: Float32Array;
}

/** A stretch of the text: tokens from … to − 1 of those that `load` gave, of which `done` of `total` have been trained on. */
export interface Stretch {
  from: number;
  to: number;
  done: number;
  total: number;
}

/** Trains on one stretch of text after the other. In the kernels' memory here; in plain-word-vectors.ts in plain arrays. */
export interface PairEngine {
  /** int32, −1 between texts */
  load(tokens: Int32Array): void;
  /** the sum of the losses and the number of predictions */
  train(stretch: Stretch): { loss: number; count: number };
  /** copies, [V,D] */
  vectors(): PairVectors;
  /** one of them alone, a copy */
  side(name: keyof PairVectors): Float32Array;
  /** one word's vector as a predictor, a copy, [D] */
  row(word: number): Float32Array;
  dispose(): void;
}

/** The plan's fields in the order of assembly/pairs.ts. */
// prettier-ignore
const FIELDS = [
  "tokens", "length", "V", "row", "window", "negatives", "threshold", "alias", "input", "output", "scratch",
  "rate", "done", "total", "seed", "count",
] as const;
type Field = (typeof FIELDS)[number];
const FLOATS: readonly Field[] = ["rate", "done", "total"];

/** Room for a text is taken so many tokens at a time. */
const TOKENS = 1 << 16;

/** Skip-gram or CBOW with negative sampling in WebAssembly. The vectors given are copied, not changed. */
export function pairKernel(kernels: WordKernels, sizes: PairSizes, start: PairVectors): PairEngine {
  const { vocabSize: V, dimension: D } = sizes;
  const rows = wordRows(kernels, V, D);
  const places = {
    threshold: kernels.take(V),
    alias: kernels.take(V),
    input: rows.put(start.input),
    output: rows.put(start.output),
    scratch: kernels.take(3 * rows.width),
  };
  const plan = kernels.take(FIELDS.length);
  let [tokens, length] = [0, 0];
  const set = (values: Partial<Record<Field, number>>) => {
    for (const [field, value] of Object.entries(values) as [Field, number][]) {
      const at = FIELDS.indexOf(field);
      if (FLOATS.includes(field)) kernels.floats(plan, FIELDS.length)[at] = value;
      else kernels.integers(plan, FIELDS.length)[at] = value;
    }
  };
  kernels.integers(places.threshold, V).set(sizes.noise.threshold);
  kernels.integers(places.alias, V).set(sizes.noise.alias);
  set({ ...places, V, row: rows.width * 4, window: sizes.window, negatives: sizes.negatives });
  set({ rate: sizes.rate, seed: sizes.seed });
  return {
    load(text) {
      if (text.length > length) {
        if (tokens) kernels.giveBack(tokens);
        // whole blocks, so that the next pass or training, a little longer or shorter, finds its place again
        length = Math.ceil(text.length / TOKENS) * TOKENS;
        tokens = kernels.take(length);
      }
      kernels.integers(tokens, text.length).set(text);
      set({ tokens, length: text.length });
    },
    train({ from, to, done, total }) {
      set({ done, total });
      const loss = kernels.run[sizes.method === "cbow" ? "trainBags" : "trainPairs"](plan, from, to);
      return { loss, count: kernels.integers(plan, FIELDS.length)[FIELDS.indexOf("count")] };
    },
    vectors: () => ({ input: rows.get(places.input), output: rows.get(places.output) }),
    side: (name) => rows.get(places[name]),
    row: (word) => rows.one(places.input, word),
    dispose: () => [plan, tokens, ...Object.values(places)].forEach((place) => kernels.giveBack(place)),
  };
}

/** [V,D] in rows rounded up to 4 floats, with `extra` floats more. */
function wordRows(kernels: WordKernels, V: number, D: number, extra = 0) {
  const width = Math.ceil((D + extra) / 4) * 4;
  return {
    width,
    put(matrix: Float32Array, fill = 0): number {
      const place = kernels.take(V * width);
      const rows = kernels.floats(place, V * width).fill(fill);
      for (let v = 0; v < V; v++) rows.set(matrix.subarray(v * D, (v + 1) * D), v * width);
      return place;
    },
    get(place: number): Float32Array {
      const rows = kernels.floats(place, V * width);
      const matrix = new Float32Array(V * D);
      for (let v = 0; v < V; v++) matrix.set(rows.subarray(v * width, v * width + D), v * D);
      return matrix;
    },
    one: (place: number, v: number) => kernels.floats(place, V * width).slice(v * width, v * width + D),
    /** the last float of each row */
    last(place: number): Float32Array {
      const rows = kernels.floats(place, V * width);
      return Float32Array.from({ length: V }, (_, v) => rows[(v + 1) * width - 1]);
    },
  };
}

/**
 * Counted pairs, 16 bytes each, so that picking them in random order reads one line of the cache: row and column (int32), logarithm
 * of the count and weight (float32). Both arrays, [4 n], lie over the same bytes.
 */
export interface GloveRecords {
  whole: Int32Array;
  floats: Float32Array;
}

/** Room for n records. */
export function gloveRecords(n: number): GloveRecords {
  const bytes = new ArrayBuffer(16 * n);
  return { whole: new Int32Array(bytes), floats: new Float32Array(bytes) };
}

export interface GloveSizes {
  vocabSize: number;
  dimension: number;
  /** of AdaGrad */
  rate: number;
}

/** GloVe's vectors and biases: of words [V,D] and [V], of words as neighbours. */
export interface GloveVectors extends PairVectors {
  inputBias: Float32Array;
  outputBias: Float32Array;
}

/** Goes through the records in stretches, in any order that the caller gives. */
export interface GloveEngine {
  /** `order` [n] numbers the records; gives the sum of the losses before each update */
  train(order: Int32Array): number;
  vectors(): GloveVectors;
  dispose(): void;
}

/** Stretches are copied into the kernels' memory so many records at a time. */
const RECORDS = 16_384;

/** GloVe with AdaGrad in WebAssembly. */
export function gloveKernel(
  kernels: WordKernels,
  { vocabSize: V, dimension: D, rate }: GloveSizes,
  records: GloveRecords,
  start: PairVectors,
): GloveEngine {
  const rows = wordRows(kernels, V, D, 1);
  const none = new Float32Array(0);
  const [input, output] = [rows.put(start.input), rows.put(start.output)];
  const [inputSquares, outputSquares] = [rows.put(none, 1), rows.put(none, 1)];
  const buffer = kernels.take(4 * RECORDS);
  const fill = (order: Int32Array) => {
    // eight bytes at a time: small numbers and positive floats, so no half of a record looks like a NaN
    const from = new Float64Array(records.whole.buffer);
    const place = new Float64Array(kernels.floats(buffer, 4 * RECORDS).buffer, buffer, 2 * RECORDS);
    for (let n = 0; n < order.length; n++) {
      place[2 * n] = from[2 * order[n]!]!;
      place[2 * n + 1] = from[2 * order[n]! + 1]!;
    }
  };
  return {
    train(order) {
      let loss = 0;
      for (let from = 0; from < order.length; from += RECORDS) {
        const part = order.subarray(from, from + RECORDS);
        fill(part);
        const places = [input, output, inputSquares, outputSquares];
        loss += kernels.run.trainGlove(buffer, part.length, ...places, rows.width * 4, rate);
      }
      return loss;
    },
    vectors: () => ({
      input: rows.get(input),
      output: rows.get(output),
      inputBias: rows.last(input),
      outputBias: rows.last(output),
    }),
    dispose: () =>
      [input, output, inputSquares, outputSquares, buffer].forEach((place) => kernels.giveBack(place)),
  };
}
