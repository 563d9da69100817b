import { assertCount } from "#src/util/assert.ts";
import { assertPairs } from "./accuracy.ts";
import { nGramCounts, overlap } from "./bleu.ts";

export interface ChrfOptions {
  /** longest n-grams of characters, default 6 */
  maxOrder?: number;
  /** how much more recall counts than precision, default 2 */
  beta?: number;
}

/**
 * chrF of a corpus as sacreBLEU defines it: the F-score of n-grams of characters, spaces left out, 0 … 100. Precision and recall
 * are means over the orders that both sides have.
 *
 * @throws Error when there are none, or not as many references as hypotheses
 * Source: Popović 2015; Post 2018.
 */
export function chrf(
  hypotheses: readonly string[],
  references: readonly string[],
  { maxOrder = 6, beta = 2 }: ChrfOptions = {},
): number {
  assertPairs("chrf", hypotheses, references);
  assertCount("chrf", "maxOrder", maxOrder);
  let [precision, recall, orders] = [0, 0, 0];
  for (let order = 1; order <= maxOrder; order++) {
    let [said, wanted, match] = [0, 0, 0];
    hypotheses.forEach((hypothesis, n) => {
      const [ours, theirs] = [hypothesis, references[n]!].map((text) =>
        nGramCounts(charactersOf(text), order),
      );
      said += sizeOf(ours!);
      wanted += sizeOf(theirs!);
      match += overlap(ours!, theirs!);
    });
    if (said === 0 || wanted === 0) continue;
    precision += match / said;
    recall += match / wanted;
    orders++;
  }
  if (precision + recall === 0) return 0;
  const factor = beta ** 2;
  return (
    (100 * (1 + factor) * (precision / orders) * (recall / orders)) / ((factor * precision + recall) / orders)
  );
}

const charactersOf = (text: string): string[] => [...text.replace(/\s+/g, "")];
const sizeOf = (counts: Map<string, number>): number => [...counts.values()].reduce((sum, n) => sum + n, 0);
