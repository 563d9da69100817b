import { describe, expect, it } from "vitest";
import fixture from "../fixtures/optimisers.json";
import type { Floats } from "./floats.ts";
import {
  adamState,
  adamUpdate,
  momentumState,
  momentumUpdate,
  rmspropState,
  rmspropUpdate,
  sgdUpdate,
  type LearningRate,
} from "./optimisers.ts";

type Update = (dw: Floats) => void;

function optimiserOf(name: string, w: Floats, options: LearningRate): Update {
  const momentum = momentumState(w);
  const rmsprop = rmspropState(w);
  const adam = adamState(w);
  const updates: Record<string, Update> = {
    sgd: (dw) => sgdUpdate(w, dw, options),
    momentum: (dw) => momentumUpdate(w, dw, momentum, options),
    rmsprop: (dw) => rmspropUpdate(w, dw, rmsprop, options),
    adam: (dw) => adamUpdate(w, dw, adam, options),
  };
  return updates[name];
}

const PRECISIONS = [
  { precision: "double", make: (u: number[]) => Float64Array.from(u) as Floats, tolerance: 1e-12 },
  { precision: "single", make: (u: number[]) => Float32Array.from(u) as Floats, tolerance: 2e-6 },
];
const CASES = PRECISIONS.flatMap((each) => fixture.cases.map((one) => ({ ...each, ...one })));

describe("optimisers", () => {
  it.each(CASES)(
    "does $optimiser with $options give PyTorch's weights after each update, in $precision precision?",
    ({ optimiser, options, after, make, tolerance }) => {
      const w = make(fixture.start);
      const update = optimiserOf(optimiser, w, options);
      fixture.gradients.forEach((dw, iteration) => {
        update(make(dw));
        const expected = after[iteration];
        const scale = Math.max(...expected.map(Math.abs));
        expected.forEach((value, k) => expect(Math.abs(w[k] - value) / scale).toBeLessThan(tolerance));
      });
    },
  );

  it("is the first update of Adam the learning rate, whatever the size of the gradient?", () => {
    const w = Float64Array.of(0, 0);
    adamUpdate(w, Float64Array.of(1e-3, -1e3), adamState(w), { learningRate: 0.1 });
    expect([...w]).toEqual([expect.closeTo(-0.1, 5), expect.closeTo(0.1, 5)]);
  });

  it("can Adam forget at once, with betas of 0?", () => {
    const w = Float64Array.of(1);
    adamUpdate(w, Float64Array.of(-2), adamState(w), { learningRate: 0.5, beta1: 0, beta2: 0 });
    expect(w[0]).toBeCloseTo(1.5, 7);
  });

  it("is the gradient left as it was, and the state's type the weights'?", () => {
    const w = Float32Array.of(1, 2);
    const dw = Float32Array.of(3, 4);
    const state = adamState(w);
    adamUpdate(w, dw, state, { learningRate: 0.1 });
    expect(dw).toEqual(Float32Array.of(3, 4));
    expect(state.mean).toBeInstanceOf(Float32Array);
    expect(state.iteration).toBe(1);
  });

  it("are wrong rates, shares and lengths refused, with nothing changed?", () => {
    const w = Float64Array.of(1, 2);
    const dw = Float64Array.of(1, 1);
    const one = Float64Array.of(1);
    expect(() => sgdUpdate(w, dw, { learningRate: -1 })).toThrow(
      "sgdUpdate: learningRate must be at least 0, got -1",
    );
    expect(() => sgdUpdate(w, one, { learningRate: 1 })).toThrow(
      "sgdUpdate: expected dw of 2 numbers like w, got 1",
    );
    expect(() => momentumUpdate(w, dw, { velocity: one }, { learningRate: 1 })).toThrow(
      "momentumUpdate: expected velocity of 2 numbers like w, got 1",
    );
    expect(() => momentumUpdate(w, dw, momentumState(w), { learningRate: 1, momentum: 1 })).toThrow(
      "momentumUpdate: momentum must be at least 0 and below 1, got 1",
    );
    expect(() => rmspropUpdate(w, dw, rmspropState(w), { learningRate: NaN })).toThrow(
      "rmspropUpdate: learningRate must be at least 0, got NaN",
    );
    const state = adamState(w);
    expect(() => adamUpdate(w, dw, state, { learningRate: 1, beta2: 2 })).toThrow(
      "adamUpdate: beta2 must be at least 0 and below 1, got 2",
    );
    expect(state.iteration).toBe(0);
    expect([...w]).toEqual([1, 2]);
  });
});
