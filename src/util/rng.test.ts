import { describe, expect, it } from "vitest";
import { createRng } from "./rng.ts";

const draw = <T>(n: number, make: () => T): T[] => Array.from({ length: n }, make);
const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

describe("createRng", () => {
  it("does the same seed give the same numbers, on every machine?", () => {
    expect(draw(3, createRng(42).uniform)).toEqual(draw(3, createRng(42).uniform));
    expect(draw(3, createRng(42).uniform)).toMatchInlineSnapshot(`
      [
        0.22156685685777622,
        0.16283133823918305,
        0.9824247987250665,
      ]
    `);
    expect(draw(2, createRng(42).normal)).toMatchInlineSnapshot(`
      [
        -0.46626418024933103,
        -0.5646226879009462,
      ]
    `);
  });

  it("do different seeds, also large and negative ones, give different numbers?", () => {
    const firsts = [0, 1, -1, 2 ** 32, 2 ** 40 + 1].map((seed) => createRng(seed).uniform());
    expect(new Set(firsts).size).toBe(5);
  });

  it("is uniform uniform and normal normal?", () => {
    const rng = createRng(3);
    const u = draw(40_000, rng.uniform);
    expect(Math.min(...u)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...u)).toBeLessThan(1);
    expect(mean(u)).toBeCloseTo(0.5, 2);
    const z = draw(40_000, rng.normal);
    expect(mean(z)).toBeCloseTo(0, 1);
    expect(mean(z.map((x) => x * x))).toBeCloseTo(1, 1);
    expect(mean(z.map((x) => x ** 4))).toBeGreaterThan(2.8);
  });

  it("does integer(n) reach every number below n and no other?", () => {
    const rng = createRng(5);
    expect(new Set(draw(200, () => rng.integer(6)))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });

  it("does shuffle keep every item?", () => {
    const items = createRng(1).shuffle([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(items).not.toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(items.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("does sample follow the probabilities and never draw an impossible index?", () => {
    const rng = createRng(9);
    const counts = [0, 0, 0, 0];
    for (let n = 0; n < 20_000; n++) counts[rng.sample([0.5, 0, 0.25, 0.25])]++;
    expect(counts[1]).toBe(0);
    expect(counts[0] / 20_000).toBeCloseTo(0.5, 1);
    expect(rng.sample([0, 3, 0])).toBe(1);
  });

  it("does a fork depend on its label only, not on what was drawn before?", () => {
    const rng = createRng(11);
    const before = rng.fork("weights").uniform();
    rng.uniform();
    expect(rng.fork("weights").uniform()).toBe(before);
    expect(rng.fork("batches").uniform()).not.toBe(before);
    expect(createRng(12).fork("weights").uniform()).not.toBe(before);
  });

  it("does it say what is wrong with a seed or with probabilities?", () => {
    expect(() => createRng(0.5)).toThrow("rng: the seed must be a whole number, got 0.5");
    expect(() => createRng(1).integer(0)).toThrow(
      "rng.integer: n must be a whole number of at least 1, got 0",
    );
    expect(() => createRng(1).sample([0, 0])).toThrow("probabilities must add up to more than 0, got 0");
    expect(() => createRng(1).sample([0.5, -1])).toThrow("must not be negative, got -1 at index 1");
    expect(() => createRng(1).sample([NaN])).toThrow("must not be negative, got NaN at index 0");
  });
});
