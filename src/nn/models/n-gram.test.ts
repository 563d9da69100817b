import { describe, expect, it } from "vitest";
import { vocabulary } from "#src/data/vocabulary.ts";
import { createRng } from "#src/util/rng.ts";
import { generate, nextProbabilities } from "../decode/generate.ts";
import { crossEntropy } from "../metrics/cross-entropy.ts";
import type { Batch } from "../model.ts";
import { nGram, type NGramOptions, type Smoothing } from "./n-gram.ts";

const SMOOTHINGS: Smoothing[] = ["add-epsilon", "backoff", "kneser-ney"];
const TEXT = "the cat sat on the mat. the rat sat on the cat. a cat ate the rat on the mat.";
const letters = vocabulary(TEXT + "z");
const ids = letters.encode(TEXT);
const V = letters.size;
const newModel = (options: Partial<NGramOptions> = {}, tokens = ids) =>
  nGram(tokens, { vocabSize: V, order: 3, ...options });
const sum = (u: ArrayLike<number>) => Array.from(u).reduce((total, p) => total + p, 0);

/** The batch of a whole text: each token predicts the next. */
const batchOf = (tokens: Int32Array): Batch => ({
  batchSize: 1,
  timesteps: tokens.length - 1,
  inputs: tokens.slice(0, -1),
  targets: tokens.slice(1),
});

/** A random text with skewed tokens, so that contexts repeat. */
function randomTokens(size: number, V: number, seed: number): Int32Array {
  const rng = createRng(seed);
  const skewed = Float64Array.from({ length: V }, (_, v) => 1 / (v + 1) ** 2);
  return Int32Array.from({ length: size }, () => rng.sample(skewed));
}

/** How often a gram stands in a text, by looking at every place. */
function occurrences(gram: number[], tokens: Int32Array): number {
  let n = 0;
  for (let t = 0; t + gram.length <= tokens.length; t++) if (gram.every((v, k) => tokens[t + k] === v)) n++;
  return n;
}

describe("nGram", () => {
  it("what does it count, and what does it make of that with add-epsilon?", () => {
    const tokens = Int32Array.of(0, 1, 0, 1, 2, 0, 1);
    const model = nGram(tokens, { vocabSize: 4, order: 2, smoothing: "add-epsilon", epsilon: 0.5 });
    expect([...model.counts([1])]).toEqual([1, 0, 1, 0]);
    expect([...model.counts([])]).toEqual([3, 3, 1, 0]);
    expect([...model.counts([2, 2, 0])]).toEqual([0, 3, 0, 0]);
    expect(model.gramCounts).toEqual([3, 4]);
    expect([...model.probabilities([1])]).toEqual([1.5 / 4, 0.5 / 4, 1.5 / 4, 0.5 / 4]);
    expect([...model.probabilities([3])]).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  it("does epsilon 0 give the text's own frequencies, and 1 / V where it has none?", () => {
    const model = newModel({ smoothing: "add-epsilon", epsilon: 0 });
    const probs = model.probabilities(letters.encode("ca"));
    expect(probs[letters.encode("t")[0]]).toBe(1);
    expect(sum(model.probabilities(letters.encode("zz")))).toBeCloseTo(1, 14);
    expect(model.evaluate(batchOf(letters.encode("thz"))).loss).toBe(Infinity);
  });

  it.each(SMOOTHINGS)(
    "with %s, do the probabilities add up to 1 after every context, seen or not?",
    (smoothing) => {
      for (const [size, V, order] of [
        [1, 1, 3],
        [2, 3, 3],
        [40, 3, 1],
        [60, 3, 4],
        [400, 5, 3],
      ]) {
        const model = nGram(randomTokens(size, V, size), { vocabSize: V, order, smoothing });
        for (let code = 0; code < V ** Math.min(order, 4); code++) {
          for (let length = 0; length <= Math.min(order, 4); length++) {
            const context = Array.from({ length }, (_, k) => Math.floor(code / V ** k) % V);
            const probs = model.probabilities(context);
            expect(sum(probs)).toBeCloseTo(1, 13);
            expect(probs.every((p) => p > 0 && p <= 1)).toBe(true);
          }
        }
      }
    },
  );

  it("does back-off give (count − D) / total, and share the rest by the shorter context?", () => {
    const model = newModel({ smoothing: "backoff", discount: 0.4, order: 2 });
    const single = model.probabilities([]);
    const [t] = letters.encode("t");
    const after = model.probabilities([t]);
    const counts = model.counts([t]);
    const total = sum(counts);
    const unseen = sum(single.filter((_, v) => counts[v] === 0));
    const left = (0.4 * counts.filter((n) => n > 0).length) / total;
    counts.forEach((count, v) => {
      const expected = count > 0 ? (count - 0.4) / total : (left * single[v]) / unseen;
      expect(after[v]).toBeCloseTo(expected, 14);
    });
  });

  it("does a context that every token has followed back off to nothing?", () => {
    const tokens = Int32Array.of(0, 0, 1, 0, 0, 1, 1);
    const model = nGram(tokens, { vocabSize: 2, order: 2, smoothing: "backoff" });
    expect([...model.probabilities([0])]).toEqual([0.5, 0.5]);
    expect([...model.probabilities([1])]).toEqual([0.5, 0.5]);
  });

  it("is Kneser–Ney the formula of its paper, counted place by place?", () => {
    const tokens = randomTokens(300, 4, 7);
    const [V, order, D] = [4, 3, 0.6];
    const model = nGram(tokens, { vocabSize: V, order, discount: D });
    const all = Array.from({ length: V }, (_, v) => v);
    const countOf = (gram: number[]): number =>
      gram.length === order
        ? occurrences(gram, tokens)
        : all.filter((v) => occurrences([v, ...gram], tokens) > 0).length;
    const probability = (context: number[], token: number): number => {
      const counts = all.map((v) => countOf([...context, v]));
      const total = sum(counts);
      const shorter = context.length === 0 ? 1 / V : probability(context.slice(1), token);
      if (total === 0) return shorter;
      const seen = counts.filter((n) => n > 0).length;
      return Math.max(counts[token] - D, 0) / total + ((D * seen) / total) * shorter;
    };
    for (const context of [[], [0], [3], [0, 0], [1, 2], [3, 3], [2, 0]]) {
      const probs = model.probabilities(context);
      all.forEach((token) => expect(probs[token]).toBeCloseTo(probability(context, token), 13));
    }
  });

  it("does Kneser–Ney give a token that follows only one other little where that other is not?", () => {
    // "o" is as frequent as "a" but follows "x" only.
    const text = "xoxoxoxoxobacadaeafa";
    const { size, encode } = vocabulary(text);
    const model = nGram(encode(text), { vocabSize: size, order: 2, discount: 0.5 });
    const [o, a] = encode("oa");
    const probs = model.probabilities([]);
    expect(model.counts([])[o]).toBe(model.counts([])[a]);
    expect(probs[o]).toBeLessThan(probs[a] / 2);
  });

  it("are Kneser–Ney's three discounts those of Chen and Goodman when the text is long enough?", () => {
    const tokens = randomTokens(3000, 30, 3);
    const model = nGram(tokens, { vocabSize: 30, order: 2 });
    const n = [0, 0, 0, 0, 0];
    for (let v = 0; v < 30; v++) model.counts([v]).forEach((count) => count > 0 && count <= 4 && n[count]++);
    const Y = n[1] / (n[1] + 2 * n[2]);
    const D = [0, 1 - (2 * Y * n[2]) / n[1], 2 - (3 * Y * n[3]) / n[2], 3 - (4 * Y * n[4]) / n[3]];
    expect(D.slice(1).every((d, k) => d > 0 && d < k + 1)).toBe(true);
    const counts = model.counts([4]);
    const total = sum(counts);
    const share = sum(Array.from(counts, (count) => D[Math.min(count, 3)])) / total;
    const [single, after] = [model.probabilities([]), model.probabilities([4])];
    counts.forEach((count, v) => {
      expect(after[v]).toBeCloseTo((count - D[Math.min(count, 3)]) / total + share * single[v], 13);
    });
  });

  it.each(SMOOTHINGS)("with %s, do step, evaluate and probabilities agree?", (smoothing) => {
    const model = newModel({ smoothing });
    const text = letters.encode("the zat");
    let state = model.initialState(1);
    let loss = 0;
    for (let t = 0; t + 1 < text.length; t++) {
      const next = model.step(text.slice(t, t + 1), state);
      const probs = model.probabilities(text.slice(0, t + 1));
      probs.forEach((p, v) => expect(next.logProbs[v]).toBeCloseTo(Math.log(p), 5));
      loss -= Math.log(probs[text[t + 1]]);
      state = next.state;
    }
    const result = model.evaluate(batchOf(text));
    expect(result.loss).toBeCloseTo(loss / 6, 12);
    expect(result.kept).toBe(6);
    expect(result.state).toEqual(state);
  });

  it("can a text be evaluated in pieces, and several at once?", () => {
    const model = newModel();
    const whole = model.evaluate(batchOf(ids.slice(0, 21)));
    const [inputs, targets] = [ids.slice(0, 20), ids.slice(1, 21)];
    const piece = (from: number, isStart: boolean): Batch => ({
      batchSize: 1,
      timesteps: 10,
      inputs: inputs.slice(from, from + 10),
      targets: targets.slice(from, from + 10),
      isStart,
    });
    expect(crossEntropy(model, [piece(0, true), piece(10, false)])).toBeCloseTo(whole.loss, 12);
    const rows = model.evaluate({ batchSize: 2, timesteps: 10, inputs, targets });
    const apart = [piece(0, true), piece(10, true)].map((each) => model.evaluate(each));
    expect(rows.loss).toBeCloseTo((apart[0].loss + apart[1].loss) / 2, 12);
    expect([...rows.state.context]).toEqual([...apart[0].state.context, ...apart[1].state.context]);
  });

  it("does a mask choose the tokens that count?", () => {
    const model = newModel();
    const batch = batchOf(letters.encode("the"));
    const last = model.evaluate({ ...batch, mask: [0, 1] });
    expect(last.kept).toBe(1);
    expect(last.loss).toBeCloseTo(
      -Math.log(model.probabilities(letters.encode("th"))[letters.encode("e")[0]]),
      12,
    );
    const targets = Int32Array.of(-1, batch.targets[1]);
    expect(model.evaluate({ ...batch, targets, mask: [0, 1] })).toEqual(last);
    expect(() => model.evaluate({ ...batch, targets })).toThrow(
      `nGram: expected tokens of 0 … ${V - 1}, got -1 at 0`,
    );
    expect(() => model.evaluate({ ...batch, mask: [0, 0] })).toThrow(
      "nGram: expected a mask that keeps at least one token, got none kept",
    );
  });

  it("can generate write with it, and does it know how a word goes on?", () => {
    const model = newModel({ order: 4 });
    const options = { vocabulary: letters, prompt: "sat on the " };
    expect(nextProbabilities(model, { ...options, prompt: "sat on th" })[0].character).toBe("e");
    const write = () => generate(model, { ...options, length: 40, rng: createRng(2) });
    expect(write()).toBe(write());
    expect(generate(model, { ...options, prompt: " o", length: 6, temperature: 0 })).toBe("n the ");
  });

  it("is order 1 a model of single tokens, whose state is empty?", () => {
    const model = newModel({ order: 1, smoothing: "add-epsilon", epsilon: 0 });
    expect([...model.probabilities(letters.encode("th"))]).toEqual(
      [...model.counts([])].map((n) => n / ids.length),
    );
    expect(model.initialState(3).context).toHaveLength(0);
    expect(model.step(ids.slice(0, 2), model.initialState(2)).logProbs).toHaveLength(2 * V);
  });

  it("is a longer memory better on a text with rules, and does smoothing pay on a new one?", () => {
    const rng = createRng(5);
    const words = ["cat ", "hat ", "mat ", "the ", "sat ", "on "];
    const write = (size: number) =>
      letters.encode(Array.from({ length: size }, () => words[rng.integer(6)].replace("h", "t")).join(""));
    const [training, held] = [write(2000), write(300)];
    const loss = (options: Partial<NGramOptions>) => newModel(options, training).evaluate(batchOf(held)).loss;
    const losses = [1, 2, 3].map((order) => loss({ order }));
    expect(losses[1]).toBeLessThan(losses[0]);
    expect(losses[2]).toBeLessThan(losses[1]);
    expect(loss({ order: 6 })).toBeLessThan(loss({ order: 6, smoothing: "add-epsilon", epsilon: 1 }));
  });

  it("are wrong options and tokens refused?", () => {
    expect(() => newModel({ order: 0 })).toThrow("nGram: order must be a whole number of at least 1, got 0");
    expect(() => newModel({ vocabSize: 1.5 })).toThrow(
      "nGram: vocabSize must be a whole number of at least 1, got 1.5",
    );
    expect(() => newModel({ smoothing: "stupid" as Smoothing })).toThrow(
      'nGram: expected smoothing to be one of "add-epsilon", "backoff", "kneser-ney", got "stupid"',
    );
    expect(() => newModel({ epsilon: 1 })).toThrow(
      'nGram: epsilon belongs to "add-epsilon", not to "kneser-ney"',
    );
    expect(() => newModel({ smoothing: "add-epsilon", discount: 0.5 })).toThrow(
      'nGram: discount belongs to "backoff" and "kneser-ney"',
    );
    expect(() => newModel({ smoothing: "add-epsilon", epsilon: -1 })).toThrow(
      "nGram: epsilon must be at least 0, got -1",
    );
    expect(() => newModel({ discount: 1 })).toThrow("nGram: discount must be above 0 and below 1, got 1");
    expect(() => newModel({}, new Int32Array(0))).toThrow(
      "nGram: expected at least one token to learn from, got none",
    );
    expect(() => newModel({}, Int32Array.of(0, V))).toThrow(
      `nGram: expected tokens of 0 … ${V - 1}, got ${V} at 1`,
    );
    expect(() => newModel().probabilities([0, -1])).toThrow(
      `nGram: expected tokens of 0 … ${V - 1}, got -1 at 1`,
    );
    expect(() => newModel().step(Int32Array.of(99), newModel().initialState(1))).toThrow("got 99 at 0");
  });
});
