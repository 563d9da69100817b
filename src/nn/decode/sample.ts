import { assert, assertCount } from "#src/util/assert.ts";
import { exp } from "#src/util/math.ts";

/** How to turn a model's probabilities into those that the next token is drawn from. */
export interface SamplingOptions {
  /** divides the log-probabilities: below 1 bolder choices get likelier, 0 always takes the likeliest; default 1 */
  temperature?: number;
  /** keep the k likeliest tokens only */
  topK?: number;
  /** keep the likeliest tokens that together have at least this probability (nucleus sampling) */
  topP?: number;
}

/**
 * Probabilities [V] to draw from: temperature first, then top-k, then top-p, then scaled to add up to 1.
 *
 * @throws RangeError for a negative temperature, a topK under 1, or a topP outside 0 … 1
 */
export function samplingProbabilities(
  logProbs: ArrayLike<number>,
  options: SamplingOptions = {},
): Float64Array {
  const { temperature = 1, topK, topP } = options;
  if (!(temperature >= 0 && temperature < Infinity))
    throw new RangeError(`invalid temperature: ${temperature}`);
  if (topK !== undefined) assertCount("sampling", "topK", topK);
  if (topP !== undefined && !(topP > 0 && topP <= 1)) {
    throw new RangeError(`sampling: topP must be above 0 and at most 1, got ${topP}`);
  }
  const order = byLikelihood(logProbs);
  const best = logProbs[order[0]];
  assert(best > -Infinity, `sampling: expected log-probabilities, got ${best} as the largest`);
  const probs = new Float64Array(logProbs.length);
  const kept = temperature === 0 ? 1 : Math.min(topK ?? order.length, order.length);
  let total = 0;
  for (const token of order.slice(0, kept)) {
    probs[token] = temperature === 0 ? 1 : exp((logProbs[token] - best) / temperature);
    total += probs[token];
  }
  let sum = 0;
  for (const token of order) {
    if (topP !== undefined && sum >= topP * total) probs[token] = 0;
    sum += probs[token];
  }
  return probs.map((p) => p / sum);
}

/** Tokens from the likeliest to the least likely; equals keep their order. */
function byLikelihood(logProbs: ArrayLike<number>): number[] {
  return Array.from(logProbs, (_, token) => token).sort((a, b) => logProbs[b] - logProbs[a] || a - b);
}
