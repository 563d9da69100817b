import { assert } from "#src/util/assert.ts";
import { floatsLike, type Floats } from "./floats.ts";
import {
  assertWord,
  type NegativePrediction,
  skipGramNegative,
  skipGramSoftmax,
  type SoftmaxPrediction,
} from "./skip-gram.ts";

/** `dv` is the gradient of the mean vector; each neighbour's vector gets `dContext` = dv / number of neighbours. */
export type Bag<F extends Floats> = { mean: F; dContext: F };

/**
 * The mean of the neighbours' vectors, [D].
 *
 * @throws Error for no neighbours, or one that is not a row of E
 */
export function meanVector<F extends Floats>(E: F, context: ArrayLike<number>, D: number): F {
  assert(context.length > 0, "cbow: expected at least one neighbour, got none");
  const mean = floatsLike(E, D);
  for (let n = 0; n < context.length; n++) {
    assertWord("cbow", context[n], E.length / D);
    for (let k = 0; k < D; k++) mean[k] += E[context[n] * D + k] / context.length;
  }
  return mean;
}

/**
 * Continuous bag of words with the full softmax: the mean of the neighbours' vectors predicts the word between them.
 *
 * Shapes: E [V,D] of neighbours, U [V,D] of targets, context [n]. Source: Mikolov et al. 2013, arXiv 1301.3781. A neighbour
 * gets the exact gradient; word2vec.c leaves the division by n out.
 */
export function cbowSoftmax<F extends Floats>(
  E: F,
  U: F,
  { context, target, D }: { context: ArrayLike<number>; target: number; D: number },
): SoftmaxPrediction<F> & Bag<F> {
  const mean = meanVector(E, context, D);
  const prediction = skipGramSoftmax(mean, U, target);
  return { ...prediction, mean, dContext: divided(prediction.dv, context.length) };
}

/** The same with negative sampling. */
export function cbowNegative<F extends Floats>(
  E: F,
  U: F,
  {
    context,
    target,
    negatives,
    D,
  }: { context: ArrayLike<number>; target: number; negatives: ArrayLike<number>; D: number },
): NegativePrediction<F> & Bag<F> {
  const mean = meanVector(E, context, D);
  const prediction = skipGramNegative(mean, U, target, negatives);
  return { ...prediction, mean, dContext: divided(prediction.dv, context.length) };
}

const divided = <F extends Floats>(u: F, n: number): F => u.map((x) => x / n) as F;
