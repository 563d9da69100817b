import { assert, assertCount } from "#src/util/assert.ts";
import { createPairMap } from "./pair-map.ts";

/**
 * The grams of a text, as a tree: the children of a gram are the grams with one token more at the end. Gram 0 is the
 * empty one. All arrays have one entry for each gram; −1 stands for none.
 */
export interface GramTable {
  /** the length of the longest grams */
  order: number;
  vocabSize: number;
  /** how many grams there are, the empty one included */
  size: number;
  /** how often the gram occurs in the text */
  count: Int32Array;
  /** how many tokens it has */
  length: Int32Array;
  /** its last token */
  token: Int32Array;
  /** the gram without its first token, always in the table */
  suffix: Int32Array;
  /** the children, as a linked list */
  firstChild: Int32Array;
  nextSibling: Int32Array;
  /** The gram with one token more, or −1. */
  find(gram: number, token: number): number;
}

/**
 * Counts every gram of 1 … order tokens in a text, in one pass.
 *
 * @throws Error for an empty text; RangeError for a token that is not 0 … vocabSize − 1, or a wrong order
 */
export function countGrams(tokens: Int32Array, order: number, vocabSize: number): GramTable {
  assertCount("nGram", "order", order);
  assertCount("nGram", "vocabSize", vocabSize);
  assert(tokens.length > 0, "nGram: expected at least one token to learn from, got none");
  const table = emptyTable(order, vocabSize);
  // ending[k]: the gram of the last k tokens read
  let ending = new Int32Array(order + 1);
  let next = new Int32Array(order + 1);
  for (let t = 0; t < tokens.length; t++) {
    assertToken(tokens[t], vocabSize, t);
    for (let k = 0; k < Math.min(order, t + 1); k++) {
      // A gram of one token has the empty gram as its suffix, next[0] = 0.
      next[k + 1] = table.findOrAdd(ending[k], tokens[t], next[k]);
      table.count[next[k + 1]]++;
    }
    [ending, next] = [next, ending];
  }
  return table;
}

/** How often each token follows a gram, [V]; zeros for −1. */
export function countsAfter(table: GramTable, gram: number): Int32Array {
  const counts = new Int32Array(table.vocabSize);
  if (gram < 0) return counts;
  for (let child = table.firstChild[gram]; child >= 0; child = table.nextSibling[child]) {
    counts[table.token[child]] = table.count[child];
  }
  return counts;
}

export function assertToken(token: number, vocabSize: number, position: number): void {
  if (Number.isInteger(token) && token >= 0 && token < vocabSize) return;
  throw new RangeError(`nGram: expected tokens of 0 … ${vocabSize - 1}, got ${token} at ${position}`);
}

type GrowingTable = GramTable & { findOrAdd(gram: number, token: number, suffix: number): number };

function emptyTable(order: number, vocabSize: number): GrowingTable {
  const children = createPairMap();
  const column = () => new Int32Array(1024);
  const table: GrowingTable = {
    order,
    vocabSize,
    size: 0,
    count: column(),
    length: column(),
    token: column(),
    suffix: column(),
    firstChild: column(),
    nextSibling: column(),
    find: children.get,
    findOrAdd(gram, token, suffix) {
      const found = children.get(gram, token);
      if (found >= 0) return found;
      const added = addGram(table, { length: table.length[gram] + 1, token, suffix });
      table.nextSibling[added] = table.firstChild[gram];
      table.firstChild[gram] = added;
      children.add(gram, token, added);
      return added;
    },
  };
  addGram(table, { length: 0, token: -1, suffix: -1 });
  return table;
}

const COLUMNS = ["count", "length", "token", "suffix", "firstChild", "nextSibling"] as const;

function addGram(table: GramTable, gram: Record<"length" | "token" | "suffix", number>): number {
  const added = table.size++;
  if (added === table.count.length) for (const name of COLUMNS) table[name] = doubled(table[name]);
  table.length[added] = gram.length;
  table.token[added] = gram.token;
  table.suffix[added] = gram.suffix;
  table.firstChild[added] = -1;
  table.nextSibling[added] = -1;
  return added;
}

function doubled(column: Int32Array): Int32Array {
  const larger = new Int32Array(2 * column.length);
  larger.set(column);
  return larger;
}
