import * as tf from "@tensorflow/tfjs-core";
import { assertShape } from "#src/util/shape.ts";
import type { Activation } from "../ref/activation.ts";
import { rnnBackward, rnnForward, type SequenceInput } from "../ref/rnn-sequence.ts";

/** Weights as tensors: Wx [D,H], Wh [H,H], b [H]. */
export interface RnnTensors {
  Wx: tf.Tensor;
  Wh: tf.Tensor;
  b: tf.Tensor;
}

export interface RnnLayerOptions {
  /** [B,H], default zeros */
  h0?: tf.Tensor;
  /** default tanh */
  activation?: Activation;
  /** [T], receives ‖∂loss/∂h_t‖ when gradients are taken */
  norms?: Float32Array;
}

/**
 * A vanilla RNN over whole sequences as one TensorFlow.js operation, with its gradient.
 *
 * Shapes: tokens int32 [B,T], each a row of Wx, or vectors float32 [B,T,D] → every hidden state, [B,T,H].
 * Gradients flow to Wx, Wh, b, h0 and vectors.
 *
 * @throws RangeError when shapes do not fit together or a token is not a row of Wx
 */
export function rnn(input: tf.Tensor, params: RnnTensors, options: RnnLayerOptions = {}): tf.Tensor3D {
  const { h0, activation, norms } = options;
  const { Wx, Wh, b } = params;
  const H = b.size;
  const isTokens = input.dtype === "int32";
  const [B, T] = input.shape as [number, number];
  if (isTokens) assertShape("rnn", "tokens", input.shape, ["B", "T"]);
  else assertShape("rnn", "x", input.shape, ["B", "T", { D: Wx.shape[0] }]);
  assertShape("rnn", "Wx", Wx.shape, ["D", { H }]);
  assertShape("rnn", "Wh", Wh.shape, [{ H }, { H }]);
  if (h0) assertShape("rnn", "h0", h0.shape, [{ B }, { H }]);
  const forward = () => {
    const arrays = { Wx: floats(Wx), Wh: floats(Wh), b: floats(b) };
    const sizes = { batchSize: B, timesteps: T };
    const sequence: SequenceInput<Float32Array> = isTokens
      ? { tokens: input.dataSync<"int32">(), ...sizes }
      : { x: floats(input), ...sizes };
    const run = rnnForward(sequence, arrays, { h0: h0 && floats(h0), activation });
    // Computed at once, not when each gradient is asked for: tfjs would dispose what the thunks share.
    const gradFunc = (dh: tf.Tensor) => {
      const { dWx, dWh, db, dh0, dx } = rnnBackward(run, floats(dh), norms);
      const gradients = [tf.tensor(dWx, Wx.shape), tf.tensor(dWh, Wh.shape), tf.tensor(db, b.shape)];
      if (h0) gradients.push(tf.tensor(dh0, h0.shape));
      if (dx) gradients.push(tf.tensor(dx, input.shape));
      return gradients;
    };
    return { value: tf.tensor(run.h, [B, T, H]) as tf.Tensor3D, gradFunc };
  };
  const inputs = [Wx, Wh, b, ...(h0 ? [h0] : []), ...(isTokens ? [] : [input])];
  return tf.customGrad(forward)(...inputs) as tf.Tensor3D;
}

/** The numbers of a tensor; on the cpu backend without a copy, so never write to them. */
export function floats(tensor: tf.Tensor): Float32Array {
  return tensor.dataSync<"float32">();
}
