import {
  assertSearch,
  type Hypothesis,
  lengthScore,
  type SearchModel,
  type SearchOptions,
} from "./search-model.ts";

/** The likeliest token at each step; equal ones: the lower. */
export function greedySearch(model: SearchModel, options: SearchOptions): Hypothesis & { steps: number } {
  assertSearch("greedySearch", model, options);
  let { state } = options;
  const tokens: number[] = [];
  let logProb = 0;
  while (tokens.length < options.maxLength && tokens.at(-1) !== options.end) {
    const next = model.step(Int32Array.of(tokens.at(-1) ?? options.first), state);
    const best = next.logProbs.reduce((top, value, token) => (value > next.logProbs[top]! ? token : top), 0);
    tokens.push(best);
    logProb += next.logProbs[best]!;
    state = next.state;
  }
  return { tokens, logProb, score: logProb, isFinished: tokens.at(-1) === options.end, steps: tokens.length };
}

/** More sequences than this take longer than anyone waits. */
const MOST = 200_000;

/**
 * Every sequence of at most maxLength tokens that ends, scored; the best first. What beam search approximates.
 *
 * @throws RangeError when there are more than 200,000 of them
 */
export function exhaustiveSearch(
  model: SearchModel,
  options: SearchOptions & { alpha?: number },
): Hypothesis[] {
  assertSearch("exhaustiveSearch", model, options);
  const { vocabSize: V } = model;
  const { end, maxLength, alpha = 0 } = options;
  const count = (V - 1) ** (maxLength - 1);
  if (count > MOST)
    throw new RangeError(
      `exhaustiveSearch: ${V - 1}^${maxLength - 1} = ${count.toExponential(1)} sequences are more than ${MOST}. Shorten maxLength, or use beamSearch.`,
    );
  const found: Hypothesis[] = [];
  const visit = (tokens: number[], logProb: number, state: SearchOptions["state"]): void => {
    const next = model.step(Int32Array.of(tokens.at(-1) ?? options.first), state);
    next.logProbs.forEach((own, token) => {
      const sum = logProb + own;
      if (sum === -Infinity) return;
      const longer = [...tokens, token];
      if (token === end)
        found.push({
          tokens: longer,
          logProb: sum,
          score: lengthScore(sum, longer.length, alpha),
          isFinished: true,
        });
      else if (longer.length < maxLength) visit(longer, sum, next.state);
    });
  };
  visit([], 0, options.state);
  return found.sort((a, b) => b.score - a.score);
}
