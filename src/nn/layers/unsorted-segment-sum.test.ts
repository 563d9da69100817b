import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { registerUnsortedSegmentSum } from "./unsorted-segment-sum.ts";

const folder = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));

async function gradientOn(backend: string): Promise<number[]> {
  await tf.setBackend(backend);
  return tf.tidy(() => {
    const E = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
    const tokens = tf.tensor1d([2, 0, 2, 2], "int32");
    const grad = tf.grad((table: tf.Tensor) => tf.sum(tf.square(tf.gather(table, tokens))));
    return [...grad(E).dataSync()];
  });
}

describe("registerUnsortedSegmentSum", () => {
  beforeAll(() => setWasmPaths(`${folder}/`));

  it("does a gather on the wasm backend have the gradient that it has on cpu?", async () => {
    const expected = await gradientOn("cpu");
    await tf.setBackend("wasm");
    registerUnsortedSegmentSum();
    registerUnsortedSegmentSum();
    expect(await gradientOn("wasm")).toEqual(expected);
    expect(expected).toEqual([2, 4, 0, 0, 30, 36]);
  });
});
