import { assert } from "#src/util/assert.ts";
import { assertPairs, type Sequence } from "./accuracy.ts";

/** One step from the reference to the hypothesis. */
export interface Edit {
  kind: "same" | "substitute" | "insert" | "delete";
  /** the place in the reference, and in the hypothesis; of an insertion or deletion, where the other goes on */
  reference: number;
  hypothesis: number;
}

/**
 * The fewest substitutions, insertions and deletions that turn one sequence into the other.
 *
 * Source: Levenshtein 1966.
 */
export function editDistance(hypothesis: Sequence, reference: Sequence): number {
  return table(hypothesis, reference).at(-1)!.at(-1)!;
}

/** Those edits from left to right, equal symbols too; of equally short ways one that substitutes where it can. */
export function edits(hypothesis: Sequence, reference: Sequence): Edit[] {
  const costs = table(hypothesis, reference);
  let [r, h] = [reference.length, hypothesis.length];
  const found: Edit[] = [];
  while (r > 0 || h > 0) {
    const isSame = r > 0 && h > 0 && reference[r - 1] === hypothesis[h - 1];
    const here = costs[r]![h]!;
    if (r > 0 && h > 0 && here === costs[r - 1]![h - 1]! + Number(!isSame)) {
      found.push({ kind: isSame ? "same" : "substitute", reference: --r, hypothesis: --h });
    } else if (r > 0 && here === costs[r - 1]![h]! + 1) {
      found.push({ kind: "delete", reference: --r, hypothesis: h });
    } else found.push({ kind: "insert", reference: r, hypothesis: --h });
  }
  return found.reverse();
}

/** How far the first r of the reference are from the first h of the hypothesis. */
function table(hypothesis: Sequence, reference: Sequence): number[][] {
  const rows = [Array.from({ length: hypothesis.length + 1 }, (_, h) => h)];
  for (let r = 1; r <= reference.length; r++) {
    const above = rows[r - 1]!;
    const row = [r];
    for (let h = 1; h <= hypothesis.length; h++) {
      const swap = above[h - 1]! + Number(reference[r - 1] !== hypothesis[h - 1]);
      row.push(Math.min(swap, above[h]! + 1, row[h - 1]! + 1));
    }
    rows.push(row);
  }
  return rows;
}

/**
 * All edits over all symbols of the references: the phoneme error rate of sequences of phonemes, the character error rate of
 * strings. Where a list of references is given for one hypothesis, the nearest counts (of equally near ones the first).
 *
 * @throws Error when there are none, not as many as hypotheses, or all are empty
 */
export function errorRate(
  hypotheses: readonly Sequence[],
  references: readonly (Sequence | readonly Sequence[])[],
): number {
  assertPairs("errorRate", hypotheses, references);
  let [total, length] = [0, 0];
  hypotheses.forEach((one, n) => {
    const ways = waysOf(references[n]!).map((way) => ({ way, distance: editDistance(one, way) }));
    const nearest = ways.reduce((best, way) => (way.distance < best.distance ? way : best));
    total += nearest.distance;
    length += nearest.way.length;
  });
  assert(length > 0, "errorRate: all references are empty, so there is no rate");
  return total / length;
}

/** The share of sequences that are none of their references: the word error rate of pronunciations. */
export function sequenceErrorRate(
  hypotheses: readonly Sequence[],
  references: readonly (Sequence | readonly Sequence[])[],
): number {
  assertPairs("sequenceErrorRate", hypotheses, references);
  const isWrong = (one: Sequence, n: number) =>
    waysOf(references[n]!).every((way) => editDistance(one, way) > 0);
  return hypotheses.filter(isWrong).length / references.length;
}

/** A list of lists is several references; anything else is one. */
function waysOf(reference: Sequence | readonly Sequence[]): readonly Sequence[] {
  const isMany = Array.isArray(reference) && reference.length > 0 && reference.every(Array.isArray);
  return isMany ? (reference as readonly Sequence[]) : [reference as Sequence];
}
