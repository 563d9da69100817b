import { describe, expect, test } from "vitest";
import { onePass, START } from "./one-pass.ts";

const norms = (options: Partial<typeof START>, series = 0) =>
  onePass({ ...START, ...options }).series[series]!.frames[0]!.norms;

describe("one pass", () => {
  test("falls by the spectral radius at each step where the units are linear", () => {
    const at = norms({ radius: 0.8, activation: "identity" });
    expect(at[0]! / at.at(-1)!).toBeCloseTo(0.8 ** 49, 8);
  });

  const reach = (options: Partial<typeof START>) =>
    onePass({ ...START, ...options }).series.map(({ label, frames: [frame] }) => ({
      label,
      share: frame!.norms[0]! / frame!.norms.at(-1)!,
    }));

  test("fades in the RNN and reaches the first step in the three networks whose gates are open", () => {
    const [rnn, ...gated] = reach({});
    expect(rnn!.share).toBeLessThan(0.02);
    expect(gated.map(({ label }) => label)).toEqual(["LSTM cell state", "GRU", "highway"]);
    for (const { label, share } of gated) expect(share, label).toBeGreaterThan(0.5);
  });

  test("fades in the three networks whose gates are half open", () => {
    for (const { label, share } of reach({ keepBias: 0 }).slice(1)) expect(share, label).toBeLessThan(1e-9);
  });

  test("falls by about σ(bias) at each step where other weights are small", () => {
    const kept = 1 / (1 + Math.exp(-2));
    for (const { label, share } of reach({ keepBias: 2 }).slice(1)) {
      const steps = Math.log(share) / Math.log(kept);
      expect(steps, label).toBeGreaterThan(0.9 * 49);
      expect(steps, label).toBeLessThan(1.1 * 49);
    }
  });

  test("is the same for the same seed", () => expect(onePass(START)).toEqual(onePass(START)));
});
