import { describe, expect, it } from "vitest";
import fixture from "../../fixtures/optimisers.json";
import type { UpdateSettings } from "../../model.ts";
import { relaxed } from "../built/relaxed.ts";
import { simd } from "../built/simd.ts";
import { createKernels } from "../module.ts";
import { kernelParts } from "./kernel-parts.ts";
import { plainParts } from "./plain-parts.ts";

const lengths = { w: fixture.start.length };
const ENGINES = [
  ["plain TypeScript", () => plainParts(lengths)],
  ["simd", () => kernelParts(createKernels(simd)!, lengths)],
  ["relaxed", () => kernelParts(createKernels(relaxed)!, lengths)],
] as const;

/** The fixture's names and options as settings with every default written out. */
function settingsOf(optimiser: string, options: object): UpdateSettings {
  const all = {
    ...{ learningRate: 0.01, momentum: optimiser === "momentum" ? 0.9 : 0, nesterov: false },
    ...{ decay: 0.99, epsilon: 1e-8, beta1: 0.9, beta2: 0.999 },
    ...options,
  };
  if (optimiser === "adam") return { ...all, name: "adam" };
  return optimiser === "rmsprop" ? { ...all, name: "rmsprop" } : { ...all, name: "sgd" };
}

describe.each(ENGINES)("the optimisers of the parts in %s", (_, make) => {
  it.each(fixture.cases)("give $optimiser with $options as PyTorch does", ({ optimiser, options, after }) => {
    const { parameters } = make();
    parameters.weight("w").set(fixture.start);
    fixture.gradients.forEach((dw, iteration) => {
      parameters.gradient("w").set(dw);
      parameters.update(settingsOf(optimiser, options));
      const expected = after[iteration]!;
      const scale = Math.max(...expected.map(Math.abs));
      expected.forEach((value, k) =>
        expect(Math.abs(parameters.read("w")[k]! - value) / scale).toBeLessThan(4e-6),
      );
    });
    parameters.dispose();
  });

  it("forget what they remembered after a restart", () => {
    const { parameters } = make();
    const settings = settingsOf("momentum", { learningRate: 0.1 });
    const first = () => {
      parameters.weight("w").fill(0);
      parameters.gradient("w").fill(1);
      parameters.update(settings);
      return parameters.read("w")[0]!;
    };
    expect(first()).toBeCloseTo(-0.1, 6);
    expect(first()).toBeCloseTo(-0.19, 6);
    parameters.restart();
    expect(first()).toBeCloseTo(-0.1, 6);
    parameters.dispose();
  });
});
