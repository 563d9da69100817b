import { describe, expect, test } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { coOccurrences } from "./co-occurrence.ts";
import { corpus, keepProbabilities, LONGEST_TEXT, subsample, tokenise } from "./corpus.ts";
import { analogy, cosine, neighbours } from "./neighbours.ts";
import { alignedTo, pca } from "./pca.ts";
import { ppmi, ppmiSvd, sparseMap } from "./ppmi.ts";
import { symmetricEigen, truncatedSvd } from "./svd.ts";
import { tsne } from "./t-sne.ts";
import { glove } from "./train-glove.ts";
import { cbow, skipGram } from "./train-pairs.ts";
import { wordVectors } from "./word-vectors.ts";

const TEXT = "The cat sat. The dog sat!\nThe cat ran; a dog ran, the end";
const small = corpus(TEXT, { minCount: 2 });

describe("a corpus", () => {
  test("how are words split, numbered and counted?", () => {
    expect(tokenise("Don't stop — it's 1961, l’été!")).toEqual(["don't", "stop", "it's", "1961", "l’été"]);
    expect(small.words).toEqual(["the", "cat", "sat", "dog", "ran"]);
    expect([...small.counts]).toEqual([4, 2, 2, 2, 2]);
    expect([...small.ids]).toEqual([0, 1, 2, 0, 3, 2, -1, 0, 1, 4, 3, 4, 0, -1]);
    expect([small.size, small.dropped]).toEqual([12, 2]);
    expect([small.indexOf("Dog"), small.indexOf("whale")]).toEqual([3, -1]);
  });

  test("what does it say about a text that is too long or too short?", () => {
    expect(() => corpus("a ".repeat(LONGEST_TEXT))).toThrow("the limit is 5,000,000");
    expect(() => corpus("one two")).toThrow("corpus: 0 of 2 different words occur at least 5 times");
  });

  test("is a line of any length cut into the same words?", () => {
    const rng = createRng(3);
    const words = Array.from({ length: 60_000 }, () => `w${rng.integer(900)}`);
    const [long, split] = [corpus(words.join(" ")), corpus([words])];
    expect(long.words).toEqual(split.words);
    expect(long.ids).toEqual(split.ids);
    const blanks = corpus(`${" ".repeat(200_000)}one two one two\n \n... \ntwo one`, { minCount: 1 });
    expect([...blanks.ids]).toEqual([0, 1, 0, 1, -1, 1, 0, -1]);
  });

  test("does subsampling keep words as word2vec.c does, and every line end?", () => {
    const keep = keepProbabilities({ counts: Int32Array.of(900, 100), size: 1000 }, 0.01);
    expect(keep[0]).toBeCloseTo(Math.sqrt(0.01 / 0.9) + 0.01 / 0.9, 12);
    expect([...keepProbabilities(small, 0)]).toEqual([1, 1, 1, 1, 1]);
    expect([...subsample(Int32Array.of(0, -1, 1), Float64Array.of(0, 1), () => 0.5)]).toEqual([-1, 1]);
  });
});

describe("counting", () => {
  test("does a neighbour at distance d count 1/d, on both sides, within lines?", () => {
    const X = coOccurrences(small, { window: 2 });
    expect(X.count("cat", "the")).toBeCloseTo(1 + 0.5 + 1, 12); // the cat sat the | the cat
    expect(X.count("the", "cat")).toBe(X.count("cat", "the"));
    expect(X.count("sat", "ran")).toBe(0);
    expect(X.probability("the", "cat")).toBeCloseTo(2.5 / X.totals[1], 12);
    expect(coOccurrences(small, { window: 2, weight: "flat" }).count("cat", "the")).toBe(3);
    expect(() => X.count("whale", "cat")).toThrow('"whale" is not one of the 5 words');
  });

  test("is PPMI the logarithm of observed over expected, where it is positive?", () => {
    const X = coOccurrences(small, { window: 1, weight: "flat" });
    const M = ppmi(X);
    const all = X.totals.reduce((a, b) => a + b);
    const at = M.rows.findIndex((row, n) => row === 1 && M.columns[n] === 0);
    expect(M.values[at]).toBeCloseTo(
      Math.log((X.count("cat", "the") * all) / (X.totals[1] * X.totals[0])),
      12,
    );
    expect(M.values.every((x) => x > 0)).toBe(true);
  });
});

describe("singular values", () => {
  const rng = createRng(2);
  const n = 12;
  const cells = Array.from({ length: n * n }, (_, k) => k).filter(() => rng.uniform() < 0.5);
  const M = {
    rows: Int32Array.from(cells, (k) => Math.floor(k / n)),
    columns: Int32Array.from(cells, (k) => k % n),
    values: Float64Array.from(cells, () => rng.normal()),
  };
  const dense = new Float64Array(n * n);
  cells.forEach((k, c) => (dense[k] = M.values[c]));

  test("does the random search find what the dense matrix has?", () => {
    const AtA = Float64Array.from({ length: n * n }, (_, k) => {
      const [i, j] = [Math.floor(k / n), k % n];
      return Array.from({ length: n }).reduce<number>(
        (sum, _, r) => sum + dense[r * n + i] * dense[r * n + j],
        0,
      );
    });
    const { values } = symmetricEigen(AtA, n);
    const { U, S, V } = truncatedSvd(sparseMap(M, n), 4, { rng: createRng(1), passes: 30 });
    S.forEach((s, k) => expect(s).toBeCloseTo(Math.sqrt(values[k]), 8));
    for (let k = 0; k < 4; k++)
      for (let i = 0; i < n; i++) {
        const Av = Array.from({ length: n }).reduce<number>(
          (sum, _, j) => sum + dense[i * n + j] * V[j * 4 + k],
          0,
        );
        expect(Av).toBeCloseTo(S[k] * U[i * 4 + k], 7);
      }
  });

  test("does it refuse more values than the matrix has?", () => {
    expect(() => truncatedSvd(sparseMap(M, n), 13, { rng })).toThrow("k must be at most 12");
  });
});

describe("comparing words", () => {
  const vectors = wordVectors(
    ["man", "woman", "king", "queen", "fish"],
    Float32Array.of(1, 0, 1, 1, 3, 0.2, 3, 1.2, -1, -1),
  );

  test("is the cosine that of the angle?", () => {
    expect(cosine([1, 0], [1, 1])).toBeCloseTo(Math.SQRT1_2, 12);
    expect(cosine([0, 0], [1, 1])).toBe(0);
    expect(() => cosine([1], [1, 2])).toThrow("of one length, got 1 and 2");
  });

  test("which words are nearest, and where does the parallelogram point?", () => {
    expect(neighbours(vectors, "king", { n: 2 }).map(({ word }) => word)).toEqual(["man", "queen"]);
    expect(neighbours(vectors, [-1, -1], { n: 1 })[0]).toMatchObject({ word: "fish" });
    expect(analogy(vectors, ["man", "woman", "king"])[0]!.word).toBe("queen");
    expect(() => neighbours(vectors, "whale")).toThrow('"whale" is not one of the 5 words with a vector');
    expect(() => neighbours(vectors, [1])).toThrow("expected a vector of 2 numbers, got 1");
  });
});

describe("maps", () => {
  const rng = createRng(8);
  const points = Float64Array.from({ length: 300 }, (_, k) => rng.normal() * [5, 2, 0.1][k % 3]);

  test("does PCA find the long axis first, and keep its sign when asked?", () => {
    const map = pca(points, 3);
    expect(Math.abs(map.components[0][0])).toBeGreaterThan(0.98);
    expect(map.explained[0]).toBeGreaterThan(0.7);
    const mirrored = pca(
      points.map((x) => -x),
      3,
      { like: map },
    );
    mirrored.components[0].forEach((x, k) => expect(x).toBeCloseTo(map.components[0][k], 8));
    expect(() => pca([1, 2, 3], 3)).toThrow("at least 2 rows");
  });

  test("is a map that was turned and mirrored turned back?", () => {
    const plane = Float64Array.from({ length: 40 }, () => rng.normal());
    const turned = plane.map((_, k) => (k % 2 ? plane[k - 1] : -plane[k + 1]));
    const mirrored = turned.map((x, k) => (k % 2 ? -x : x));
    for (const each of [turned, mirrored])
      alignedTo(each, plane).forEach((x, k) => expect(x).toBeCloseTo(plane[k], 10));
  });

  test("does t-SNE part two clouds, report, and give the same map twice?", async () => {
    const clouds = Float64Array.from({ length: 40 * 5 }, (_, k) => rng.normal() * 0.3 + (k < 100 ? 4 : -4));
    const run = async () => {
      const steps = [];
      for await (const step of tsne(clouds, 5, { iterations: 200, yieldEvery: 100, perplexity: 8 }))
        steps.push(step);
      return steps;
    };
    const steps = await run();
    expect(steps.map(({ iteration }) => iteration)).toEqual([100, 200]);
    expect(steps[1]!.cost).toBeLessThan(steps[0]!.cost);
    const { points: map } = steps[1]!;
    const gap = (i: number, j: number) =>
      Math.hypot(map[2 * i] - map[2 * j], map[2 * i + 1] - map[2 * j + 1]);
    expect(Math.min(...Array.from({ length: 20 }, (_, j) => gap(0, 20 + j)))).toBeGreaterThan(
      Math.max(...Array.from({ length: 20 }, (_, j) => gap(0, j))),
    );
    expect(await run()).toEqual(steps);
    await expect(tsne([1, 2, 3], 1).next()).rejects.toThrow(
      "tsne: expected 4 … 4000 rows of 1 numbers, got 3",
    );
  });
});

describe("training", () => {
  // two topics that never meet
  const lines = Array.from({ length: 400 }, (_, n) => {
    const rng = createRng(n);
    return Array.from({ length: 12 }, () => `${n % 2 ? "sea" : "land"}${rng.integer(6)}`);
  });
  const topics = corpus(lines, { minCount: 1 });
  const options = { dimension: 8, epochs: 4, subsample: 0, yieldEvery: 2000, window: 3 };
  const through = async <P>(training: AsyncIterable<P>): Promise<P[]> => {
    const all: P[] = [];
    for await (const progress of training) all.push(progress);
    return all;
  };

  test.each([
    ["skip-gram", () => skipGram(undefined, topics, { ...options, learningRate: 0.1 })],
    ["skip-gram with the softmax", () => skipGram(undefined, topics, { ...options, negatives: 0 })],
    ["cbow", () => cbow(undefined, topics, options)],
  ])("does %s bring the words of one topic together?", async (_, make) => {
    const training = make();
    const progress = await through(training);
    expect(progress.at(-1)).toMatchObject({ words: topics.size * 4, total: topics.size * 4, epoch: 4 });
    expect(progress.at(-1)!.loss).toBeLessThan(progress[0]!.loss);
    for (const { word } of neighbours(training.vectors, "sea0", { n: 5 })) expect(word).toMatch(/^sea/);
  });

  test("do GloVe and counting do the same?", async () => {
    const X = coOccurrences(topics, { window: 3 });
    const training = glove(undefined, X, { dimension: 8, epochs: 20 });
    const progress = await through(training);
    expect(progress.at(-1)!.loss).toBeLessThan(progress[0]!.loss / 2);
    const byCounts = ppmiSvd(X, { dimension: 2 });
    for (const { word } of neighbours(byCounts, "sea0", { n: 5 })) expect(word).toMatch(/^sea/);
  });

  test("can it be left in the middle, and what was learnt be read?", async () => {
    const training = skipGram(undefined, topics, options);
    const before = training.vectors.data;
    for await (const { words } of training) {
      expect(training.of("sea0")).toEqual(training.vectors.of("sea0"));
      if (words >= 4000) break;
    }
    expect(training.of("sea0")).toEqual(training.vectors.of("sea0"));
    expect(() => training.of("whale")).toThrow('"whale" is not one of the 12 words with a vector');
    expect(training.vectors.data).not.toEqual(before);
    expect(training.vectors.data).toHaveLength(topics.words.length * 8);
  });

  test("does it refuse what makes no sense?", () => {
    expect(() => skipGram(undefined, topics, { window: 0 })).toThrow(
      "skipGram: window must be a whole number of at least 1, got 0",
    );
    expect(() => cbow(undefined, topics, { learningRate: -1 })).toThrow(
      "cbow: learningRate must be more than 0, got -1",
    );
    expect(() => glove(undefined, coOccurrences(topics), { epochs: 0.5 })).toThrow(
      "glove: epochs must be a whole number",
    );
  });
});
