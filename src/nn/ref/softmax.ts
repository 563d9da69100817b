import { exp, log } from "#src/util/math.ts";
import { assert } from "#src/util/assert.ts";
import { floatsLike, type Floats } from "./floats.ts";

/**
 * Softmax of each row: probs = e^logits / Σ e^logits, with the row's maximum taken off first, so that nothing overflows.
 *
 * Shapes: logits [N,V] flat, V = vocabSize (default: one row) → probs [N,V].
 */
export function softmax<F extends Floats>(logits: F, vocabSize = logits.length): F {
  const probs = floatsLike(logits, logits.length);
  for (let row = 0; row < logits.length; row += vocabSize) softmaxRow(logits, probs, row, vocabSize);
  return probs;
}

/** probs[row … row+V) from logits; returns log Σ e^logits. Both may be the same array. */
export function softmaxRow(logits: Floats, probs: Floats, row: number, V: number): number {
  const end = row + V;
  let max = -Infinity;
  for (let k = row; k < end; k++) if (logits[k] > max) max = logits[k];
  let sum = 0;
  for (let k = row; k < end; k++) {
    const e = exp(logits[k] - max);
    probs[k] = e;
    sum += e;
  }
  const scale = 1 / sum;
  for (let k = row; k < end; k++) probs[k] *= scale;
  return max + log(sum);
}

/** A loss and what its backward pass needs. */
export interface CrossEntropy<F extends Floats = Floats> {
  /** mean over the kept tokens, in nats */
  loss: number;
  /** [N,V] */
  probs: F;
  targets: Int32Array;
  mask?: ArrayLike<number>;
  /** how many tokens the mask kept */
  kept: number;
}

/**
 * Cross-entropy of the softmax: loss = mean over kept tokens of −log probs[target], in nats.
 *
 * Shapes: logits [N,V], targets [N] (int32), mask [N] (1 = keep; default: all).
 *
 * @throws Error when a kept target is not a column of logits or no token is kept
 */
export function softmaxCrossEntropy<F extends Floats>(
  logits: F,
  targets: Int32Array,
  mask?: ArrayLike<number>,
): CrossEntropy<F> {
  const V = logits.length / targets.length;
  const probs = floatsLike(logits, logits.length);
  const kept = countKept(targets, V, mask);
  let sum = 0;
  for (let n = 0; n < targets.length; n++) {
    if (mask && !mask[n]) continue;
    const total = softmaxRow(logits, probs, n * V, V);
    sum += total - logits[n * V + targets[n]];
  }
  return { loss: sum / kept, probs, targets, mask, kept };
}

/** dlogits = (probs − one-hot(target)) · dloss / kept, and 0 where the mask drops the token. */
export function softmaxCrossEntropyBackward<F extends Floats>(
  { probs, targets, mask, kept }: CrossEntropy<F>,
  dloss = 1,
): F {
  const V = probs.length / targets.length;
  const dlogits = floatsLike(probs, probs.length);
  const scale = dloss / kept;
  for (let n = 0; n < targets.length; n++) {
    if (mask && !mask[n]) continue;
    const row = n * V;
    for (let k = row; k < row + V; k++) dlogits[k] = probs[k] * scale;
    dlogits[row + targets[n]] -= scale;
  }
  return dlogits;
}

function countKept(targets: Int32Array, V: number, mask?: ArrayLike<number>): number {
  let kept = 0;
  for (let n = 0; n < targets.length; n++) {
    if (mask && !mask[n]) continue;
    kept++;
    const target = targets[n];
    assert(
      target >= 0 && target < V,
      `crossEntropy: expected targets of 0 … ${V - 1}, got ${target} at ${n}`,
    );
  }
  assert(kept > 0, "crossEntropy: expected a mask that keeps at least one token, got none kept");
  return kept;
}

/** Log-probabilities of rows of logits [N,V], in single precision. */
export function logSoftmaxRows(logits: Float64Array, V: number): Float32Array<ArrayBuffer> {
  const probs = new Float64Array(V);
  const logProbs = new Float32Array(logits.length);
  for (let row = 0; row < logits.length; row += V) {
    const one = logits.subarray(row, row + V);
    const total = softmaxRow(one, probs, 0, V);
    for (let k = 0; k < V; k++) logProbs[row + k] = one[k]! - total;
  }
  return logProbs;
}
