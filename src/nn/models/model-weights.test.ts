import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { saveWeights } from "../weights-file.ts";
import { simd } from "../kernels/built/simd.ts";
import { createKernels } from "../kernels/module.ts";
import { charModels } from "./char-rnn.ts";
import { loadModel, saveModel } from "./model-weights.ts";

const { charLstm } = charModels(createKernels(simd));
const make = (seed: number, hiddenSize = 5) => charLstm({ vocabSize: 4, hiddenSize, rng: createRng(seed) });
const batch = {
  ...{ batchSize: 1, timesteps: 3 },
  ...{ inputs: Int32Array.of(0, 1, 2), targets: Int32Array.of(1, 2, 3) },
};

describe("saveModel and loadModel", () => {
  beforeAll(async () => void (await tf.setBackend("cpu")));

  it("does another model say the same with the weights of the first, from bytes and from base64?", () => {
    const [one, other, third] = [make(1), make(2), make(3)];
    const file = saveModel(one, { seed: "1" });
    const { loss } = one.evaluate(batch);
    expect(other.evaluate(batch).loss).not.toBe(loss);
    const before = tf.memory().numTensors;
    expect(loadModel(other, file)).toEqual({ seed: "1" });
    loadModel(third, Buffer.from(file).toString("base64"));
    expect(tf.memory().numTensors).toBe(before);
    expect(other.evaluate(batch).loss).toBe(loss);
    expect(third.evaluate(batch).loss).toBe(loss);
  });

  it("does a file that does not fit leave the model as it was, and say why?", () => {
    const model = make(1);
    const { loss } = model.evaluate(batch);
    const file = saveModel(make(2));
    const broken = saveModel(make(2));
    const Wy = make(2).params.Wy;
    expect(() => loadModel(model, saveModel(make(2, 6)))).toThrow(
      "weights file: Wx has shape [4, 24], this model expects [4, 20]",
    );
    expect(() => loadModel(model, file.subarray(0, 300))).toThrow("weights file: it is truncated");
    expect(() => loadModel(model, "no, a file!")).toThrow("weights file: it is neither bytes nor base64");
    expect(() =>
      loadModel(model, saveWeights({ Wy: { shape: Wy.shape, data: Wy.dataSync<"float32">() } })),
    ).toThrow("weights file: Wx is missing");
    new DataView(broken.buffer).setFloat32(broken.length - 4, NaN, true);
    expect(() => loadModel(model, broken)).toThrow("has entries that are no numbers");
    expect(model.evaluate(batch).loss).toBe(loss);
  });
});
