import { describe, expect, test } from "vitest";
import { onePass, START } from "./one-pass.ts";

const norms = (options: Partial<typeof START>, series = 0) =>
  onePass({ ...START, ...options }).series[series]!.frames[0]!.norms;

describe("one pass", () => {
  test("falls by the spectral radius at each step where the units are linear", () => {
    const at = norms({ radius: 0.8, activation: "identity" });
    expect(at[0]! / at.at(-1)!).toBeCloseTo(0.8 ** 49, 8);
  });

  test("fades in the RNN and reaches the first step in an LSTM with its forget gates open", () => {
    expect(norms({})[0]! / norms({}).at(-1)!).toBeLessThan(0.02);
    const lstm = norms({}, 1);
    expect(lstm[0]! / lstm.at(-1)!).toBeGreaterThan(0.5);
  });

  test("fades in an LSTM whose forget gates are half open", () => {
    const lstm = norms({ forgetBias: 0 }, 1);
    expect(lstm[0]! / lstm.at(-1)!).toBeLessThan(1e-9);
  });

  test("is the same for the same seed", () => expect(onePass(START)).toEqual(onePass(START)));
});
