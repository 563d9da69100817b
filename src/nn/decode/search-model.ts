import { assert, assertCount } from "#src/util/assert.ts";
import type { LanguageModel, ModelState } from "../model.ts";

/** What a search asks of a model: log-probabilities of the next token, from a state. */
export type SearchModel = Pick<LanguageModel, "vocabSize" | "step">;

/** Where a search starts and ends. */
export interface SearchOptions {
  /** the token that is read first, such as ⟨bos⟩ */
  first: number;
  /** the token that ends a sequence, such as ⟨eos⟩ */
  end: number;
  /** the state before the first token, of one sequence: for a decoder, what the encoder left */
  state: ModelState;
  /** longest sequence, the end token included */
  maxLength: number;
}

/** A sequence that a search found, the first token left out. */
export interface Hypothesis {
  /** the tokens in order; ends with the end token when it is finished */
  tokens: number[];
  /** sum of the tokens' log-probabilities, in nats */
  logProb: number;
  /** logProb / length^α */
  score: number;
  isFinished: boolean;
}

/** States of the rows that are asked for, in that order; a row may be asked for twice. */
export function takeRows(state: ModelState, rows: readonly number[], batchSize: number): ModelState {
  const taken = Object.entries(state).map(([name, values]) => {
    const size = values.length / batchSize;
    const out = new Float32Array(rows.length * size);
    rows.forEach((row, k) => out.set(values.subarray(row * size, (row + 1) * size), k * size));
    return [name, out] as const;
  });
  return Object.fromEntries(taken);
}

/** logProb / length^α: α = 0 compares sums, α = 1 means. */
export const lengthScore = (logProb: number, length: number, alpha: number): number =>
  alpha === 0 ? logProb : logProb / length ** alpha;

export function assertSearch(
  owner: string,
  { vocabSize: V }: SearchModel,
  { first, end, maxLength }: SearchOptions,
): void {
  for (const [name, token] of Object.entries({ first, end }))
    assert(
      Number.isInteger(token) && token >= 0 && token < V,
      `${owner}: expected the token ${name} of 0 … ${V - 1}, got ${token}`,
    );
  assertCount(owner, "maxLength", maxLength);
}
