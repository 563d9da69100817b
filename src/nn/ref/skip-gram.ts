import { log, sigmoid } from "#src/util/math.ts";
import { assert } from "#src/util/assert.ts";
import { floatsLike, type Floats } from "./floats.ts";
import { softmaxRow } from "./softmax.ts";

/** A loss of one prediction by a softmax over all words, with every gradient. */
export interface SoftmaxPrediction<F extends Floats = Floats> {
  /** −log P(target), in nats */
  loss: number;
  /** P(t|c) of every word t, [V] */
  probs: F;
  /** [D], ∂loss/∂v */
  dv: F;
  /** [V,D], ∂loss/∂U */
  dU: F;
}

/** A loss of one prediction against drawn words, with the gradients of the vectors that took part. */
export interface NegativePrediction<F extends Floats = Floats> {
  /** −log σ(u_target·v) − Σ log σ(−u_negative·v), in nats */
  loss: number;
  /** σ(u·v), of the target first, then of each negative, [1+K] */
  probs: F;
  dv: F;
  /** [1+K,D], in the same order; where a word was drawn twice its gradient is the sum of its rows */
  dU: F;
}

export function dot(a: Floats, b: Floats, D: number, at = 0): number {
  let sum = 0;
  for (let k = 0; k < D; k++) sum += a[k] * b[at + k];
  return sum;
}

/**
 * Skip-gram with the full softmax: P(t|c) = exp(u_t·v) / Σ_j exp(u_j·v), loss = −log P(target|c).
 *
 * Shapes: v [D] of the centre word, U [V,D] of all words as targets. Source: Mikolov et al. 2013, arXiv 1301.3781.
 *
 * @throws Error when the target is not a row of U
 */
export function skipGramSoftmax<F extends Floats>(v: F, U: F, target: number): SoftmaxPrediction<F> {
  const D = v.length;
  const V = U.length / D;
  assertWord("skipGramSoftmax", target, V);
  const probs = floatsLike(v, V);
  for (let j = 0; j < V; j++) probs[j] = dot(v, U, D, j * D);
  const score = probs[target];
  const loss = softmaxRow(probs, probs, 0, V) - score;
  const dv = floatsLike(v, D);
  const dU = floatsLike(v, V * D);
  for (let j = 0; j < V; j++) {
    const error = probs[j] - Number(j === target);
    for (let k = 0; k < D; k++) {
      dv[k] += error * U[j * D + k];
      dU[j * D + k] = error * v[k];
    }
  }
  return { loss, probs, dv, dU };
}

/**
 * Skip-gram with negative sampling: one logistic regression for the pair that occurred, one for each drawn word.
 *
 * Shapes: v [D], U [V,D], negatives [K] as drawn. Source: Mikolov et al. 2013, arXiv 1310.4546, equation 4.
 *
 * @throws Error when a word is not a row of U
 */
export function skipGramNegative<F extends Floats>(
  v: F,
  U: F,
  target: number,
  negatives: ArrayLike<number>,
): NegativePrediction<F> {
  const D = v.length;
  const words = [target, ...Array.from(negatives)];
  words.forEach((word) => assertWord("skipGramNegative", word, U.length / D));
  const probs = floatsLike(v, words.length);
  const dv = floatsLike(v, D);
  const dU = floatsLike(v, words.length * D);
  let loss = 0;
  words.forEach((word, row) => {
    const score = dot(v, U, D, word * D);
    probs[row] = sigmoid(score);
    loss -= log(sigmoid(row === 0 ? score : -score));
    const error = probs[row] - Number(row === 0);
    for (let k = 0; k < D; k++) {
      dv[k] += error * U[word * D + k];
      dU[row * D + k] = error * v[k];
    }
  });
  return { loss, probs, dv, dU };
}

export function assertWord(owner: string, word: number, V: number): void {
  assert(
    Number.isInteger(word) && word >= 0 && word < V,
    `${owner}: expected words of 0 … ${V - 1}, got ${word}`,
  );
}
