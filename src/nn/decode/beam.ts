import { assert, assertCount } from "#src/util/assert.ts";
import {
  assertSearch,
  type Hypothesis,
  lengthScore,
  type SearchModel,
  type SearchOptions,
  takeRows,
} from "./search-model.ts";

export interface BeamOptions extends SearchOptions {
  /** K, how many sequences go on at each step */
  width: number;
  /** α of the length normalisation, default 0: none */
  alpha?: number;
  /** keep what happened at each step, for the beam laboratory */
  hasRecord?: boolean;
}

/** One way on from one live sequence. */
export interface Expansion {
  /** the place of its parent among the sequences that were live before this step */
  parent: number;
  token: number;
  /** of this token alone */
  tokenLogProb: number;
  logProb: number;
  score: number;
  /** went on in the beam; finished, and was kept; or was dropped */
  fate: "live" | "finished" | "pruned";
}

export interface BeamResult {
  /** the best first: finished ones, and behind them what was live at maxLength */
  hypotheses: Hypothesis[];
  /** tokens that the model read, over all sequences: the cost of the search */
  steps: number;
  /** what each step looked at, best first; only with hasRecord */
  record?: Expansion[][];
}

interface Live {
  tokens: number[];
  logProb: number;
}

/**
 * Beam search: at each step every live sequence is continued by every token, and the best `width` of all go on. A sequence
 * that ends leaves the beam, frees no place for another, and is kept.
 *
 * The search ends when `width` sequences have ended and none that is live can still beat the best of them, or at maxLength.
 * Width 1 without normalisation is greedy search; a width of all sequences is exhaustive. Equal scores: the earlier
 * parent, then the lower token.
 *
 * @throws RangeError for a width or maxLength that is no whole number of at least 1; Error for a token outside the vocabulary
 */
export function beamSearch(model: SearchModel, options: BeamOptions): BeamResult {
  const { width, alpha = 0, maxLength, hasRecord = false } = options;
  assertSearch("beamSearch", model, options);
  assertCount("beamSearch", "width", width);
  assert(alpha >= 0 && Number.isFinite(alpha), `beamSearch: expected alpha of at least 0, got ${alpha}`);
  const record: Expansion[][] = [];
  const finished: Hypothesis[] = [];
  let live: Live[] = [{ tokens: [], logProb: 0 }];
  let state = options.state;
  let steps = 0;
  for (let length = 1; length <= maxLength && live.length > 0; length++) {
    const last = Int32Array.from(live, ({ tokens }) => tokens.at(-1) ?? options.first);
    const next = model.step(last, state);
    steps += live.length;
    const step = { length, alpha };
    const expansions = hasRecord
      ? expand(live, next.logProbs, step)
      : expandBest(live, next.logProbs, { ...step, width });
    const kept = expansions.slice(0, width);
    for (const one of kept) one.fate = one.token === options.end ? "finished" : "live";
    if (hasRecord) record.push(expansions);
    const ended = kept.filter(({ fate }) => fate === "finished");
    for (const { parent, token, logProb, score } of ended)
      finished.push({ tokens: [...live[parent]!.tokens, token], logProb, score, isFinished: true });
    const goesOn = kept.filter(({ fate }) => fate === "live");
    state = takeRows(
      next.state,
      goesOn.map(({ parent }) => parent),
      live.length,
    );
    live = goesOn.map(({ parent, token, logProb }) => ({
      tokens: [...live[parent]!.tokens, token],
      logProb,
    }));
    if (isOver(finished, live, { width, alpha, maxLength })) live = [];
  }
  const unfinished = live.map(({ tokens, logProb }) => ({
    ...{ tokens, logProb, isFinished: false },
    score: lengthScore(logProb, tokens.length, alpha),
  }));
  const hypotheses = [...finished.sort(byScore), ...unfinished.sort(byScore)];
  return { hypotheses, steps, ...(hasRecord && { record }) };
}

const byScore = (a: { score: number }, b: { score: number }): number => b.score - a.score;

/** The first `width` of `expand`, without making the others. */
function expandBest(
  live: Live[],
  logProbs: Float32Array,
  { length, alpha, width }: { length: number; alpha: number; width: number },
): Expansion[] {
  const V = logProbs.length / live.length;
  const best: Expansion[] = [];
  for (let k = 0; k < logProbs.length; k++) {
    const parent = Math.floor(k / V);
    const logProb = live[parent]!.logProb + logProbs[k]!;
    const score = lengthScore(logProb, length, alpha);
    if (logProb === -Infinity || (best.length === width && !(score > best[width - 1]!.score))) continue;
    let place = best.length;
    while (place > 0 && score > best[place - 1]!.score) place--;
    const [token, tokenLogProb] = [k % V, logProbs[k]!];
    best.splice(place, 0, { parent, token, tokenLogProb, logProb, score, fate: "pruned" });
    if (best.length > width) best.pop();
  }
  return best;
}

/** Every way on, best first; sorting keeps the order of equals, which is that of parents and tokens. */
function expand(
  live: Live[],
  logProbs: Float32Array,
  { length, alpha }: { length: number; alpha: number },
): Expansion[] {
  const V = logProbs.length / live.length;
  const all = live.flatMap(({ logProb: before }, parent) =>
    Array.from({ length: V }, (_, token): Expansion => {
      const tokenLogProb = logProbs[parent * V + token]!;
      const logProb = before + tokenLogProb;
      return {
        parent,
        token,
        tokenLogProb,
        logProb,
        score: lengthScore(logProb, length, alpha),
        fate: "pruned",
      };
    }),
  );
  return all.filter(({ logProb }) => logProb > -Infinity).sort(byScore);
}

/** A live sequence can at best lose nothing more and be as long as allowed. */
function isOver(
  finished: Hypothesis[],
  live: Live[],
  { width, alpha, maxLength }: { width: number; alpha: number; maxLength: number },
): boolean {
  if (finished.length < width) return false;
  const best = Math.max(...finished.map(({ score }) => score));
  return live.every(({ logProb }) => lengthScore(logProb, maxLength, alpha) <= best);
}
