import { describe, expect, test } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { aliasTable } from "../ref/alias-table.ts";
import { adaGradStep, gloveTerm } from "../ref/glove.ts";
import { randomBits } from "../ref/random-bits.ts";
import { skipGramNegative } from "../ref/skip-gram.ts";
import { wordsRelaxed } from "./built/words-relaxed.ts";
import { wordsSimd } from "./built/words-simd.ts";
import { canRun, createKernels, type WordRoutine } from "./module.ts";
import { gloveReference, pairReference } from "./plain-word-vectors.ts";
import { gloveKernel, gloveRecords, pairKernel, type PairSizes } from "./word-vectors.ts";

const rng = createRng(3);
const draw = (n: number) => Float32Array.from({ length: n }, () => 0.5 * rng.normal());
const [V, D] = [40, 13];
const start = { input: draw(V * D), output: draw(V * D) };
const text = Int32Array.from({ length: 300 }, (_, n) => (n % 37 === 36 ? -1 : rng.integer(V)));
const noise = aliasTable(Float64Array.from({ length: V }, (_, k) => 1 / (k + 1)));
const base: PairSizes = {
  method: "skip-gram",
  vocabSize: V,
  dimension: D,
  window: 3,
  negatives: 5,
  noise,
  rate: 0.1,
  seed: 9,
};
const stretch = { from: 0, to: text.length, done: 0, total: 2 * text.length };
const farthest = (u: Float32Array, v: Float32Array) =>
  u.reduce((most, x, k) => Math.max(most, Math.abs(x - v[k])), 0);

describe.each([wordsSimd, wordsRelaxed].filter(canRun))("word kernels, $build", (module) => {
  const kernels = createKernels<WordRoutine>(module)!;
  const run = (sizes: PairSizes, make: typeof pairReference) => {
    const engine = make(sizes, start);
    engine.load(text);
    const result = engine.train(stretch);
    const vectors = engine.vectors();
    engine.dispose();
    return { ...result, ...vectors };
  };
  const inWasm = (sizes: PairSizes) => run(sizes, (s, from) => pairKernel(kernels, s, from));

  test.each([
    { method: "skip-gram", negatives: 5 },
    { method: "skip-gram", negatives: 1 },
    { method: "skip-gram", negatives: 8 },
    { method: "cbow", negatives: 5 },
    { method: "cbow", negatives: 11 },
  ] as const)("does $method with $negatives negatives learn what plain TypeScript learns?", (change) => {
    const sizes = { ...base, ...change };
    const [fast, slow] = [inWasm(sizes), run(sizes, pairReference)];
    expect(fast.count).toBe(slow.count);
    expect(Math.abs(fast.loss / slow.loss - 1)).toBeLessThan(1e-4);
    expect(farthest(fast.input, slow.input)).toBeLessThan(1e-4);
    expect(farthest(fast.output, slow.output)).toBeLessThan(1e-4);
    expect(farthest(fast.input, start.input)).toBeGreaterThan(0.1);
  });

  test("does the same seed give the same bits, and memory come back?", () => {
    const before = inWasm(base);
    const { used, held } = kernels.size;
    expect(inWasm(base)).toEqual(before);
    expect(kernels.size).toEqual({ used, held });
    expect(farthest(inWasm({ ...base, seed: 10 }).input, before.input)).toBeGreaterThan(1e-3);
  });

  test("is a huge score neither lost nor no number?", () => {
    const large = { input: start.input.map((x) => x * 1e4), output: start.output.map((x) => x * 1e4) };
    const engine = pairKernel(kernels, base, large);
    engine.load(text);
    expect(Number.isFinite(engine.train(stretch).loss)).toBe(true);
    expect(engine.vectors().input.every(Number.isFinite)).toBe(true);
    engine.dispose();
  });

  test.each([13, 7, 50])("does GloVe with D = %i learn what plain TypeScript learns?", (dimension) => {
    const first = { input: draw(V * dimension), output: draw(V * dimension) };
    const n = 200;
    const records = gloveRecords(n);
    for (let k = 0; k < n; k++) {
      records.whole.set([rng.integer(V), rng.integer(V)], 4 * k);
      records.floats.set([rng.normal(), rng.uniform()], 4 * k + 2);
    }
    const order = Int32Array.from({ length: n }, (_, k) => n - 1 - k);
    const sizes = { vocabSize: V, dimension, rate: 0.05 };
    const [fast, slow] = [gloveKernel(kernels, sizes, records, first), gloveReference(sizes, records, first)];
    expect(fast.train(order)).toBeCloseTo(slow.train(order), 3);
    const [u, v] = [fast.vectors(), slow.vectors()];
    for (const key of ["input", "output", "inputBias", "outputBias"] as const)
      expect(farthest(u[key], v[key]), key).toBeLessThan(1e-5);
    fast.dispose();
  });
});

describe("plain word vectors", () => {
  test("is one pair one step down the gradient of ref?", () => {
    const engine = pairReference({ ...base, window: 1, rate: 1e-4 }, start);
    engine.load(Int32Array.of(7, 20));
    engine.train({ from: 0, to: 1, done: 0, total: 1e9 });
    const random = randomBits(base.seed);
    random.next(); // the window
    const words = Array.from({ length: 5 }, () => {
      const x = random.next() * V;
      const column = Math.floor(x / 2 ** 32);
      return x - column * 2 ** 32 < noise.threshold[column] ? column : noise.alias[column];
    }).filter((word) => word !== 20);
    const v = start.input.slice(7 * D, 8 * D);
    const { dv } = skipGramNegative(v, start.output, 20, words);
    const moved = engine.vectors().input.slice(7 * D, 8 * D);
    moved.forEach((x, k) => expect(x).toBeCloseTo(v[k] - 1e-4 * dv[k], 6));
  });

  test("is one count one step of AdaGrad down the gradient of ref?", () => {
    const records = gloveRecords(1);
    records.whole.set([2, 5]);
    records.floats.set([Math.log(4), 0.4 ** 0.75], 2);
    const engine = gloveReference({ vocabSize: V, dimension: D, rate: 0.05 }, records, start);
    const pair = { w: start.input.slice(2 * D, 3 * D), u: start.output.slice(5 * D, 6 * D), bw: 0, bu: 0 };
    const { loss, dw } = gloveTerm(pair, 4);
    expect(engine.train(Int32Array.of(0))).toBeCloseTo(loss, 5);
    adaGradStep(pair.w, dw, new Float32Array(D).fill(1), 0.05);
    engine
      .vectors()
      .input.slice(2 * D, 3 * D)
      .forEach((x, k) => expect(x).toBeCloseTo(pair.w[k], 6));
  });
});
