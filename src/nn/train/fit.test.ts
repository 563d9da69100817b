import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeEach, describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import fixture from "../fixtures/char-rnn.json";
import type { Batch } from "../model.ts";
import { simd } from "../kernels/built/simd.ts";
import { createKernels } from "../kernels/module.ts";
import { type CharModel, charModels } from "../models/char-rnn.ts";
import { adam, rmsprop, sgd } from "./optimizers.ts";
import { fit, type FitOptions, type Progress } from "./fit.ts";

const { charRnn } = charModels(createKernels(simd));
const { batchSize, timesteps, vocabSize, hiddenSize } = fixture;

function newModel(): CharModel {
  const model = charRnn({ vocabSize, hiddenSize, rng: createRng(1) });
  for (const [name, variable] of Object.entries(model.params)) {
    const start = fixture.start[name as keyof typeof fixture.start];
    tf.tidy(() => variable.assign(tf.tensor(start, variable.shape)));
  }
  return model;
}

/** Rows of T + 1 tokens → inputs and targets. */
function batchOf(rows: number[], isStart = true): Batch {
  const cut = (from: number) =>
    Int32Array.from({ length: batchSize * timesteps }, (_, k) => {
      return rows[Math.floor(k / timesteps) * (timesteps + 1) + (k % timesteps) + from];
    });
  return { batchSize, timesteps, inputs: cut(0), targets: cut(1), isStart };
}

const batches = fixture.tokens.map((rows) => batchOf(rows));

async function train(options: Partial<FitOptions> = {}, model = newModel(), source = batches) {
  const reports: Progress[] = [];
  const all = { iterations: 10, clipNorm: fixture.clipNorm, ...options };
  for await (const report of fit(model, source, all)) reports.push(report);
  return { reports, model };
}

const weightsOf = (model: CharModel) =>
  Object.values(model.params).map((variable) => [...variable.dataSync()]);

/** a learning rate that falls, as a schedule */
const falling = (iteration: number): number => 0.02 / iteration;

beforeEach(async () => {
  await tf.setBackend("cpu");
});

describe("fit", () => {
  it("do ten iterations with Adam and clipping give PyTorch's losses, norms and weights?", async () => {
    const { reports, model } = await train();
    reports.forEach(({ iteration, loss, gradientNorm }, k) => {
      expect(iteration).toBe(k + 1);
      expect(Math.abs(loss / fixture.losses[k] - 1)).toBeLessThan(1e-4);
      expect(Math.abs(gradientNorm / fixture.norms[k] - 1)).toBeLessThan(1e-3);
    });
    for (const [name, variable] of Object.entries(model.params)) {
      const expected = fixture.end[name as keyof typeof fixture.end];
      variable.dataSync().forEach((w, k) => expect(w).toBeCloseTo(expected[k], 3));
    }
    expect(reports).toHaveLength(10);
  });

  it("does training twice give the same bits and keep the same number of tensors?", async () => {
    const first = await train();
    first.model.dispose();
    const { numTensors } = tf.memory();
    const second = await train();
    expect(second.reports).toEqual(first.reports);
    second.model.dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it("does the probe report every step's gradient and leave the training as it was?", async () => {
    const plain = await train();
    const probed = await train({ probe: "gradients" });
    expect(weightsOf(probed.model)).toEqual(weightsOf(plain.model));
    const { hiddenGradientNorms } = probed.reports[0];
    expect(hiddenGradientNorms).toEqual(newModel().gradientsByStep(batches[0]).norms);
    expect(plain.reports[0]).not.toHaveProperty("hiddenGradientNorms");
  });

  it("does leaving the loop stop the training and free what it used?", async () => {
    const model = newModel();
    const { numTensors } = tf.memory();
    let seen = 0;
    for await (const { iteration } of fit(model, batches, { iterations: 1000 })) {
      seen = iteration;
      if (iteration === 3) break;
    }
    expect(seen).toBe(3);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it("do the engine's Adam and TensorFlow.js's train alike?", async () => {
    const ours = await train({ optimizer: adam(0.01, { epsilon: 1e-7 }) });
    const theirs = await train({ optimizer: tf.train.adam(0.01) });
    ours.reports.forEach(({ loss }, k) => expect(loss).toBeCloseTo(theirs.reports[k].loss, 4));
  });

  it.each([
    ["nn.adam", () => adam(falling)],
    ["nn.sgd with momentum", () => sgd(falling, { momentum: 0.9 })],
    ["nn.rmsprop", () => rmsprop(falling)],
  ])(
    "does %s train a model without an engine of ours as it does one with, clipped and by a schedule?",
    async (_, make) => {
      const options = { clipNorm: 0.5, clipValue: 0.1 };
      const fused = await train({ ...options, optimizer: make() });
      const model = newModel();
      const { params, loss } = model;
      const bare = { params, loss };
      const losses: number[] = [];
      for await (const report of fit(bare, batches, {
        ...options,
        optimizer: make(),
        iterations: fused.reports.length,
      }))
        losses.push(report.loss);
      fused.reports.forEach(({ loss: expected }, k) => expect(losses[k]).toBeCloseTo(expected, 4));
    },
  );

  it("does a schedule set the rate of each iteration?", async () => {
    const rates: number[] = [];
    const schedule = (iteration: number) => (rates.push(iteration), iteration < 3 ? 0.01 : 0);
    const { reports } = await train({ optimizer: adam(schedule), iterations: 5 }, newModel(), [batches[0]]);
    expect(rates).toEqual([1, 2, 3, 4, 5]);
    expect(reports[4].loss).toBe(reports[3].loss);
    expect(() => adam(-1)).toThrow("adam: the learning rate must be at least 0, got -1");
    expect(() => sgd(0.1, { momentum: 1.5 })).toThrow(
      "sgd: momentum must be at least 0 and below 1, got 1.5",
    );
    expect(() => rmsprop(0.1, { decay: -1 })).toThrow(
      "rmsprop: decay must be at least 0 and below 1, got -1",
    );
    expect(() => adam(0.1, { beta1: 1 })).toThrow("adam: beta1 must be at least 0 and below 1, got 1");
  });

  it.each([
    ["tf.train.adam", () => tf.train.adam(0.01)],
    ["nn.adam", () => adam(0.01)],
    ["nn.sgd with momentum", () => sgd(0.01, { momentum: 0.9, nesterov: true })],
    ["nn.rmsprop", () => rmsprop(0.003)],
  ])("does a second fit go on with the optimiser that it is given, %s?", async (_, optimizer) => {
    const whole = await train({ optimizer: optimizer() });
    const own = optimizer();
    const model = newModel();
    await train({ optimizer: own, iterations: 4 }, model, batches.slice(0, 4));
    await train({ optimizer: own, iterations: 6 }, model, batches.slice(4));
    expect(weightsOf(model)).toEqual(weightsOf(whole.model));
  });

  it("does the event loop get a turn while it trains?", async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const model = charRnn({ vocabSize, hiddenSize: 64, rng: createRng(1) });
    await train({ iterations: 8000, yieldEvery: 8000 }, model);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
  });

  it("does yieldEvery report every n-th iteration and the last?", async () => {
    const { reports } = await train({ iterations: 10, yieldEvery: 4 });
    expect(reports.map(({ iteration }) => iteration)).toEqual([4, 8, 10]);
  });

  it("is the state carried on only where a batch goes on?", async () => {
    const going = [batchOf(fixture.tokens[0]), batchOf(fixture.tokens[1], false), batchOf(fixture.tokens[2])];
    const still = tf.train.sgd(0);
    const carried = await train({ iterations: 3, carryState: true, optimizer: still }, newModel(), going);
    const fresh = await train({ iterations: 3, optimizer: still }, newModel(), going);
    const [a, b] = [carried.reports, fresh.reports].map((reports) => reports.map(({ loss }) => loss));
    expect(a[0]).toBe(b[0]);
    expect(a[1]).not.toBe(b[1]);
    expect(a[2]).toBe(b[2]);
    const model = newModel();
    const { state } = model.evaluate(going[0]);
    expect(model.evaluate(going[1], state).loss).toBeCloseTo(a[1], 6);
  });

  it("can any model with variables and a loss be trained?", async () => {
    const w = tf.variable(tf.scalar(3));
    const zero = tf.customGrad((...[u]: (tf.Tensor | tf.GradSaveFunc)[]) => {
      const value = (u as tf.Tensor).dataSync()[0];
      return { value: tf.scalar(value * value), gradFunc: () => [tf.scalar(2 * value)] };
    });
    const model = { params: { w }, loss: () => zero(w) as tf.Scalar };
    const losses: number[] = [];
    const options = { iterations: 50, optimizer: tf.train.sgd(0.1) };
    for await (const { loss } of fit(model, [{}], options)) losses.push(loss);
    expect(losses[0]).toBeCloseTo(9, 5);
    expect(w.dataSync()[0]).toBeCloseTo(0, 3);
  });

  it("does it say why it cannot go on?", async () => {
    const ended = (function* () {
      yield* batches.slice(0, 2);
    })();
    await expect(train({}, newModel(), ended as unknown as Batch[])).rejects.toThrow(
      "fit: the batches ran out after 2 of 10 iterations and cannot be gone through again.",
    );
    await expect(train({ iterations: 0 })).rejects.toThrow(
      "fit: iterations must be a whole number of at least 1, got 0",
    );
    const model = newModel();
    model.params.by.assign(tf.fill([vocabSize], NaN));
    await expect(train({}, model)).rejects.toThrow(
      "fit: the loss is NaN at iteration 1, so training stopped",
    );
    const bare = { params: model.params, loss: model.loss };
    await expect(fit(bare, batches, { iterations: 1, carryState: true }).next()).rejects.toThrow(
      "fit: carryState needs a model with a forward method; this one has only loss",
    );
    const wrong = { iterations: 1, probe: "weights" } as unknown as FitOptions;
    await expect(fit(model, batches, wrong).next()).rejects.toThrow(
      'expected probe to be "gradients", got "weights"',
    );
  });
});
