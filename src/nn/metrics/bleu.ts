import { assert, assertCount } from "#src/util/assert.ts";
import { exp, log } from "#src/util/math.ts";
import { assertPairs } from "./accuracy.ts";

/** Words, or a text whose words are separated by spaces. Nothing else is done to it: tokenisation is the caller's. */
export type Sentence = string | readonly string[];

export interface BleuOptions {
  /** longest n-grams, default 4 */
  maxOrder?: number;
  /**
   * what stands for a precision of 0: "exp" (default) halves again and again, "floor" counts 0.1 matches, "add-k" adds 1 to
   * every count of n > 1, "none" leaves it, and the score is 0
   */
  smoothing?: "exp" | "floor" | "add-k" | "none";
  /** leave out orders for which the hypothesis is too short; default false, and true in sentenceBleu */
  effectiveOrder?: boolean;
}

export interface Bleu {
  /** 0 … 100 */
  score: number;
  /** clipped precision by order, 0 … 100, after smoothing */
  precisions: number[];
  brevityPenalty: number;
  hypothesisLength: number;
  /** of the references nearest in length */
  referenceLength: number;
  /** matches and n-grams by order */
  correct: number[];
  total: number[];
}

export const wordsOf = (sentence: Sentence): readonly string[] =>
  typeof sentence === "string" ? sentence.split(/\s+/).filter((word) => word !== "") : sentence;

/** How often each n-gram of one order occurs; the key joins its words. */
export function nGramCounts(words: ArrayLike<string>, order: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let start = 0; start + order <= words.length; start++) {
    const key = Array.prototype.slice.call(words, start, start + order).join("\u0000");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** n-grams in common, none counted more often than in the counts that it is compared with. */
export function overlap(counts: Map<string, number>, others: Map<string, number>): number {
  let sum = 0;
  for (const [key, count] of counts) sum += Math.min(count, others.get(key) ?? 0);
  return sum;
}

interface Statistics {
  correct: number[];
  total: number[];
  hypothesisLength: number;
  referenceLength: number;
}

/**
 * BLEU of a corpus as sacreBLEU defines it: the counts of all sentences are added up first, then
 * score = brevity penalty · exp(mean of the log precisions), 0 … 100.
 *
 * @param references for each hypothesis one reference, or a list of several
 * @throws Error when there are none, or not as many as hypotheses
 * Source: Papineni et al. 2002; Post 2018; smoothing as in Chen & Cherry 2014.
 */
export function bleu(
  hypotheses: readonly Sentence[],
  references: readonly (Sentence | readonly Sentence[])[],
  options: BleuOptions = {},
): Bleu {
  const { maxOrder = 4 } = options;
  assertPairs("bleu", hypotheses, references);
  assertCount("bleu", "maxOrder", maxOrder);
  const sum: Statistics = {
    ...{ correct: new Array<number>(maxOrder).fill(0), total: new Array<number>(maxOrder).fill(0) },
    ...{ hypothesisLength: 0, referenceLength: 0 },
  };
  hypotheses.forEach((hypothesis, n) => {
    const one = statisticsOf(wordsOf(hypothesis), referencesOf(references[n]!).map(wordsOf), maxOrder);
    sum.hypothesisLength += one.hypothesisLength;
    sum.referenceLength += one.referenceLength;
    for (let k = 0; k < maxOrder; k++) {
      sum.correct[k]! += one.correct[k]!;
      sum.total[k]! += one.total[k]!;
    }
  });
  return fromStatistics(sum, options);
}

/** BLEU of one sentence, with orders for which it is too short left out. */
export function sentenceBleu(
  hypothesis: Sentence,
  reference: Sentence | readonly Sentence[],
  options: BleuOptions = {},
): Bleu {
  return bleu([hypothesis], [reference], { effectiveOrder: true, ...options });
}

/** A list of texts or of lists of words is several references only when it is one of lists, or of texts with a space. */
function referencesOf(reference: Sentence | readonly Sentence[]): readonly Sentence[] {
  if (typeof reference === "string") return [reference];
  const isMany = reference.some((each) => typeof each !== "string" || /\s/.test(each));
  return isMany ? (reference as readonly Sentence[]) : [reference as readonly string[]];
}

function statisticsOf(
  hypothesis: readonly string[],
  references: readonly (readonly string[])[],
  maxOrder: number,
): Statistics {
  const found: Statistics = {
    ...{ correct: [], total: [], hypothesisLength: hypothesis.length },
    referenceLength: closestLength(hypothesis.length, references),
  };
  for (let order = 1; order <= maxOrder; order++) {
    const counts = nGramCounts(hypothesis, order);
    found.correct.push(overlap(counts, mostOf(references, order)));
    found.total.push(Math.max(0, hypothesis.length - order + 1));
  }
  return found;
}

/** Each n-gram as often as in the reference that has most of it. */
function mostOf(references: readonly (readonly string[])[], order: number): Map<string, number> {
  const most = new Map<string, number>();
  for (const reference of references)
    for (const [key, count] of nGramCounts(reference, order))
      most.set(key, Math.max(count, most.get(key) ?? 0));
  return most;
}

/** Of equally near lengths the shorter. */
function closestLength(length: number, references: readonly (readonly string[])[]): number {
  const lengths = references.map((reference) => reference.length).sort((a, b) => a - b);
  return lengths.reduce((best, each) => (Math.abs(each - length) < Math.abs(best - length) ? each : best));
}

/** exp(1 − r/c) for a hypothesis of c words that is shorter than its reference of r; 1 for all others, 0 for none at all. */
export function brevityPenalty(hypothesisLength: number, referenceLength: number): number {
  if (hypothesisLength >= referenceLength) return 1;
  return hypothesisLength > 0 ? exp(1 - referenceLength / hypothesisLength) : 0;
}

function fromStatistics(
  statistics: Statistics,
  { smoothing = "exp", effectiveOrder = false }: BleuOptions,
): Bleu {
  assert(
    ["exp", "floor", "add-k", "none"].includes(smoothing),
    `bleu: expected smoothing to be "exp", "floor", "add-k" or "none", got ${JSON.stringify(smoothing)}`,
  );
  const { hypothesisLength, referenceLength, correct, total } = statistics;
  const penalty = brevityPenalty(hypothesisLength, referenceLength);
  const results = { brevityPenalty: penalty, hypothesisLength, referenceLength, correct, total };
  const precisions = correct.map(() => 0);
  if (correct.every((count) => count === 0)) return { score: 0, precisions, ...results };
  let halved = 1;
  let order = correct.length;
  for (let k = 0; k < correct.length; k++) {
    const added = smoothing === "add-k" && k > 0 ? 1 : 0;
    const [matches, all] = [correct[k]! + added, total[k]! + added];
    if (all === 0) break;
    if (effectiveOrder) order = k + 1;
    if (matches > 0) precisions[k] = (100 * matches) / all;
    else if (smoothing === "exp") precisions[k] = 100 / ((halved *= 2) * all);
    else if (smoothing === "floor") precisions[k] = (100 * 0.1) / all;
  }
  const used = precisions.slice(0, order);
  const mean = used.reduce((sum, p) => sum + (p > 0 ? log(p) : -Infinity), 0) / order;
  return { score: penalty * exp(mean), precisions, ...results };
}

/**
 * The form of the book "Dive into Deep Learning": exp(min(0, 1 − r/c)) · Π p_n^(1/2ⁿ) for n up to maxOrder (default 2), one
 * reference, 0 … 1. Longer matches weigh less here, where BLEU weighs all alike.
 */
export function d2lBleu(hypothesis: Sentence, reference: Sentence, maxOrder = 2): number {
  const [said, wanted] = [wordsOf(hypothesis), wordsOf(reference)];
  if (said.length === 0) return 0;
  let score = exp(Math.min(0, 1 - wanted.length / said.length));
  for (let n = 1; n <= Math.min(maxOrder, said.length); n++) {
    const p = overlap(nGramCounts(said, n), nGramCounts(wanted, n)) / (said.length - n + 1);
    score *= p > 0 ? exp(log(p) / 2 ** n) : 0;
  }
  return score;
}

/**
 * What some lecture notes print as BLEU: exp of the plain mean of the precisions, without logarithm and without penalty. It is
 * no BLEU: a translation that shares nothing with the reference scores 1, a perfect one e.
 */
export function expMeanPrecision(hypothesis: Sentence, reference: Sentence, maxOrder = 4): number {
  const [said, wanted] = [wordsOf(hypothesis), wordsOf(reference)];
  let sum = 0;
  for (let n = 1; n <= maxOrder; n++) {
    const all = said.length - n + 1;
    if (all > 0) sum += overlap(nGramCounts(said, n), nGramCounts(wanted, n)) / all;
  }
  return exp(sum / maxOrder);
}
