import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import type { SequenceBatch } from "../model.ts";
import { adam } from "../train/optimizers.ts";
import { fit } from "../train/fit.ts";
import { temporalConvolution, transformer } from "./beyond.ts";
import type { FeedForwardModel } from "./feed-forward.ts";

const [B, T] = [3, 5];
const draw = createRng(2);
const integers = (n: number, below: number) => Int32Array.from({ length: n }, () => draw.integer(below));
const sizes = (seed: number) => ({ tokens: 6, classes: 4, width: 4, rng: createRng(seed) });
const each: SequenceBatch = {
  ...{ batchSize: B, timesteps: T, inputs: integers(B * T, 6), targets: integers(B * T, 4) },
  mask: [1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1],
};
const last: SequenceBatch = { ...each, targets: integers(B, 4), mask: undefined };
const CASES: [string, () => FeedForwardModel, SequenceBatch][] = [
  ["convolutions, one output", () => temporalConvolution({ ...sizes(1), layers: 3 }), last],
  [
    "convolutions with three taps",
    () => temporalConvolution({ ...sizes(1), layers: 2, kernelSize: 3, at: "each" }),
    each,
  ],
  ["a Transformer, one output", () => transformer({ ...sizes(1), timesteps: 7 }), last],
  [
    "a Transformer at each step",
    () => transformer({ ...sizes(1), timesteps: 5, heads: 1, at: "each" }),
    each,
  ],
];

describe("models without recurrence", () => {
  beforeAll(async () => void (await tf.setBackend("cpu")));

  it.each(CASES)("do the gradients follow the loss, for %s?", (_, make, batch) => {
    const model = make();
    const { grads } = tf.variableGrads(() => model.loss(batch), Object.values(model.params));
    for (const [name, variable] of Object.entries(model.params)) {
      const values = variable.dataSync<"float32">().slice();
      const direction = values.map(() => draw.normal());
      const lossAt = (step: number) => {
        const moved = values.map((u, k) => u + step * direction[k]!);
        tf.tidy(() => variable.assign(tf.tensor(moved, variable.shape)));
        return model.evaluate(batch).loss;
      };
      const slope = (lossAt(5e-4) - lossAt(-5e-4)) / 1e-3;
      lossAt(0);
      const gradient = grads[variable.name]!.dataSync<"float32">();
      const along = gradient.reduce((sum, u, k) => sum + u * direction[k]!, 0);
      expect(Math.abs(along - slope), name).toBeLessThan(4e-3 + 0.02 * Math.abs(slope));
    }
  });

  it("does no step see a later one?", () => {
    for (const make of [CASES[1]![1], CASES[3]![1]]) {
      const model = make();
      const before = model.predict(each);
      const inputs = each.inputs.slice() as Int32Array;
      inputs[3] = (inputs[3]! + 1) % 6; // step 3 of row 0
      const after = model.predict({ ...each, inputs });
      const changed = Array.from({ length: T }, (_, t) =>
        before.slice(t * 4, t * 4 + 4).some((p, k) => p !== after[t * 4 + k]),
      );
      expect(changed.slice(0, 4)).toEqual([false, false, false, true]);
    }
  });

  it.each(CASES.slice(0, 3).filter((_, k) => k !== 1))(
    "does it learn what came first, %s?",
    async (_, make) => {
      const model = make();
      const rng = createRng(4);
      const batch = (): SequenceBatch => {
        const inputs = Int32Array.from({ length: 32 * T }, () => rng.integer(4));
        return { batchSize: 32, timesteps: T, inputs, targets: inputs.filter((_, n) => n % T === 0) };
      };
      const batches = Array.from({ length: 20 }, batch);
      const losses: number[] = [];
      for await (const { loss } of fit(model, batches, {
        iterations: 300,
        optimizer: adam(0.02),
        clipNorm: 1,
      }))
        losses.push(loss);
      expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
      expect(model.evaluate(batch()).accuracy).toBeGreaterThan(0.8);
      model.dispose();
    },
  );

  it("does it say what does not fit?", () => {
    const model = transformer({ ...sizes(1), timesteps: 4 });
    expect(() => model.evaluate(last)).toThrow("transformer: it has 4 positions, got 5 timesteps");
    expect(() => model.evaluate({ ...last, lengths: [1, 2, 3], timesteps: 5 })).toThrow(
      "rows of several lengths",
    );
    expect(() => transformer({ ...sizes(1), timesteps: 4, heads: 3 })).toThrow(
      "heads that divide width 4, got 3",
    );
    expect(() => temporalConvolution({ ...sizes(1), layers: 0 })).toThrow("temporalConvolution: layers");
    expect(() => temporalConvolution({ ...sizes(1), layers: 1, at: "first" as never })).toThrow(
      'to be "each" or "last"',
    );
  });

  it("does what is kept for the way back grow with T for convolutions, and with its square for a Transformer?", () => {
    const kept = (make: (T: number) => FeedForwardModel) =>
      [16, 32, 64].map((timesteps) => {
        const batch = {
          batchSize: 2,
          timesteps,
          inputs: new Int32Array(2 * timesteps),
          targets: new Int32Array(2),
        };
        return make(timesteps).keptBytes(batch);
      }) as [number, number, number];
    const convolutions = kept(() => temporalConvolution({ ...sizes(1), layers: 2 }));
    // each layer keeps its input and its sums, [B,T,D] of four bytes; the tokens and two targets are counted once
    expect(convolutions).toEqual([16, 32, 64].map((T) => 4 * (2 * 2 * (2 * T * 4) + 2 * T + 2)));
    const [a, b, c] = kept((timesteps) => transformer({ ...sizes(1), timesteps, heads: 1 }));
    // second differences of q T² + l T: alpha [B,T,T] is in q
    const square = (c - b - 2 * (b - a)) / (6 * 16 * 16);
    expect(square).toBeGreaterThanOrEqual(2 * 4);
    expect(a).toBeGreaterThan(square * 16 * 16);
  });
});
