import { assert } from "#src/util/assert.ts";

/** A sequence of any symbols that can be compared by ===: tokens, phonemes, words, or a string's characters. */
export type Sequence = ArrayLike<unknown>;

/**
 * The share of places at which both are equal; only those that the mask keeps.
 *
 * @throws Error when the lengths differ or nothing is kept
 */
export function accuracy(predicted: Sequence, targets: Sequence, mask?: ArrayLike<number>): number {
  assert(
    predicted.length === targets.length,
    `accuracy: expected as many predictions as targets, got ${predicted.length} and ${targets.length}`,
  );
  let [kept, right] = [0, 0];
  for (let n = 0; n < targets.length; n++) {
    if (mask && mask[n] === 0) continue;
    kept++;
    if (predicted[n] === targets[n]) right++;
  }
  assert(kept > 0, "accuracy: nothing to compare, so there is no share");
  return right / kept;
}

/** The share of sequences that are right in every place, and no longer or shorter. */
export function exactMatch(hypotheses: readonly Sequence[], references: readonly Sequence[]): number {
  assertPairs("exactMatch", hypotheses, references);
  const isSame = (a: Sequence, b: Sequence) =>
    a.length === b.length && Array.from(a).every((x, k) => x === b[k]);
  return hypotheses.filter((one, n) => isSame(one, references[n]!)).length / references.length;
}

/** @throws Error when there are none, or not as many of one as of the other */
export function assertPairs(
  owner: string,
  hypotheses: readonly unknown[],
  references: readonly unknown[],
): void {
  assert(references.length > 0, `${owner}: expected at least one reference, got none`);
  assert(
    hypotheses.length === references.length,
    `${owner}: expected a hypothesis for each reference, got ${hypotheses.length} for ${references.length}`,
  );
}
