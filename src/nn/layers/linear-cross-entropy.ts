import * as tf from "@tensorflow/tfjs-core";
import { assertShape } from "#src/util/shape.ts";
import { linearCrossEntropyBackward, linearCrossEntropyForward } from "../ref/linear-cross-entropy.ts";
import { floats } from "./recurrent.ts";

/** Weights of the output layer as tensors: Wy [H,V], by [V]. */
export interface LinearTensors {
  Wy: tf.Tensor;
  by: tf.Tensor;
}

/**
 * Output layer, softmax and cross-entropy as one TensorFlow.js operation, with its gradient: the mean over kept tokens
 * of −log softmax(h Wy + by)[target], in nats.
 *
 * Shapes: h [B,T,H], targets int32 [B,T], mask [B,T] flat (1 = keep; default: all) → a scalar.
 *
 * @throws RangeError when shapes do not fit together; Error when a target is not in the vocabulary
 */
export function linearCrossEntropy(
  h: tf.Tensor,
  { Wy, by }: LinearTensors,
  targets: tf.Tensor,
  mask?: ArrayLike<number>,
): tf.Scalar {
  const [B, T, H] = h.shape as [number, number, number];
  assertShape("linearCrossEntropy", "h", h.shape, ["B", "T", { H: Wy.shape[0] }]);
  assertShape("linearCrossEntropy", "Wy", Wy.shape, [{ H }, { V: by.size }]);
  assertShape("linearCrossEntropy", "targets", targets.shape, [{ B }, { T }]);
  const forward = () => {
    const params = { Wy: floats(Wy), by: floats(by) };
    const run = linearCrossEntropyForward(floats(h), params, targets.dataSync<"int32">(), mask);
    const gradFunc = (dloss: tf.Tensor) => {
      const { dh, dWy, dby } = linearCrossEntropyBackward(run, floats(dloss)[0]);
      return [tf.tensor(dh, h.shape), tf.tensor(dWy, Wy.shape), tf.tensor(dby, by.shape)];
    };
    return { value: tf.scalar(run.loss), gradFunc };
  };
  return tf.customGrad(forward)(h, Wy, by) as tf.Scalar;
}
