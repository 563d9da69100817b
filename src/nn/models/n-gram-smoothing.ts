import type { GramTable } from "./n-gram-table.ts";

/** How an n-gram model shares probability with what it has not seen. */
export type Smoothing = "add-epsilon" | "backoff" | "kneser-ney";
export const SMOOTHINGS: readonly Smoothing[] = ["add-epsilon", "backoff", "kneser-ney"];

/**
 * Writes the distribution of the next token into probs [V], given the grams that end the context: grams[k] has k tokens,
 * −1 where the text does not have it.
 */
export type Distribution = (grams: ArrayLike<number>, probs: Float64Array) => void;

/**
 * Add-ε (Lidstone, with ε = 1 Laplace): (count + ε) / (total + ε V), from the longest context alone. A context that the
 * text does not have gives 1 / V.
 */
export function addEpsilon(table: GramTable, epsilon: number): Distribution {
  const { vocabSize: V, count, token, firstChild, nextSibling } = table;
  const totals = totalsOf(table, count);
  return (grams, probs) => {
    const gram = grams[grams.length - 1];
    const total = gram < 0 ? 0 : totals[gram] + epsilon * V;
    if (total === 0) {
      probs.fill(1 / V);
      return;
    }
    probs.fill(epsilon / total);
    for (let child = firstChild[gram]; child >= 0; child = nextSibling[child]) {
      probs[token[child]] = (count[child] + epsilon) / total;
    }
  };
}

/**
 * Katz's back-off with absolute discounts: a token that the text has after the context gets (count − D) / total; what
 * the discounts leave goes to the other tokens, in proportion to their probabilities after the context without its first
 * token, and below the single tokens equally. A context that all V tokens have followed discounts nothing.
 *
 * D by length of the gram: the given one, or estimated as in `absoluteDiscounts`. Source: Katz 1987; Ney, Essen & Kneser 1994.
 */
export function backoff(table: GramTable, discount?: number): Distribution {
  const { vocabSize: V, count, token, firstChild, nextSibling } = table;
  const totals = totalsOf(table, count);
  const discounts = absoluteDiscounts(table, count, discount);
  return (grams, probs) => {
    probs.fill(1 / V);
    for (let k = 0; k < grams.length; k++) {
      const gram = grams[k];
      if (gram < 0 || totals[gram] === 0) return;
      let seen = 0;
      for (let child = firstChild[gram]; child >= 0; child = nextSibling[child]) {
        probs[token[child]] = 0;
        seen++;
      }
      const D = seen === V ? 0 : discounts[k + 1];
      let unseen = 0;
      for (let v = 0; v < V; v++) unseen += probs[v];
      const share = unseen === 0 ? 0 : (D * seen) / totals[gram] / unseen;
      for (let v = 0; v < V; v++) probs[v] *= share;
      for (let child = firstChild[gram]; child >= 0; child = nextSibling[child]) {
        probs[token[child]] = (count[child] - D) / totals[gram];
      }
    }
  };
}

/**
 * Interpolated Kneser–Ney with three discounts (D₁, D₂, D₃₊ for grams seen once, twice, more often) for each length:
 * (count − D) / total plus what the discounts take, times the probability after the shorter context; below the single
 * tokens stands 1 / V. The longest grams are counted as they are; of a shorter gram it counts before how many different
 * tokens the text has it.
 *
 * Discounts: estimated from the counts as in `modifiedDiscounts`, or the one given. Source: Chen & Goodman 1999.
 */
export function kneserNey(table: GramTable, discount?: number): Distribution {
  const { vocabSize: V, token, firstChild, nextSibling } = table;
  const count = continuations(table);
  const totals = totalsOf(table, count);
  const discounts = modifiedDiscounts(table, count, discount);
  return (grams, probs) => {
    probs.fill(1 / V);
    for (let k = 0; k < grams.length; k++) {
      const gram = grams[k];
      if (gram < 0) return;
      // Only the text's start has this gram before anything: no other token stands before it, so it says nothing.
      if (totals[gram] === 0) continue;
      const D = discounts[k + 1];
      let taken = 0;
      for (let child = firstChild[gram]; child >= 0; child = nextSibling[child]) {
        taken += D[Math.min(count[child], 3)];
      }
      const share = taken / totals[gram];
      for (let v = 0; v < V; v++) probs[v] *= share;
      for (let child = firstChild[gram]; child >= 0; child = nextSibling[child]) {
        probs[token[child]] += (count[child] - D[Math.min(count[child], 3)]) / totals[gram];
      }
    }
  };
}

/** Before how many different tokens each gram stands behind; the longest grams keep their counts. */
function continuations({ size, order, length, suffix, count }: GramTable): Int32Array {
  const different = new Int32Array(size);
  for (let gram = 1; gram < size; gram++) {
    if (length[gram] === order) different[gram] = count[gram];
    if (length[gram] > 1) different[suffix[gram]]++;
  }
  return different;
}

/** For each gram the sum of its children's counts: its own count, less one where the text ends with it. */
function totalsOf({ size, firstChild, nextSibling }: GramTable, count: Int32Array): Int32Array {
  const totals = new Int32Array(size);
  for (let gram = 0; gram < size; gram++) {
    for (let child = firstChild[gram]; child >= 0; child = nextSibling[child]) totals[gram] += count[child];
  }
  return totals;
}

/** of[length][r]: how many grams of this length have the count r, for r up to 4. */
function countsOfCounts({ size, order, length }: GramTable, count: Int32Array): number[][] {
  const of = Array.from({ length: order + 1 }, () => [0, 0, 0, 0, 0]);
  for (let gram = 1; gram < size; gram++) if (count[gram] <= 4) of[length[gram]][count[gram]]++;
  return of;
}

/** D = n₁ / (n₁ + 2 n₂) for each length, n_r = how many grams have the count r; 0.5 where the text has no such grams. */
function absoluteDiscounts(table: GramTable, count: Int32Array, given?: number): number[] {
  return countsOfCounts(table, count).map(
    ([, n1, n2]) => given ?? (n1 > 0 && n2 > 0 ? n1 / (n1 + 2 * n2) : 0.5),
  );
}

/**
 * [0, D₁, D₂, D₃₊] for each length: D_r = r − (r + 1) Y n_(r+1) / n_r with Y = n₁ / (n₁ + 2 n₂). Where the text is too
 * short for these estimates (an n_r is 0, or a discount not between 0 and r), one discount for all, as for back-off.
 */
function modifiedDiscounts(table: GramTable, count: Int32Array, given?: number): number[][] {
  const single = absoluteDiscounts(table, count, given);
  return countsOfCounts(table, count).map((n, length) => {
    const one = single[length];
    const Y = n[1] / (n[1] + 2 * n[2]);
    const three = [1, 2, 3].map((r) => r - ((r + 1) * Y * n[r + 1]) / n[r]);
    const isSound = three.every((D, k) => D > 0 && D < k + 1);
    return given === undefined && isSound ? [0, ...three] : [0, one, one, one];
  });
}
