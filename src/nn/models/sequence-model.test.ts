import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { simd } from "../kernels/built/simd.ts";
import { createKernels } from "../kernels/module.ts";
import type { SequenceBatch } from "../model.ts";
import { adam } from "../train/optimizers.ts";
import { fit } from "../train/fit.ts";
import { sequenceModel, type SequenceModelOptions } from "./sequence-model.ts";

const kernels = createKernels(simd)!;
type Wish = Partial<SequenceModelOptions>;
const make = (wish: Wish, on: typeof kernels | undefined = kernels) =>
  sequenceModel(on, {
    ...{ inputs: { tokens: 7 }, outputs: { classes: 5 }, hiddenSize: 6, rng: createRng(1) },
    ...wish,
  });

const [B, T] = [3, 4];
const draw = createRng(9);
const integers = (n: number, below: number) => Int32Array.from({ length: n }, () => draw.integer(below));
const normals = (n: number) => Float32Array.from({ length: n }, () => draw.normal());
const size = { batchSize: B, timesteps: T };
const tokens = { ...size, inputs: integers(B * T, 7), targets: integers(B * T, 5) };
const vectors = { ...size, inputs: normals(B * T * 3), targets: normals(B * T * 2) };
const lengths = [4, 1, 2];

const CASES: [string, Wish, SequenceBatch][] = [
  ["an LSTM over tokens", {}, tokens],
  ["a GRU with rows of several lengths", { cell: "gru" }, { ...tokens, lengths }],
  ["a GRU with reset after", { cell: "gru", reset: "after" }, tokens],
  [
    "a ReLU network, one output",
    { cell: "rnn", activation: "relu", at: "last" },
    { ...tokens, lengths, targets: integers(B, 5) },
  ],
  ["both directions", { bidirectional: true }, { ...tokens, lengths }],
  [
    "both directions, one output",
    { bidirectional: true, at: "last", layers: 2 },
    { ...tokens, lengths, targets: integers(B, 5) },
  ],
  ["three layers on embedded tokens", { layers: 3, embeddingSize: 4 }, tokens],
  ["vectors to values", { inputs: { features: 3 }, outputs: { values: 2 } }, { ...vectors, lengths }],
  [
    "a highway network, one value",
    { inputs: { features: 3 }, outputs: { values: 1 }, cell: "highway", at: "last" },
    { ...vectors, targets: normals(B) },
  ],
  ["an LSTM with peepholes", { peepholes: true, bidirectional: true }, { ...tokens, lengths }],
  [
    "a mask of its own",
    { layers: 2, bidirectional: true },
    { ...tokens, mask: [1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1] },
  ],
];

/** Every gradient by name, and the loss. */
function gradientsOf(model: ReturnType<typeof make>, batch: SequenceBatch) {
  const { value, grads } = tf.variableGrads(() => model.loss(batch), Object.values(model.params));
  const names = Object.keys(model.params);
  const found = names.map((name) => [name, grads[model.params[name].name].dataSync<"float32">()] as const);
  return { loss: value.dataSync()[0]!, gradients: Object.fromEntries(found) };
}

beforeAll(async () => {
  await tf.setBackend("cpu");
});

describe("sequenceModel", () => {
  it.each(CASES)("do the kernels and plain TypeScript agree, for %s?", (_, wish, batch) => {
    const [fast, plain] = [
      make(wish),
      sequenceModel(undefined, {
        ...{ inputs: { tokens: 7 }, outputs: { classes: 5 }, hiddenSize: 6, rng: createRng(1) },
        ...wish,
      }),
    ];
    const [ours, theirs] = [gradientsOf(fast, batch), gradientsOf(plain, batch)];
    expect(ours.loss).toBeCloseTo(theirs.loss, 5);
    for (const [name, expected] of Object.entries(theirs.gradients))
      expected.forEach((u, k) => expect(Math.abs(ours.gradients[name][k]! - u), name).toBeLessThan(2e-6));
    fast.predict(batch).forEach((u, k) => expect(u).toBeCloseTo(plain.predict(batch)[k]!, 5));
  });

  it.each(CASES)("do its gradients follow its loss, for %s?", (_, wish, batch) => {
    const model = make(wish);
    const { gradients } = gradientsOf(model, batch);
    for (const [name, variable] of Object.entries(model.params)) {
      const values = variable.dataSync<"float32">().slice();
      const direction = Float32Array.from(values, () => draw.normal());
      const lossAt = (step: number) => {
        variable.assign(
          tf.tensor(
            values.map((u, k) => u + step * direction[k]!),
            variable.shape,
          ),
        );
        return model.evaluate(batch).loss;
      };
      const slope = (lossAt(0.01) - lossAt(-0.01)) / 0.02;
      lossAt(0);
      const along = gradients[name].reduce((sum, u, k) => sum + u * direction[k]!, 0);
      expect(Math.abs(along - slope), name).toBeLessThan(2e-3 + 0.01 * Math.abs(slope));
    }
  });

  it("does padding change nothing?", () => {
    const model = make({ at: "last", bidirectional: true, cell: "lstm" });
    const short = { batchSize: 1, timesteps: 2, inputs: Int32Array.of(3, 4) };
    const padded = { batchSize: 1, timesteps: 5, inputs: Int32Array.of(3, 4, 0, 6, 6), lengths: [2] };
    const [one, other] = [model.predict(short), model.predict(padded)];
    one.forEach((p, k) => expect(other[k]).toBeCloseTo(p, 6));
    expect(one.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
  });

  it("does it learn which of its tokens came first?", async () => {
    const model = make({ inputs: { tokens: 4 }, outputs: { classes: 4 }, at: "last", hiddenSize: 12 });
    const rng = createRng(4);
    const batch = (): SequenceBatch => {
      const inputs = Int32Array.from({ length: 32 * 6 }, () => rng.integer(4));
      return { batchSize: 32, timesteps: 6, inputs, targets: inputs.filter((_, n) => n % 6 === 0) };
    };
    const batches = Array.from({ length: 30 }, batch);
    const { held } = kernels.size;
    for await (const { gradientNorm } of fit(model, batches, {
      iterations: 300,
      optimizer: adam(0.02),
      clipNorm: 1,
    }))
      expect(gradientNorm).toBeGreaterThan(0);
    expect(model.evaluate(batch()).accuracy).toBeGreaterThan(0.9);
    expect(kernels.size.held).toBeLessThanOrEqual(held + 65_536 * 4);
    model.dispose();
  });

  it("does chrono give each unit a span of its own, the input gate the opposite?", () => {
    const b = make({ forgetBias: { chrono: 200 } }).params.b.dataSync();
    const [i, f, rest] = [b.slice(0, 6), b.slice(6, 12), b.slice(12)];
    expect(Array.from(f).every((x, k) => x >= 0 && x <= Math.log(199) && x === -i[k]!)).toBe(true);
    expect(new Set(f).size).toBe(6);
    expect(rest.every((x) => x === 0)).toBe(true);
    expect(() => make({ forgetBias: { chrono: 1 } })).toThrow("sequenceModel: forgetBias.chrono");
  });

  it("does dropout change training only, and does the same seed drop the same units?", () => {
    const losses = [1, 2].map(() => gradientsOf(make({ dropout: 0.5 }), tokens).loss);
    const still = make({ dropout: 0.5 }).evaluate(tokens).loss;
    expect(losses[0]).toBe(losses[1]);
    expect(still).toBe(make({}).evaluate(tokens).loss);
    expect(losses[0]).not.toBe(still);
  });

  it("does it keep no tensor but its weights?", () => {
    const before = tf.memory().numTensors;
    const model = make({});
    const own = Object.keys(model.params).length;
    expect(model.parameterCount).toBe(7 * 24 + 6 * 24 + 24 + 6 * 5 + 5);
    tf.tidy(() => void gradientsOf(model, tokens));
    expect(tf.memory().numTensors).toBe(before + own);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("does it say what is wrong with a batch or an option?", () => {
    const model = make({});
    const bad = (change: Partial<SequenceBatch>) => () => model.evaluate({ ...tokens, ...change });
    expect(bad({ inputs: new Int32Array(3) })).toThrow(
      "sequenceModel: expected inputs of 12 tokens, int32 (batchSize 3 × timesteps 4), got 3",
    );
    expect(bad({ inputs: new Int32Array(12).fill(7) })).toThrow(
      "sequenceModel: expected inputs of 0 … 6, got 7 at row 0, step 0",
    );
    expect(bad({ targets: new Int32Array(12).fill(-1) })).toThrow(
      "expected targets of 0 … 4, got -1 at row 0, step 0",
    );
    expect(bad({ lengths: [1, 5, 2] })).toThrow("sequenceModel: expected lengths of 0 … 4, got 5 in row 1");
    expect(bad({ mask: new Int32Array(12) })).toThrow("the mask keeps no target, so there is no mean loss");
    expect(() => make({ cell: "elman" as never })).toThrow(
      'sequenceModel: expected cell to be one of "rnn", "lstm", "gru", "highway", got "elman"',
    );
    expect(() => make({ inputs: {} as never })).toThrow(
      "expected inputs to be { tokens: V } or { features: D }",
    );
    expect(() => make({ hiddenSize: 0 })).toThrow("sequenceModel: hiddenSize");
    expect(() => make({}).inputGradient(tokens)).toThrow("inputGradient needs vectors");
  });
});
