/** In a worker of the browser: one peer after the other trains the same model for a slice of time. */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";
import * as layers from "@tensorflow/tfjs-layers";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { languageModelKernel } from "#src/nn/kernels/fused-language-model.ts";
import { relaxed } from "#src/nn/kernels/built/relaxed.ts";
import { simd } from "#src/nn/kernels/built/simd.ts";
import { createKernels, type KernelModule } from "#src/nn/kernels/module.ts";
import type { RecurrentKind } from "#src/nn/kernels/recurrent.ts";
import { createRng } from "#src/util/rng.ts";
import { type DateBatch, dateExample, EXAMPLE, RELAXED } from "./date-example.ts";
import { type Budget, type DatePeer, learner, oursOnDates, stockOnDates } from "./date-peers.ts";
import { path } from "./paths.ts";
import { oursPairs, tfjsPairs } from "./pair-peers.ts";
import type { Config } from "./training.ts";

const ADAM = {
  name: "adam" as const,
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  clipNorm: 5,
};
const KINDS: Record<string, RecurrentKind> = {
  ...{ rnn: "rnn", gru: "gru-after", lstm: "lstm", fit: "lstm", tensors: "lstm" },
};
/** Models of pairs have peers of their own. */
const isPairs = ({ model }: Config) => !(model in KINDS);

interface Message extends Budget {
  config: Config;
  /** who learns */
  who: string;
}
type Iteration = () => unknown;

function tokens({ batchSize: B, timesteps: T, vocabSize: V }: Config) {
  const rng = createRng(1);
  const draw = () => Int32Array.from({ length: B * T }, () => rng.integer(V));
  return { inputs: draw(), targets: draw() };
}

function ours(module: KernelModule, config: Config): Iteration {
  if (config.model === "convert") return converting(oursOnDates(createKernels(module)!));
  if (isPairs(config)) return oursPairs(createKernels(module)!, config);
  const sizes = { kind: KINDS[config.model]!, vocabSize: config.vocabSize, hiddenSize: config.hiddenSize };
  const engine = languageModelKernel(createKernels(module)!, sizes);
  const rng = createRng(2);
  for (const name of engine.names) engine.weight(name).forEach((_, k, all) => (all[k] = 0.1 * rng.normal()));
  const batch = { batchSize: config.batchSize, timesteps: config.timesteps, ...tokens(config) };
  return () => {
    engine.gradients(batch);
    if (config.model !== "tensors") engine.update(ADAM);
  };
}

function pathTo(config: Config): Promise<Iteration> {
  const size = { batchSize: config.batchSize, timesteps: config.timesteps };
  return path(createKernels(simd)!, config, { ...size, ...tokens(config) });
}

/** One date that was not trained on, from the letters to the ten symbols. */
function converting(peer: DatePeer): Iteration {
  const { asked } = dateExample(1);
  const one = (values: Int32Array, length: number) => values.slice(0, length);
  const date: DateBatch = {
    ...{ batchSize: 1, sourceLength: asked.sourceLength, timesteps: asked.timesteps },
    ...{ sources: one(asked.sources, 12), sourceMask: one(asked.sourceMask, 12) },
    ...{ inputs: one(asked.inputs, 10), targets: one(asked.targets, 10) },
  };
  return () => peer.convert(date);
}

async function useWasm(): Promise<void> {
  setWasmPaths("/");
  await tf.setBackend("wasm");
}

/** The example's own model: one batch of it, or one date with the whole model for each symbol. */
async function stock({ model }: Config): Promise<Iteration> {
  await useWasm();
  const peer = stockOnDates();
  if (model === "convert") return converting(peer);
  const [batch] = dateExample(1).batches;
  return () => peer.learn(batch!);
}

const learners: Record<string, ReturnType<typeof learner>> = {};

async function learn({ who, ...budget }: Message): Promise<unknown> {
  if (who === EXAMPLE) await useWasm();
  const peer = () => (who === EXAMPLE ? stockOnDates() : oursOnDates(createKernels(relaxed)!));
  return (learners[who] ??= learner(peer()))(budget);
}

/** What tf.layers offers for the same: one-hot inputs, the layer, a dense layer, cross-entropy, Adam (it has no clipping). */
async function tfLayers(config: Config): Promise<Iteration> {
  const { batchSize: B, timesteps: T, vocabSize: V, hiddenSize: units } = config;
  await useWasm();
  if (isPairs(config)) return tfjsPairs(config);
  const recurrent: Record<string, () => Parameters<layers.Sequential["add"]>[0]> = {
    rnn: () => layers.layers.simpleRNN({ units, returnSequences: true, inputShape: [T, V] }),
    gru: () =>
      layers.layers.gru({ units, returnSequences: true, recurrentActivation: "sigmoid", inputShape: [T, V] }),
    lstm: () =>
      layers.layers.lstm({
        units,
        returnSequences: true,
        recurrentActivation: "sigmoid",
        inputShape: [T, V],
      }),
  };
  const model = layers.sequential({
    layers: [recurrent[config.model]!(), layers.layers.dense({ units: V })],
  });
  const { inputs, targets } = tokens(config);
  const oneHot = (ids: Int32Array) =>
    tf.tidy(() => tf.oneHot(tf.tensor2d(ids, [B, T], "int32"), V).toFloat());
  const [x, y] = [oneHot(inputs), oneHot(targets)];
  const optimizer = tf.train.adam(1e-3);
  return () =>
    tf.tidy(() => {
      const lossOf = () =>
        tf.losses.softmaxCrossEntropy(y, model.apply(x, { training: true }) as tf.Tensor) as tf.Scalar;
      optimizer.minimize(lossOf, true)!.dataSync();
    });
}

/** How fast this core multiplies at its best in the same build, in GFLOP/s. */
function peak(module: KernelModule): number {
  const { take, run } = createKernels(module)!;
  const [A, B, C] = [take(32 * 128), take(128 * 8), take(32 * 8)];
  const product = (times: number) => run.productPeak(A, B, C, 32, 128, times);
  product(2000);
  const start = performance.now();
  product(20_000);
  return (20_000 * 2 * 32 * 8 * 128) / (performance.now() - start) / 1e6;
}

let iterate: Iteration = () => undefined;

const acts: Record<string, (message: Message) => unknown> = {
  [RELAXED]: ({ config }) => void (iterate = ours(relaxed, config)),
  simd: ({ config }) => void (iterate = ours(simd, config)),
  "tfjs-wasm layers": async ({ config }) => void (iterate = await tfLayers(config)),
  path: async ({ config }) => void (iterate = await pathTo(config)),
  [EXAMPLE]: async ({ config }) => void (iterate = await stock(config)),
  learn,
  peak: () => ({ relaxed: peak(relaxed), simd: peak(simd) }),
  async slice({ milliseconds }) {
    const start = performance.now();
    let count = 0;
    while (count < 2 || performance.now() - start < milliseconds) {
      const pending = iterate();
      const made = pending instanceof Promise ? await pending : pending;
      count += typeof made === "number" ? made : 1;
    }
    return (performance.now() - start) / count;
  },
};

self.onmessage = async ({ data }: MessageEvent<Message & { act: string }>) => {
  try {
    self.postMessage({ value: await acts[data.act]!(data) });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
