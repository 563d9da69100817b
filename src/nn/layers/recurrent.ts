import * as tf from "@tensorflow/tfjs-core";
import { assertShape } from "#src/util/shape.ts";
import type { Kernels } from "../kernels/module.ts";
import {
  gatesOf,
  type RecurrentKind,
  recurrentKernel,
  type RecurrentSizes,
  type WeightPlaces,
} from "../kernels/recurrent.ts";
import type { Activation } from "../ref/activation.ts";
import type { GruReset } from "../ref/gru.ts";
import { gruBackward, gruForward } from "../ref/gru-sequence.ts";
import { lstmBackward, lstmForward } from "../ref/lstm-sequence.ts";
import { rnnBackward, rnnForward, type SequenceInput } from "../ref/rnn-sequence.ts";

/** Weights as tensors: Wx [D,G·H], Wh [H,G·H], b [G·H], gates packed; bhn [H] only for a GRU with reset after. */
export interface RecurrentTensors {
  Wx: tf.Tensor;
  Wh: tf.Tensor;
  b: tf.Tensor;
  bhn?: tf.Tensor;
}

export interface RecurrentOptions {
  /** [B,H], default zeros */
  h0?: tf.Tensor;
  /** [B,H], of an LSTM; needs h0 */
  c0?: tf.Tensor;
}

/** Whole sequences as TensorFlow.js operations with gradients: tokens int32 [B,T] or vectors [B,T,D] → every h, [B,T,H]. */
export interface RecurrentLayers {
  /** h_t = φ(x_t Wx + h_(t−1) Wh + b); default activation tanh. */
  rnn(
    input: tf.Tensor,
    params: RecurrentTensors,
    options?: RecurrentOptions & { activation?: Activation },
  ): tf.Tensor3D;
  /** Gates i f g o: c_t = f ⊙ c_(t−1) + i ⊙ g, h_t = o ⊙ tanh(c_t). */
  lstm(input: tf.Tensor, params: RecurrentTensors, options?: RecurrentOptions): tf.Tensor3D;
  /** Gates r z n: h_t = (1 − z) ⊙ n + z ⊙ h_(t−1); default reset: before the product. */
  gru(
    input: tf.Tensor,
    params: RecurrentTensors,
    options?: RecurrentOptions & { reset?: GruReset },
  ): tf.Tensor3D;
}

type Arrays = Record<string, Float32Array>;

/** What one call computes with: numbers by name, and the sizes. */
interface Call {
  sizes: RecurrentSizes;
  input: Int32Array | Float32Array;
  weights: Arrays;
  first?: { h0: Float32Array; c0: Float32Array };
}

/** From dh [B,T,H] to gradients by name; null asks for the states only. */
type Engine = (call: Call, dh: Float32Array | null) => { h: Float32Array; gradients: Arrays };

/** On the fused kernels when there are any, else in plain TypeScript. */
export function recurrentLayers(kernels?: Kernels): RecurrentLayers {
  const engine: Engine = kernels ? (call, dh) => onKernels(kernels, call, dh) : onRef;
  return {
    rnn: (input, params, { activation, ...first } = {}) =>
      layer(engine, { kind: "rnn", activation }, input, { params, first }),
    lstm: (input, params, first = {}) => layer(engine, { kind: "lstm" }, input, { params, first }),
    gru: (input, params, { reset = "before", ...first } = {}) =>
      layer(engine, { kind: reset === "after" ? "gru-after" : "gru-before" }, input, { params, first }),
  };
}

interface Given {
  params: RecurrentTensors;
  first: RecurrentOptions;
}

function layer(
  engine: Engine,
  { kind, activation }: { kind: RecurrentKind; activation?: Activation },
  input: tf.Tensor,
  { params, first: { h0, c0 } }: Given,
): tf.Tensor3D {
  const name = kind.replace(/-.*/, "");
  const sizes = sizesOf(name, kind, input, params);
  const { batchSize: B, timesteps: T, hiddenSize: H } = sizes;
  for (const [label, tensor] of Object.entries({ h0, c0 }))
    if (tensor) assertShape(name, label, tensor.shape, [{ B }, { H }]);
  const named: Record<string, tf.Tensor> = {
    ...{ Wx: params.Wx, Wh: params.Wh, b: params.b },
    ...(kind === "gru-after" ? { bhn: params.bhn ?? tf.zeros([H]) } : {}),
    ...(h0 ? { h0 } : {}),
    ...(h0 && c0 && kind === "lstm" ? { c0 } : {}),
    ...(sizes.reads === "vectors" ? { x: input } : {}),
  };
  const call = (): Call => {
    const weights = Object.fromEntries(
      ["Wx", "Wh", "b", "bhn"].flatMap((key) => (named[key] ? [[key, floats(named[key])]] : [])),
    );
    const zeros = new Float32Array(B * H);
    const first = h0 && { h0: floats(h0), c0: c0 ? floats(c0) : zeros };
    const numbers = sizes.reads === "tokens" ? input.dataSync<"int32">() : floats(input);
    return { sizes: { ...sizes, activation, hasFirst: first !== undefined }, input: numbers, weights, first };
  };
  const op = tf.customGrad(() => {
    const value = tf.tensor(engine(call(), null).h, [B, T, H]);
    // The states are computed again on the way back: nothing has to be kept for a gradient that nobody may ask for.
    const gradFunc = (dh: tf.Tensor) => {
      const { gradients } = engine(call(), floats(dh));
      return Object.entries(named).map(([key, tensor]) => tf.tensor(gradients[`d${key}`], tensor.shape));
    };
    return { value, gradFunc };
  });
  return op(...Object.values(named)) as tf.Tensor3D;
}

function sizesOf(
  name: string,
  kind: RecurrentKind,
  input: tf.Tensor,
  { Wx, Wh, b, bhn }: RecurrentTensors,
): RecurrentSizes {
  const G = gatesOf(kind);
  const H = b.size / G;
  const inputSize = Wx.shape[0];
  const reads = input.dtype === "int32" ? "tokens" : "vectors";
  if (reads === "tokens") assertShape(name, "tokens", input.shape, ["B", "T"]);
  else assertShape(name, "x", input.shape, ["B", "T", { D: inputSize }]);
  const columns = { [G === 1 ? "H" : `${G}H`]: G * H };
  assertShape(name, "Wx", Wx.shape, ["D", columns]);
  assertShape(name, "Wh", Wh.shape, [{ H }, columns]);
  if (kind === "gru-after" && bhn) assertShape(name, "bhn", bhn.shape, [{ H }]);
  const [batchSize, timesteps] = input.shape as [number, number];
  if (reads === "tokens") assertTokens(name, input.dataSync<"int32">(), { V: inputSize, T: timesteps });
  return { kind, batchSize, timesteps, inputSize, hiddenSize: H, reads };
}

function assertTokens(name: string, tokens: Int32Array, { V, T }: { V: number; T: number }): void {
  const at = tokens.findIndex((token) => token < 0 || token >= V);
  if (at < 0) return;
  const place = `row ${Math.floor(at / T)}, step ${at % T}`;
  throw new RangeError(`${name}: expected tokens of 0 … ${V - 1}, got ${tokens[at]} at ${place}`);
}

function onKernels(
  kernels: Kernels,
  { sizes, input, weights, first }: Call,
  dh: Float32Array | null,
): ReturnType<Engine> {
  const kernel = recurrentKernel(kernels, sizes);
  const places: [string, number][] = Object.entries(weights).map(([name, u]) => [
    name,
    kernels.take(u.length),
  ]);
  for (const [name, place] of places) kernels.floats(place, weights[name].length).set(weights[name]);
  const at = Object.fromEntries(places) as WeightPlaces;
  try {
    kernel.setWeights(at);
    kernel.setInput(input);
    if (first) kernel.setFirst(first.h0, sizes.kind === "lstm" ? first.c0 : undefined);
    kernel.forward();
    const h = kernel.states();
    if (!dh) return { h, gradients: {} };
    kernel.setGradient(dh);
    kernel.backward();
    // over the weights, which have been packed
    kernel.writeGradients(at);
    const found = places.map(([name, place]) => [
      `d${name}`,
      kernels.floats(place, weights[name].length).slice(),
    ]);
    const gradients = Object.fromEntries(found) as Arrays;
    if (first) Object.assign(gradients, kernel.firstGradient());
    if (sizes.reads === "vectors") gradients["dx"] = kernel.inputGradient();
    return { h, gradients };
  } finally {
    kernel.dispose();
    for (const [, place] of places) kernels.giveBack(place);
  }
}

const onRef: Engine = ({ sizes, input, weights, first }, dh) => {
  const { kind, batchSize, timesteps, activation } = sizes;
  const size = { batchSize, timesteps };
  const sequence: SequenceInput<Float32Array> =
    input instanceof Int32Array ? { tokens: input, ...size } : { x: input, ...size };
  const params = weights as Record<"Wx" | "Wh" | "b", Float32Array>;
  const seen = (h: Float32Array, back: (dh: Float32Array) => object) => ({
    h,
    gradients: (dh ? back(dh) : {}) as Arrays,
  });
  if (kind === "rnn") {
    const run = rnnForward<Float32Array>(sequence, params, { h0: first?.h0, activation });
    return seen(run.h, (d) => rnnBackward(run, d));
  }
  if (kind === "lstm") {
    const run = lstmForward<Float32Array>(sequence, params, { ...first });
    return seen(run.h, (d) => lstmBackward<Float32Array>(run, d));
  }
  const run = gruForward<Float32Array>(sequence, params, {
    h0: first?.h0,
    reset: kind === "gru-after" ? "after" : "before",
  });
  return seen(run.h, (d) => gruBackward(run, d));
};

/** The numbers of a tensor; on the cpu backend without a copy, so never write to them. */
export function floats(tensor: tf.Tensor): Float32Array {
  return tensor.dataSync<"float32">();
}
