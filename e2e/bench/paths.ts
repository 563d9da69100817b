/** What the ways to our kernels cost: `nn.fit` over the fused engine, and TensorFlow.js's gradients of a model's loss. */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import type { Kernels } from "#src/nn/kernels/module.ts";
import type { Batch } from "#src/nn/model.ts";
import { charModels } from "#src/nn/models/char-rnn.ts";
import { fit } from "#src/nn/train/fit.ts";
import { adam } from "#src/nn/train/optimizers.ts";
import { createRng } from "#src/util/rng.ts";
import type { Config } from "./training.ts";

/** As a lesson reports: every tenth iteration. */
const REPORT_EVERY = 10;
const ITERATIONS = 50;

/** Gives how many iterations a call made. */
export async function path(kernels: Kernels, config: Config, batch: Batch): Promise<() => unknown> {
  await tf.setBackend("cpu"); // as in the page, where our operations work on their own memory
  const { vocabSize, hiddenSize } = config;
  const model = charModels(kernels).charLstm({ vocabSize, hiddenSize, rng: createRng(2) });
  if (config.model === "tensors")
    return () =>
      tf.tidy(() => {
        const { value, grads } = tf.variableGrads(() => model.loss(batch), Object.values(model.params));
        for (const gradient of Object.values(grads)) gradient.dataSync();
        return void value.dataSync();
      });
  const optimizer = adam(1e-3);
  const options = { iterations: ITERATIONS, clipNorm: 5, optimizer, yieldEvery: REPORT_EVERY };
  return async () => {
    for await (const { loss } of fit(model, [batch], options)) if (!(loss > 0)) throw new Error("no loss");
    return ITERATIONS;
  };
}
