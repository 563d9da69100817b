import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import { hello } from "#src/data/hello.ts";
import { createRng } from "#src/util/rng.ts";
import { generate, nextProbabilities } from "../decode/generate.ts";
import { bitsPerCharacter, crossEntropy, perplexity } from "../metrics/cross-entropy.ts";
import type { Batch } from "../model.ts";
import { spectralRadius } from "../ref/spectral.ts";
import { fit } from "../train/fit.ts";
import { simd } from "../kernels/built/simd.ts";
import { createKernels } from "../kernels/module.ts";
import { type CharModel, charModels, type CharRnnOptions } from "./char-rnn.ts";

const { charRnn, charLstm, charGru } = charModels(createKernels(simd));
const { vocabulary } = hello;
const ids = vocabulary.encode("hello");
const batch: Batch = { batchSize: 1, timesteps: 4, inputs: ids.slice(0, 4), targets: ids.slice(1) };
const newModel = (options: Partial<CharRnnOptions> = {}) =>
  charRnn({ vocabSize: 4, hiddenSize: 8, rng: createRng(1), ...options });

beforeAll(async () => {
  await tf.setBackend("cpu");
});

describe("charRnn", () => {
  it("does it learn to spell hello, and write it back?", async () => {
    const model = newModel();
    const losses: number[] = [];
    for await (const { loss } of fit(model, [batch], { iterations: 100 })) losses.push(loss);
    expect(losses.at(-1)).toBeLessThan(0.1);
    expect(generate(model, { vocabulary, prompt: "h", length: 4, temperature: 0 })).toBe("ello");
    const [first] = nextProbabilities(model, { vocabulary, prompt: "hel" });
    expect(first.character).toBe("l");
    expect(first.probability).toBeGreaterThan(0.9);
  });

  it("do step, evaluate and loss agree?", () => {
    const model = newModel();
    let state = model.initialState(1);
    let sum = 0;
    for (let t = 0; t < 4; t++) {
      const next = model.step(ids.slice(t, t + 1), state);
      sum -= next.logProbs[ids[t + 1]];
      state = next.state;
    }
    const { loss, kept, state: last } = model.evaluate(batch);
    expect(kept).toBe(4);
    expect(sum / 4).toBeCloseTo(loss, 6);
    expect([...last.h]).toEqual([...state.h].map((u) => expect.closeTo(u, 6)));
    expect(tf.tidy(() => model.loss(batch).dataSync()[0])).toBeCloseTo(loss, 6);
  });

  it("does the gradient of the last step's loss reach earlier steps the less, the smaller the radius?", () => {
    const long: Batch = {
      batchSize: 1,
      timesteps: 20,
      inputs: new Int32Array(20),
      targets: new Int32Array(20),
    };
    const share = (recurrentRadius: number) => {
      const model = newModel({ recurrentRadius, activation: "identity" });
      const { norms } = model.gradientsByStep(long, { of: "last" });
      return norms[0] / norms[19];
    };
    expect(share(0.5)).toBeCloseTo(0.5 ** 19, 9);
    expect(share(1)).toBeCloseTo(1, 5);
  });

  it.each(["orthogonal", "glorot", "identity"] as const)(
    "does Wh start %s, the same for the same seed?",
    (initial) => {
      const [one, two] = [newModel({ initial }), newModel({ initial })];
      expect(one.params.Wh.dataSync()).toEqual(two.params.Wh.dataSync());
      const scaled = newModel({ initial, recurrentRadius: 0.7 });
      expect(spectralRadius(scaled.params.Wh.dataSync() as Float32Array)).toBeCloseTo(0.7, 5);
    },
  );

  it("does dispose free its weights?", () => {
    const { numTensors } = tf.memory();
    newModel().dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it("does it say which option is wrong?", () => {
    expect(() => newModel({ hiddenSize: 2.5 })).toThrow(
      "charRnn: hiddenSize must be a whole number of at least 1, got 2.5",
    );
    expect(() => newModel({ activation: "gelu" as never })).toThrow(
      'charRnn: expected activation to be one of "tanh", "relu", "identity", "sigmoid", got "gelu"',
    );
    expect(() => newModel({ initial: "zeros" as never })).toThrow(
      'one of "orthogonal", "identity", "glorot"',
    );
    expect(() => charRnn({ vocabSize: 4, hiddenSize: 4 } as never)).toThrow("charRnn: an rng is needed");
  });
});

type Make = (options: CharRnnOptions) => CharModel;
const plain = charModels();
const AFTER = { reset: "after" } as const;
const MAKERS: [string, Make, Make][] = [
  ["charRnn", charRnn, plain.charRnn],
  ["charLstm", charLstm, plain.charLstm],
  ["charGru", charGru, plain.charGru],
  [
    "charGru, reset after",
    (own) => charGru({ ...own, ...AFTER }),
    (own) => plain.charGru({ ...own, ...AFTER }),
  ],
];

describe.each(MAKERS)("%s", (_, make, makePlain) => {
  const options = { vocabSize: 4, hiddenSize: 6, rng: createRng(3) };

  it("does tf.grad give the gradient that moves the loss?", () => {
    const model = make(options);
    const { value, grads } = tf.variableGrads(() => model.loss(batch), Object.values(model.params));
    for (const variable of Object.values(model.params)) {
      const du = grads[variable.name].dataSync<"float32">();
      const start = variable.dataSync<"float32">().slice();
      // a step of 1e-2 along the gradient changes the loss by 1e-2 ‖gradient‖², to first order
      const squared = du.reduce((sum, u) => sum + u * u, 0);
      if (squared < 1e-6) continue;
      const by = 1e-2 / Math.sqrt(squared);
      const at = (sign: number) => {
        variable.assign(
          tf.tensor(
            start.map((w, k) => w + sign * by * du[k]),
            variable.shape,
          ),
        );
        return model.evaluate(batch).loss;
      };
      expect((at(1) - at(-1)) / (2 * by * squared)).toBeCloseTo(1, 2);
      variable.assign(tf.tensor(start, variable.shape));
    }
    expect(value.dataSync()[0]).toBeCloseTo(model.evaluate(batch).loss, 6);
  });

  it("does it learn hello alike on the kernels and in plain TypeScript?", async () => {
    const losses = async (model: CharModel) => {
      const all: number[] = [];
      for await (const { loss } of fit(model, [batch], { iterations: 40, clipNorm: 1 })) all.push(loss);
      return all;
    };
    const ours = await losses(make({ ...options, rng: createRng(5) }));
    const theirs = await losses(makePlain({ ...options, rng: createRng(5) }));
    ours.forEach((loss, k) => expect(loss).toBeCloseTo(theirs[k], 3));
    expect(ours.at(-1)).toBeLessThan(0.6 * ours[0]);
  });

  it("does a weight that the reader assigns count at once, and does a copy of one stay as it was?", async () => {
    const model = make(options);
    const before = model.evaluate(batch).loss;
    const copy = model.params.Wy.clone();
    const kept = [...copy.dataSync()];
    for await (const { loss } of fit(model, [batch], { iterations: 3 })) expect(loss).toBeGreaterThan(0);
    expect([...copy.dataSync()]).toEqual(kept);
    expect(model.evaluate(batch).loss).toBeLessThan(before);
    model.params.Wy.assign(tf.zeros(model.params.Wy.shape));
    model.params.by.assign(tf.zeros(model.params.by.shape));
    expect(perplexity(model.evaluate(batch).loss)).toBeCloseTo(4, 4);
  });
});

describe("metrics", () => {
  it("is the perplexity of a uniform model its vocabulary size?", () => {
    const model = newModel();
    model.params.Wy.assign(tf.zeros([8, 4]));
    const loss = crossEntropy(model, [batch, batch]);
    expect(perplexity(loss)).toBeCloseTo(4, 5);
    expect(bitsPerCharacter(loss)).toBeCloseTo(2, 5);
  });

  it("does the mean count tokens, and does a batch that goes on start with the state before?", () => {
    const model = newModel();
    const half = (from: number, isStart: boolean): Batch => ({
      ...{ batchSize: 1, timesteps: 2, isStart },
      ...{ inputs: ids.slice(from, from + 2), targets: ids.slice(from + 1, from + 3) },
    });
    const whole = crossEntropy(model, [batch]);
    expect(crossEntropy(model, [half(0, true), half(2, false)])).toBeCloseTo(whole, 6);
    expect(crossEntropy(model, [half(0, true), half(2, true)])).not.toBeCloseTo(whole, 6);
    expect(() => crossEntropy(model, [])).toThrow("crossEntropy: expected at least one batch, got none");
  });
});

describe("generate", () => {
  it("does the same seed write the same text, and the prompt stay out of it?", () => {
    const model = newModel();
    const write = (seed: number) =>
      generate(model, { vocabulary, prompt: "he", length: 30, temperature: 1.5, rng: createRng(seed) });
    expect(write(1)).toBe(write(1));
    expect(write(1)).not.toBe(write(2));
    expect(write(1)).toHaveLength(30);
    expect(generate(model, { vocabulary, prompt: "h", length: 0, temperature: 0 })).toBe("");
  });

  it("does it say what is missing?", () => {
    const model = newModel();
    const rng = createRng(1);
    expect(() => generate(model, { vocabulary, prompt: "", length: 3, rng })).toThrow(
      "generate: the prompt is empty. Give the model at least one character to go on from.",
    );
    expect(() => generate(model, { vocabulary, prompt: "h", length: 3 })).toThrow(
      "generate: an rng is needed unless temperature is 0",
    );
    expect(() => generate(model, { vocabulary, prompt: "hi", length: 3, rng })).toThrow(
      'the character "i" (U+0069) at position 1 is not one of the 4 characters of this vocabulary',
    );
    const other = charRnn({ vocabSize: 5, hiddenSize: 2, rng });
    expect(() => generate(other, { vocabulary, prompt: "h", length: 3, rng })).toThrow(
      "the model knows 5 characters, the vocabulary has 4",
    );
  });
});
