import { describe, expect, it } from "vitest";
import { samplingProbabilities } from "./sample.ts";

const logs = (...probabilities: number[]) => probabilities.map(Math.log);
const rounded = (probabilities: Float64Array) => Array.from(probabilities, (p) => Math.round(p * 1e6) / 1e6);

describe("samplingProbabilities", () => {
  it("are the model's probabilities kept when nothing is asked for?", () => {
    expect(rounded(samplingProbabilities(logs(0.2, 0.5, 0.3)))).toEqual([0.2, 0.5, 0.3]);
  });

  it("does temperature sharpen, flatten, and at 0 take the likeliest, the first of equals?", () => {
    expect(rounded(samplingProbabilities(logs(0.2, 0.8), { temperature: 0.5 }))).toEqual([
      0.058824, 0.941176,
    ]);
    expect(samplingProbabilities(logs(0.2, 0.8), { temperature: 1e6 })[0]).toBeCloseTo(0.5, 5);
    expect([...samplingProbabilities(logs(0.2, 0.4, 0.4), { temperature: 0 })]).toEqual([0, 1, 0]);
    expect([...samplingProbabilities(logs(0.2, 0.8), { temperature: 1e-9 })]).toEqual([0, 1]);
  });

  it("does top-k keep k tokens and top-p the fewest that reach p?", () => {
    expect(rounded(samplingProbabilities(logs(0.1, 0.6, 0.3), { topK: 2 }))).toEqual([0, 0.666667, 0.333333]);
    expect([...samplingProbabilities(logs(0.1, 0.6, 0.3), { topP: 0.5 })]).toEqual([0, 1, 0]);
    expect(rounded(samplingProbabilities(logs(0.1, 0.6, 0.3), { topP: 0.61 }))).toEqual([
      0, 0.666667, 0.333333,
    ]);
    expect(rounded(samplingProbabilities(logs(0.1, 0.6, 0.3), { topP: 1, topK: 9 }))).toEqual([
      0.1, 0.6, 0.3,
    ]);
  });

  it("does it refuse options that mean nothing?", () => {
    expect(() => samplingProbabilities([0], { temperature: -1 })).toThrow("invalid temperature: -1");
    expect(() => samplingProbabilities([0], { topK: 0 })).toThrow(
      "topK must be a whole number of at least 1, got 0",
    );
    expect(() => samplingProbabilities([0], { topP: 1.5 })).toThrow(
      "topP must be above 0 and at most 1, got 1.5",
    );
    expect(() => samplingProbabilities([NaN, NaN])).toThrow(
      "expected log-probabilities, got NaN as the largest",
    );
  });
});
