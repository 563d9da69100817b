import { describe, expect, test } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { aliasTable, drawFrom } from "./alias-table.ts";
import { cbowNegative, cbowSoftmax } from "./cbow.ts";
import { adaGradStep, gloveTerm, gloveWeight } from "./glove.ts";
import { randomBits } from "./random-bits.ts";
import { skipGramNegative, skipGramSoftmax } from "./skip-gram.ts";

const rng = createRng(4);
const draw = (n: number) => Float64Array.from({ length: n }, () => rng.normal());
const [V, D] = [7, 5];

/** Central differences of a loss in one array. */
function slopes(array: Float64Array, loss: () => number): Float64Array {
  return array.map((x, k) => {
    const [up, down] = [1e-6, -1e-6].map((step) => {
      array[k] = x + step;
      return loss();
    });
    array[k] = x;
    return (up - down) / 2e-6;
  });
}
const expectNear = (u: ArrayLike<number>, v: ArrayLike<number>) => {
  expect(u.length).toBe(v.length);
  for (let k = 0; k < u.length; k++) expect(Math.abs(u[k] - v[k])).toBeLessThan(1e-8);
};
/** [1+K,D] of the words that took part → [V,D] */
const spread = (dU: Float64Array, words: number[]) => {
  const all = new Float64Array(V * D);
  words.forEach((word, row) => {
    for (let k = 0; k < D; k++) all[word * D + k] += dU[row * D + k];
  });
  return all;
};

describe("skip-gram", () => {
  const [v, U] = [draw(D), draw(V * D)];

  test("is the softmax loss −log of the formula, and its gradient what differences give?", () => {
    const { loss, probs, dv, dU } = skipGramSoftmax(v, U, 2);
    const scores = Array.from({ length: V }, (_, j) => v.reduce((sum, x, k) => sum + x * U[j * D + k], 0));
    const total = scores.reduce((sum, s) => sum + Math.exp(s), 0);
    expect(loss).toBeCloseTo(-Math.log(Math.exp(scores[2]) / total), 12);
    expect(probs.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    const lossOf = () => skipGramSoftmax(v, U, 2).loss;
    expectNear(dv, slopes(v, lossOf));
    expectNear(dU, slopes(U, lossOf));
  });

  test("is negative sampling's loss that of the formula, and its gradient right with a word drawn twice?", () => {
    const negatives = [0, 5, 5, 6];
    const { loss, dv, dU } = skipGramNegative(v, U, 3, negatives);
    const sigma = (x: number) => 1 / (1 + Math.exp(-x));
    const score = (j: number) => v.reduce((sum, x, k) => sum + x * U[j * D + k], 0);
    const expected = negatives.reduce(
      (sum, j) => sum - Math.log(sigma(-score(j))),
      -Math.log(sigma(score(3))),
    );
    expect(loss).toBeCloseTo(expected, 12);
    const lossOf = () => skipGramNegative(v, U, 3, negatives).loss;
    expectNear(dv, slopes(v, lossOf));
    expectNear(spread(dU, [3, ...negatives]), slopes(U, lossOf));
  });

  test("does it name a word that does not exist?", () => {
    expect(() => skipGramSoftmax(v, U, 7)).toThrow("skipGramSoftmax: expected words of 0 … 6, got 7");
    expect(() => skipGramNegative(v, U, 0, [-1])).toThrow(
      "skipGramNegative: expected words of 0 … 6, got -1",
    );
  });
});

describe("cbow", () => {
  const [E, U] = [draw(V * D), draw(V * D)];
  const context = [1, 4, 4, 6];
  /** every neighbour's share, where one stands twice its gradient counts twice */
  const spreadContext = (dContext: Float64Array) => {
    const all = new Float64Array(V * D);
    for (const word of context) for (let k = 0; k < D; k++) all[word * D + k] += dContext[k];
    return all;
  };

  test("do both losses have the gradients that differences give?", () => {
    const whole = cbowSoftmax(E, U, { context, target: 2, D });
    const wholeLoss = () => cbowSoftmax(E, U, { context, target: 2, D }).loss;
    expectNear(spreadContext(whole.dContext), slopes(E, wholeLoss));
    expectNear(whole.dU, slopes(U, wholeLoss));
    const drawn = { context, target: 2, negatives: [0, 3], D };
    const part = cbowNegative(E, U, drawn);
    const partLoss = () => cbowNegative(E, U, drawn).loss;
    expectNear(spreadContext(part.dContext), slopes(E, partLoss));
    expectNear(spread(part.dU, [2, 0, 3]), slopes(U, partLoss));
  });

  test("does it refuse a word without neighbours?", () => {
    expect(() => cbowSoftmax(E, U, { context: [], target: 0, D })).toThrow(
      "cbow: expected at least one neighbour",
    );
  });
});

describe("GloVe", () => {
  test("does f rise as a power, stop at 1, and leave out what never occurred?", () => {
    expect(gloveWeight(0)).toBe(0);
    expect(gloveWeight(5, { xMax: 10 })).toBeCloseTo(0.5 ** 0.75, 12);
    expect([10, 11, 1e6].map((x) => gloveWeight(x))).toEqual([1, 1, 1]);
    expect(() => gloveWeight(-1)).toThrow("expected a count of at least 0");
  });

  test("is one term's loss and gradient that of the formula?", () => {
    const pair = { w: draw(D), u: draw(D), bw: 0.3, bu: -0.2 };
    const { loss, dw, du, dbw, dbu } = gloveTerm(pair, 4);
    const product = pair.w.reduce((sum, x, k) => sum + x * pair.u[k], 0);
    expect(loss).toBeCloseTo(0.5 * 0.4 ** 0.75 * (product + 0.1 - Math.log(4)) ** 2, 12);
    const lossOf = () => gloveTerm(pair, 4).loss;
    expectNear(dw, slopes(pair.w, lossOf));
    expectNear(du, slopes(pair.u, lossOf));
    const biases = Float64Array.of(pair.bw, pair.bu);
    const biased = () => gloveTerm({ ...pair, bw: biases[0], bu: biases[1] }, 4).loss;
    expectNear([dbw, dbu], slopes(biases, biased));
    expect(gloveTerm(pair, 0).loss).toBe(0);
  });

  test("does AdaGrad divide by the root of the squares so far?", () => {
    const [w, squares] = [Float64Array.of(1), Float64Array.of(4)];
    adaGradStep(w, Float64Array.of(3), squares, 0.1);
    expect([w[0], squares[0]]).toEqual([1 - 0.3 / 2, 13]);
  });
});

describe("the noise", () => {
  test("does an alias table draw by its weights, and nothing that weighs 0?", () => {
    const table = aliasTable([1, 0, 3, 6]);
    const { next } = randomBits(5);
    const counts = [0, 0, 0, 0];
    for (let n = 0; n < 50_000; n++) counts[drawFrom(table, next())]++;
    expect(counts[1]).toBe(0);
    [0.1, 0, 0.3, 0.6].forEach((p, k) => expect(Math.abs(counts[k] / 50_000 - p)).toBeLessThan(0.01));
  });

  test("does it say which weight is wrong?", () => {
    expect(() => aliasTable([1, -2])).toThrow("aliasTable: weights must not be negative, got -2 at 1");
    expect(() => aliasTable([0, 0])).toThrow("must add up to more than 0");
  });
});
