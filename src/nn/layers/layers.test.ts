// The umbrella package registers the gradients of the plain operations that ours are compared with.
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { linearCrossEntropy } from "./linear-cross-entropy.ts";
import { simd } from "../kernels/built/simd.ts";
import { createKernels } from "../kernels/module.ts";
import { recurrentLayers, type RecurrentTensors } from "./recurrent.ts";

const [B, T, V, H] = [3, 5, 6, 7];
const rng = createRng(4);
const normal = (...shape: number[]): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 0.5 * rng.normal()),
    shape,
  );
const integers = () =>
  tf.tensor2d(
    Int32Array.from({ length: B * T }, () => rng.integer(V)),
    [B, T],
    "int32",
  );

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** The same graph in plain TensorFlow.js operations. */
function plainRnn(x: tf.Tensor, { Wx, Wh, b }: RecurrentTensors, h0: tf.Tensor): tf.Tensor {
  let h = h0;
  const states: tf.Tensor[] = [];
  for (let t = 0; t < T; t++) {
    const xt = x.slice([0, t, 0], [B, 1, -1]).reshape([B, -1]);
    h = tf.tanh(tf.add(tf.add(tf.matMul(xt, Wx), tf.matMul(h, Wh)), b));
    states.push(h);
  }
  return tf.stack(states, 1);
}

function plainLoss(h: tf.Tensor, Wy: tf.Tensor, by: tf.Tensor, targets: tf.Tensor): tf.Scalar {
  const logits = tf.add(tf.matMul(h.reshape([B * T, H]), Wy), by);
  return tf.losses.softmaxCrossEntropy(tf.oneHot(targets.reshape([B * T]), V), logits);
}

function expectClose(ours: tf.Tensor[], theirs: tf.Tensor[]): void {
  ours.forEach((tensor, k) => {
    expect(tensor.shape).toEqual(theirs[k].shape);
    const expected = theirs[k].dataSync();
    const scale = Math.max(...expected.map(Math.abs));
    tensor.dataSync().forEach((u, n) => expect(Math.abs(u - expected[n]) / scale).toBeLessThan(1e-5));
  });
}

const ENGINES = [
  ["the kernels", recurrentLayers(createKernels(simd))],
  ["plain TypeScript", recurrentLayers()],
] as const;

describe.each(ENGINES)("rnn and linearCrossEntropy, on %s", (_, { rnn, lstm, gru }) => {
  const weights = () => [normal(V, H), normal(H, H), normal(H), normal(H, V), normal(V), normal(B, H)];

  it("do their gradients equal TensorFlow.js's own, for tokens, weights and the first state?", () => {
    const [tokens, targets] = [integers(), integers()];
    const inputs = weights();
    const ours = tf.valueAndGrads((...[Wx, Wh, b, Wy, by, h0]) =>
      linearCrossEntropy(rnn(tokens, { Wx, Wh, b }, { h0 }), { Wy, by }, targets),
    )(inputs);
    const theirs = tf.valueAndGrads((...[Wx, Wh, b, Wy, by, h0]) =>
      plainLoss(plainRnn(tf.oneHot(tokens, V).toFloat(), { Wx, Wh, b }, h0), Wy, by, targets),
    )(inputs);
    expectClose([ours.value, ...ours.grads], [theirs.value, ...theirs.grads]);
  });

  it("do they for vectors?", () => {
    const targets = integers();
    const inputs = [normal(B, T, V), ...weights()];
    const ours = tf.valueAndGrads((...[x, Wx, Wh, b, Wy, by, h0]) =>
      linearCrossEntropy(rnn(x, { Wx, Wh, b }, { h0 }), { Wy, by }, targets),
    )(inputs);
    const theirs = tf.valueAndGrads((...[x, Wx, Wh, b, Wy, by, h0]) =>
      plainLoss(plainRnn(x, { Wx, Wh, b }, h0), Wy, by, targets),
    )(inputs);
    expectClose([ours.value, ...ours.grads], [theirs.value, ...theirs.grads]);
  });

  it("do they leave no tensor behind?", () => {
    const [tokens, targets] = [integers(), integers()];
    const inputs = weights();
    const run = () => {
      const { value, grads } = tf.valueAndGrads((...[Wx, Wh, b, Wy, by, h0]) =>
        linearCrossEntropy(rnn(tokens, { Wx, Wh, b }, { h0 }), { Wy, by }, targets),
      )(inputs);
      tf.dispose([value, ...grads]);
    };
    run();
    const { numTensors } = tf.memory();
    run();
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it("do they say which shape is wrong?", () => {
    const [Wx, Wh, b, Wy, by] = weights();
    expect(() => rnn(normal(B, T, 4), { Wx, Wh, b })).toThrow(
      "rnn: expected x of shape [B, T, D=6], got [3, 5, 4]",
    );
    expect(() => rnn(integers(), { Wx, Wh: Wx, b })).toThrow(
      "rnn: expected Wh of shape [H=7, H=7], got [6, 7]",
    );
    const h = rnn(integers(), { Wx, Wh, b });
    expect(() => linearCrossEntropy(h, { Wy, by }, by)).toThrow(
      "linearCrossEntropy: expected targets of shape [B=3, T=5], got [6]",
    );
  });

  it("do the gradients of lstm and gru follow the loss, through states, vectors and weights?", () => {
    const D = 4;
    const run = (name: "lstm" | "gru" | "gru after", G: number) => {
      const inputs = [
        normal(B, T, D),
        normal(D, G * H),
        normal(H, G * H),
        normal(G * H),
        normal(B, H),
        normal(H),
      ];
      const to = normal(B, T, H);
      const f = (...[x, Wx, Wh, b, h0, bhn]: tf.Tensor[]): tf.Scalar => {
        const options = {
          h0,
          c0: h0,
          reset: name === "gru after" ? ("after" as const) : ("before" as const),
        };
        const bias = name === "gru after" ? { bhn } : {};
        const h = (name === "lstm" ? lstm : gru)(x, { Wx, Wh, b, ...bias }, options);
        return tf.sum(tf.mul(h, to)) as tf.Scalar;
      };
      const used = name === "gru after" ? inputs : inputs.slice(0, 5);
      const gradients = tf.grads(f)(used);
      used.forEach((u, k) => {
        const du = gradients[k]!;
        const length = Math.sqrt(tf.sum(tf.square(du)).dataSync<"float32">()[0]!);
        const along = (by: number) =>
          f(
            ...used.map((v, n) => (n === k ? tf.add(v, tf.mul(du, by / length)) : v)),
          ).dataSync<"float32">()[0]!;
        expect(
          (along(0.01) - along(-0.01)) / (0.02 * length),
          `${name}, input ${k} of shape [${u.shape}]`,
        ).toBeCloseTo(1, 2);
      });
    };
    run("lstm", 4);
    run("gru", 3);
    run("gru after", 3);
  });

  it("do they refuse a token that is no row of Wx, before anything is computed?", () => {
    const [Wx, Wh, b] = weights();
    const tokens = tf.tensor2d([[0, 6]], [1, 2], "int32");
    expect(() => rnn(tokens, { Wx, Wh, b })).toThrow("rnn: expected tokens of 0 … 5, got 6 at row 0, step 1");
  });
});
