import { assert, assertCount } from "#src/util/assert.ts";
import { assertPairs } from "./accuracy.ts";
import { nGramCounts, overlap } from "./bleu.ts";

export interface ChrfOptions {
  /** longest n-grams of characters, default 6 */
  maxOrder?: number;
  /** how much more recall counts than precision, default 2 */
  beta?: number;
}

/** Of one order: n-grams of the hypothesis, of the reference, and those in common. */
interface OrderCounts {
  said: number;
  wanted: number;
  match: number;
}

/**
 * chrF of a corpus as sacreBLEU defines it: the F-score of n-grams of characters, spaces left out, 0 … 100. Precision and recall
 * are means over the orders that both sides have. Of several references for a hypothesis the one with the best score counts.
 *
 * @param references for each hypothesis one, or a list of several
 * @throws Error when there are none, or not as many references as hypotheses
 * Source: Popović 2015; Post 2018.
 */
export function chrf(
  hypotheses: readonly string[],
  references: readonly (string | readonly string[])[],
  { maxOrder = 6, beta = 2 }: ChrfOptions = {},
): number {
  assertPairs("chrf", hypotheses, references);
  assertCount("chrf", "maxOrder", maxOrder);
  const sums = Array.from({ length: maxOrder }, (): OrderCounts => ({ said: 0, wanted: 0, match: 0 }));
  hypotheses.forEach((hypothesis, n) => {
    const ways = [references[n]!].flat();
    assert(ways.length > 0, `chrf: hypothesis ${n} has no reference`);
    const counted = ways.map((way) => countsOf(hypothesis, way, maxOrder));
    const scores = counted.map((counts) => scoreOf(counts, beta));
    const best = counted[scores.indexOf(Math.max(...scores))]!;
    sums.forEach((sum, k) => {
      for (const name of ["said", "wanted", "match"] as const) sum[name] += best[k]![name];
    });
  });
  return scoreOf(sums, beta);
}

const charactersOf = (text: string): string[] => [...text.replace(/\s+/g, "")];
const sizeOf = (counts: Map<string, number>): number => [...counts.values()].reduce((sum, n) => sum + n, 0);

function countsOf(hypothesis: string, reference: string, maxOrder: number): OrderCounts[] {
  const [ours, theirs] = [charactersOf(hypothesis), charactersOf(reference)];
  return Array.from({ length: maxOrder }, (_, k) => {
    const [said, wanted] = [nGramCounts(ours, k + 1), nGramCounts(theirs, k + 1)];
    // a reference that is too short for an order says nothing about it
    return { said: wanted.size > 0 ? sizeOf(said) : 0, wanted: sizeOf(wanted), match: overlap(said, wanted) };
  });
}

function scoreOf(counts: readonly OrderCounts[], beta: number): number {
  const orders = counts.filter(({ said, wanted }) => said > 0 && wanted > 0);
  const mean = (share: (one: OrderCounts) => number) =>
    orders.reduce((sum, one) => sum + share(one), 0) / orders.length;
  const precision = mean(({ match, said }) => match / said);
  const recall = mean(({ match, wanted }) => match / wanted);
  if (!(precision + recall > 0)) return 0;
  const factor = beta ** 2;
  return (100 * (1 + factor) * precision * recall) / (factor * precision + recall);
}
