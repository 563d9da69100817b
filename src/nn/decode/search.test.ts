import { describe, expect, test } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { beamSearch } from "./beam.ts";
import { exhaustiveSearch, greedySearch } from "./search.ts";
import { type SearchModel, type SearchOptions, takeRows } from "./search-model.ts";

/** A model whose next token depends on the last two, by a drawn table; the state keeps the last one. */
function tableModel(V: number, seed: number): SearchModel {
  const rng = createRng(seed);
  const table = Float64Array.from({ length: V * V * V }, () => 1.5 * rng.normal());
  return {
    vocabSize: V,
    step(tokens, state) {
      const logProbs = new Float32Array(tokens.length * V);
      tokens.forEach((token, row) => {
        const from = (state["last"]![row]! * V + token) * V;
        const logits = table.subarray(from, from + V);
        const total = Math.log(logits.reduce((sum, u) => sum + Math.exp(u), 0));
        logits.forEach((u, k) => (logProbs[row * V + k] = u - total));
      });
      return { logProbs, state: { last: Float32Array.from(tokens) } };
    },
  };
}

const options = (maxLength: number): SearchOptions => ({
  first: 0,
  end: 1,
  state: { last: Float32Array.of(0) },
  maxLength,
});
const SEEDS = Array.from({ length: 25 }, (_, k) => k);

describe("beam search", () => {
  test.each([0, 0.7, 1])("as wide as all sequences is exhaustive, with α = %s", (alpha) => {
    for (const seed of SEEDS) {
      const model = tableModel(4, seed);
      const all = exhaustiveSearch(model, { ...options(4), alpha });
      const [best] = beamSearch(model, { ...options(4), width: 4 ** 4, alpha }).hypotheses;
      expect(best!.tokens).toEqual(all[0]!.tokens);
      expect(best!.score).toBeCloseTo(all[0]!.score, 6);
    }
  });

  test("of width 1 is greedy search", () => {
    for (const seed of SEEDS) {
      const model = tableModel(6, seed);
      const { steps, ...greedy } = greedySearch(model, options(8));
      const beam = beamSearch(model, { ...options(8), width: 1 });
      expect(beam.hypotheses).toEqual([greedy]);
      expect(beam.steps).toBe(steps);
    }
  });

  test("of any width never scores above the optimum", () => {
    for (const seed of SEEDS)
      for (const width of [1, 2, 3, 5, 9]) {
        const model = tableModel(4, seed);
        const [best] = beamSearch(model, { ...options(5), width }).hypotheses.filter(
          ({ isFinished }) => isFinished,
        );
        expect(best?.score ?? -Infinity).toBeLessThanOrEqual(
          exhaustiveSearch(model, options(5))[0]!.score + 1e-6,
        );
      }
  });

  test("finds what greedy search misses", () => {
    const better = SEEDS.filter((seed) => {
      const model = tableModel(5, seed);
      return (
        beamSearch(model, { ...options(6), width: 4 }).hypotheses[0]!.logProb >
        greedySearch(model, options(6)).logProb + 1e-6
      );
    });
    expect(better.length).toBeGreaterThan(3);
  });

  test("with α prefers longer sequences", () => {
    const length = (alpha: number) =>
      SEEDS.reduce(
        (sum, seed) =>
          sum +
          beamSearch(tableModel(5, seed), { ...options(8), width: 5, alpha }).hypotheses[0]!.tokens.length,
        0,
      );
    expect(length(1)).toBeGreaterThan(length(0));
  });

  test("records every expansion: what went on, what ended, what was pruned, and whose child it was", () => {
    const { record, steps } = beamSearch(tableModel(4, 3), { ...options(5), width: 2, hasRecord: true });
    let parents = 1;
    let read = 0;
    for (const step of record!) {
      expect(step).toHaveLength(parents * 4);
      expect(step.filter(({ fate }) => fate !== "pruned").length).toBeLessThanOrEqual(2);
      expect(step.every(({ parent }) => parent < parents)).toBe(true);
      expect(step.map(({ score }) => score)).toEqual(step.map(({ score }) => score).sort((a, b) => b - a));
      read += parents;
      parents = step.filter(({ fate }) => fate === "live").length;
    }
    expect(steps).toBe(read);
  });

  test("finds the same with a record and without, ties and impossible tokens included", () => {
    for (const seed of SEEDS)
      for (const width of [1, 2, 4, 7]) {
        const model = tableModel(5, seed);
        // coarse values tie, and some tokens can never come
        const coarse: SearchModel = {
          ...model,
          step(tokens, state) {
            const { logProbs, ...next } = model.step(tokens, state);
            const rounded = logProbs.map((value) => (value < -4 ? -Infinity : Math.round(value)));
            return { ...next, logProbs: rounded };
          },
        };
        const find = (hasRecord: boolean) =>
          beamSearch(coarse, { ...options(5), width, alpha: 0.6, hasRecord });
        const { record, ...found } = find(true);
        expect(record!.length).toBeGreaterThan(0);
        expect(find(false)).toEqual(found);
      }
  });

  test("gives equal scores to the earlier parent and the lower token", () => {
    const flat: SearchModel = {
      vocabSize: 3,
      step: (tokens, state) => ({ logProbs: new Float32Array(tokens.length * 3).fill(-1), state }),
    };
    const { hypotheses } = beamSearch(flat, { ...options(2), width: 2, state: {} });
    expect(hypotheses.map(({ tokens }) => tokens)).toEqual([[1], [0, 1]]);
  });

  test("says what cannot be", () => {
    const model = tableModel(4, 1);
    const of = (more: object) => () => beamSearch(model, { ...options(4), width: 2, ...more });
    expect(of({ width: 0 })).toThrow("beamSearch: width must be a whole number of at least 1, got 0");
    expect(of({ maxLength: 0 })).toThrow("beamSearch: maxLength must be a whole number of at least 1, got 0");
    expect(of({ alpha: -1 })).toThrow("beamSearch: expected alpha of at least 0, got -1");
    expect(of({ end: 4 })).toThrow("beamSearch: expected the token end of 0 … 3, got 4");
    expect(() => exhaustiveSearch(tableModel(12, 1), options(7))).toThrow(
      "exhaustiveSearch: 11^6 = 1.8e+6 sequences are more than 200000. Shorten maxLength, or use beamSearch.",
    );
  });
});

test("takeRows gives rows in any order, also twice", () => {
  const state = { h: Float32Array.of(1, 2, 3, 4, 5, 6) };
  expect(takeRows(state, [2, 0, 2], 3)).toEqual({ h: Float32Array.of(5, 6, 1, 2, 5, 6) });
});
