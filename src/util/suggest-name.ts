/**
 * The known name that a mistyped one most likely means, for "did you mean". Short names must be closer: at most one
 * change in three or four letters, two in longer names; another case only is always near.
 */
export function suggestName(name: string, known: Iterable<string>): string | undefined {
  const allowed = Math.min(2, Math.floor((name.length - 1) / 2));
  let best: string | undefined;
  let least = allowed + 1;
  for (const candidate of known) {
    if (candidate === name) continue;
    const changes = candidate.toLowerCase() === name.toLowerCase() ? 0.5 : distance(name, candidate, allowed);
    if (changes >= least) continue;
    best = candidate;
    least = changes;
  }
  return best;
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let least = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (isSame ? 0 : 1));
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) least = Math.min(least, older[j - 2]! + 1);
      row.push(least);
    }
    [older, previous] = [previous, row];
  }
  return previous[b.length]!;
}
