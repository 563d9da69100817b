/** Encoder and decoder with attention: the network of TensorFlow.js's date example, 78,221 weights, trained and asked for tokens. */
import * as tf from "@tensorflow/tfjs-core";
import { registerUnsortedSegmentSum } from "#src/nn/layers/unsorted-segment-sum.ts";
import type { Kernels } from "#src/nn/kernels/module.ts";
import { PairNetwork } from "#src/nn/kernels/pair-network.ts";
import { createRng } from "#src/util/rng.ts";
import type { Config } from "./training.ts";

const ADAM = { name: "adam" as const, learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
/** sizes of the example: letters read, symbols said */
const [SOURCE_SIZE, SAID] = [35, 13];

const batchOf = ({ batchSize: B, sourceLength: S = 12, timesteps: T }: Config) => {
  const rng = createRng(1);
  const draw = (n: number, below: number) => Int32Array.from({ length: n }, () => rng.integer(below));
  const [inputs, targets] = [draw(B * T, SAID), draw(B * T, SAID)];
  return { batchSize: B, sourceLength: S, timesteps: T, sources: draw(B * S, SOURCE_SIZE), inputs, targets };
};

export function oursPairs(kernels: Kernels, config: Config): () => void {
  const H = config.hiddenSize;
  const engine = new PairNetwork(kernels, {
    ...{ kind: "lstm", source: "tokens", sourceSize: SOURCE_SIZE, vocabSize: SAID, dropout: 0 },
    ...{ hiddenSize: H, embeddingSize: H, combinedSize: H },
    ...{ isBidirectional: false, attention: "dot", startCell: "h" },
  });
  const rng = createRng(2);
  for (const name of engine.names) engine.weight(name).forEach((_, k, all) => (all[k] = 0.1 * rng.normal()));
  const batch = batchOf(config);
  if (config.model === "seq2seq")
    return () => {
      engine.gradients(batch);
      engine.update(ADAM);
    };
  const encoded = engine.encode(batch);
  let { state } = encoded;
  const tokens = batch.inputs.slice(0, config.batchSize);
  return () => {
    const next = engine.step(tokens, { ...encoded, state });
    state = next.state;
    next.logProbs.forEach((value, k) => {
      const row = Math.floor(k / SAID);
      if (value > next.logProbs[row * SAID + tokens[row]!]!) tokens[row] = k % SAID;
    });
  };
}

interface Weights {
  encoder: [E: tf.Variable, W: tf.Variable, b: tf.Variable];
  decoder: [E: tf.Variable, W: tf.Variable, b: tf.Variable];
  Wc: tf.Variable;
  bc: tf.Variable;
  Wy: tf.Variable;
  by: tf.Variable;
}

function weightsOf(H: number): Weights {
  const variable = (...shape: number[]) => tf.variable(tf.randomNormal(shape, 0, 0.1, "float32", 1));
  const lstm = (V: number): Weights["encoder"] => [variable(V, H), variable(2 * H, 4 * H), variable(4 * H)];
  return {
    ...{ encoder: lstm(SOURCE_SIZE), decoder: lstm(SAID) },
    ...{ Wc: variable(2 * H, H), bc: variable(H), Wy: variable(H, SAID), by: variable(SAID) },
  };
}

/** One LSTM step with one product for all gates: the least that operations of TensorFlow.js can do it with. */
function step([h, c]: tf.Tensor2D[], x: tf.Tensor2D, [, W, b]: Weights["encoder"]): tf.Tensor2D[] {
  const pre = tf.add(tf.matMul(tf.concat([x, h!], 1), W as tf.Tensor2D), b);
  const [i, f, g, o] = tf.split(pre, 4, 1);
  const cell = tf.add(tf.mul(tf.sigmoid(f!), c!), tf.mul(tf.sigmoid(i!), tf.tanh(g!)));
  return [tf.mul(tf.sigmoid(o!), tf.tanh(cell)), cell] as tf.Tensor2D[];
}

/** Every output [B,T,H] and the last states. */
function layer(tokens: tf.Tensor2D, weights: Weights["encoder"], first: tf.Tensor2D[]) {
  const x = tf.unstack(tf.gather(weights[0], tokens), 1) as tf.Tensor2D[];
  let states = first;
  const h = x.map((xt) => (states = step(states, xt, weights))[0]!);
  return { h: tf.stack(h, 1) as tf.Tensor3D, states };
}

function logitsOf(h: tf.Tensor3D, encoded: tf.Tensor3D, { Wc, bc, Wy, by }: Weights): tf.Tensor2D {
  const H = h.shape[2];
  const alpha = tf.softmax(tf.matMul(h, encoded, false, true));
  const both = tf.reshape(tf.concat([tf.matMul(alpha, encoded), h], 2), [-1, 2 * H]) as tf.Tensor2D;
  const combined = tf.tanh(tf.add(tf.matMul(both, Wc as tf.Tensor2D), bc)) as tf.Tensor2D;
  return tf.add(tf.matMul(combined, Wy as tf.Tensor2D), by);
}

/** On the wasm backend, which needs our UnsortedSegmentSum to train embeddings. */
export function tfjsPairs(config: Config): () => void {
  registerUnsortedSegmentSum();
  const { batchSize: B, timesteps: T, sourceLength: S = 12, hiddenSize: H } = config;
  const weights = weightsOf(H);
  const batch = batchOf(config);
  const zeros = tf.zeros([B, H]) as tf.Tensor2D;
  const sources = tf.tensor2d(batch.sources as Int32Array, [B, S], "int32");
  const inputs = tf.tensor2d(batch.inputs, [B, T], "int32");
  if (config.model === "seq2seq") {
    const y = tf.oneHot(tf.tensor1d(batch.targets, "int32"), SAID).toFloat();
    const optimizer = tf.train.adam(1e-3);
    return () =>
      tf.tidy(() => {
        const lossOf = () => {
          const encoder = layer(sources, weights.encoder, [zeros, zeros]);
          const first = encoder.states[0]!;
          const decoder = layer(inputs, weights.decoder, [first, first]);
          return tf.losses.softmaxCrossEntropy(y, logitsOf(decoder.h, encoder.h, weights)) as tf.Scalar;
        };
        optimizer.minimize(lossOf, true)!.dataSync();
      });
  }
  const encoder = layer(sources, weights.encoder, [zeros, zeros]);
  let states = encoder.states.map((state) => tf.keep(state));
  let tokens = batch.inputs.slice(0, B);
  return () => {
    const next = tf.tidy(() => {
      const decoder = layer(tf.tensor2d(tokens, [B, 1], "int32"), weights.decoder, states);
      tokens = tf
        .argMax(logitsOf(decoder.h, encoder.h, weights), 1)
        .dataSync<"int32">()
        .slice();
      return decoder.states;
    });
    tf.dispose(states);
    states = next.map((state) => tf.keep(state));
  };
}
