/** Two that learn the dates: ours, and the example's own model as its source builds it from tf.layers. */
import * as tf from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import type { Kernels } from "#src/nn/kernels/module.ts";
import { PairNetwork } from "#src/nn/kernels/pair-network.ts";
import type { PairNetworkSizes } from "#src/nn/kernels/pair-sizes.ts";
import { registerUnsortedSegmentSum } from "#src/nn/layers/unsorted-segment-sum.ts";
import { firstPairWeights } from "#src/nn/models/first-pair-weights.ts";
import { createRng } from "#src/util/rng.ts";
import { type DateBatch, dateExample, DATES, exactMatch } from "./date-example.ts";

/** A model of dates, trained on one batch after the other, and asked for one date or many. */
export interface DatePeer {
  learn(batch: DateBatch): void | Promise<void>;
  /** the likeliest symbol at each of ten steps, for each row */
  convert(batch: DateBatch): ArrayLike<number>[];
}

/** Of training altogether. */
export interface Budget {
  milliseconds: number;
  steps: number;
}
export interface Learnt extends Budget {
  /** of 500 unseen dates, the share that is right in all ten symbols */
  exact: number;
}

const UNITS = 64;
const { sourceSize, vocabSize, sourceLength: S, timesteps: T, first } = DATES;

export function oursOnDates(kernels: Kernels): DatePeer {
  const sizes: PairNetworkSizes = {
    ...{ kind: "lstm", source: "tokens", sourceSize, vocabSize, dropout: 0 },
    ...{ hiddenSize: UNITS, embeddingSize: UNITS, combinedSize: UNITS },
    ...{ isBidirectional: false, attention: "dot", startCell: "h" },
  };
  const engine = new PairNetwork(kernels, sizes);
  for (const [name, { values }] of Object.entries(firstPairWeights(sizes, createRng(1))))
    engine.weight(name).set(values);
  return {
    learn(batch) {
      engine.gradients({ ...batch, mask: new Int32Array(batch.targets.length).fill(1) });
      engine.update({ name: "adam", learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 });
    },
    convert(batch) {
      const encoded = engine.encode(batch);
      const rows = Array.from({ length: batch.batchSize }, (): number[] => []);
      let { state } = encoded;
      for (let t = 0; t < T; t++) {
        const next = engine.step(
          Int32Array.from(rows, (row) => row.at(-1) ?? first),
          { ...encoded, state },
        );
        state = next.state;
        rows.forEach((row, b) => row.push(largest(next.logProbs, b * vocabSize)));
      }
      return rows;
    },
  };
}

function largest(values: Float32Array, from: number): number {
  let best = 0;
  for (let k = 1; k < vocabSize; k++) if (values[from + k]! > values[from + best]!) best = k;
  return best;
}

class LastTimestep extends layers.layers.Layer {
  static className = "LastTimestep";
  constructor() {
    super({});
    this.supportsMasking = true;
  }
  override computeOutputShape(shape: layers.Shape): layers.Shape {
    return [shape[0]!, shape[2]!];
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    return tf.squeeze(tf.gather(x, [x.shape[1]! - 1], 1), [1]);
  }
}

/** Embeddings, encoder and decoder of 64 units, dot attention, two dense layers: 78,221 weights. */
function stockModel(): layers.LayersModel {
  const { layers: make } = layers;
  const read = (inputDim: number, inputLength: number) => {
    const input = layers.input({ shape: [inputLength] });
    const options = { inputDim, inputLength, outputDim: UNITS, maskZero: true };
    return { input, embedded: make.embedding(options).apply(input) as layers.SymbolicTensor };
  };
  const [source, said] = [read(sourceSize, S), read(vocabSize, T)];
  const lstm = () => make.lstm({ units: UNITS, returnSequences: true });
  const encoded = lstm().apply(source.embedded) as layers.SymbolicTensor;
  const last = new LastTimestep().apply(encoded) as layers.SymbolicTensor;
  const decoded = lstm().apply(said.embedded, { initialState: [last, last] }) as layers.SymbolicTensor;
  const scores = make.dot({ axes: [2, 2] }).apply([decoded, encoded]);
  const alpha = make.activation({ activation: "softmax" }).apply(scores) as layers.SymbolicTensor;
  const context = make.dot({ axes: [2, 1] }).apply([alpha, encoded]) as layers.SymbolicTensor;
  const dense = (units: number, activation: "tanh" | "softmax") =>
    make.timeDistributed({ layer: make.dense({ units, activation }) });
  const combined = dense(UNITS, "tanh").apply(make.concatenate().apply([context, decoded]));
  const outputs = dense(vocabSize, "softmax").apply(combined) as layers.SymbolicTensor;
  const model = layers.model({ inputs: [source.input, said.input], outputs });
  model.compile({ loss: "categoricalCrossentropy", optimizer: "adam" });
  return model;
}

/** On the wasm backend, which trains embeddings only with our UnsortedSegmentSum. */
export function stockOnDates(): DatePeer {
  registerUnsortedSegmentSum();
  const model = stockModel();
  if (model.countParams() !== 78_221)
    throw new Error(`the example has 78,221 weights, not ${model.countParams()}`);
  const tensor = (values: Int32Array, length: number) =>
    tf.tensor2d(Float32Array.from(values), [values.length / length, length]);
  return {
    async learn({ sources, inputs, targets }) {
      const x = [tensor(sources, S), tensor(inputs, T)];
      const y = tf.tidy(() =>
        tf.reshape(tf.oneHot(tf.tensor1d(targets, "int32"), vocabSize), [-1, T, vocabSize]).toFloat(),
      );
      await model.trainOnBatch(x, y);
      tf.dispose([...x, y]);
    },
    convert: ({ batchSize: B, sources }) =>
      tf.tidy(() => {
        const x = tensor(sources, S);
        const said = new Int32Array(B * T).map((_, k) => (k % T ? 0 : first));
        const rows = Array.from({ length: B }, (): number[] => []);
        // as the example does it: the whole model once for each symbol
        for (let t = 0; t < T; t++) {
          const probs = model.predict([x, tensor(said, T)], { batchSize: B }) as tf.Tensor3D;
          const tokens = tf.argMax(probs, 2).dataSync();
          rows.forEach((row, b) => row.push(tokens[b * T + t]!));
          if (t + 1 < T) rows.forEach((row, b) => (said[b * T + t + 1] = row[t]!));
        }
        return rows;
      }),
  };
}

/** Trains for some more milliseconds or steps, whichever ends first, and asks for the 500 unseen dates. */
export function learner(peer: DatePeer): (limit: Budget) => Promise<Learnt> {
  const { batches, asked } = dateExample(1);
  const source = batches[Symbol.iterator]();
  const learnt = { steps: 0, milliseconds: 0, exact: 0 };
  return async ({ milliseconds, steps }) => {
    while (learnt.milliseconds < milliseconds && learnt.steps < steps) {
      const { value, done } = source.next();
      if (done) break;
      const start = performance.now();
      await peer.learn(value);
      learnt.milliseconds += performance.now() - start;
      learnt.steps++;
    }
    return { ...learnt, exact: exactMatch(peer.convert(asked), asked) };
  };
}
