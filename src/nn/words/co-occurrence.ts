import { assert, assertCount } from "#src/util/assert.ts";
import type { WordCorpus } from "./corpus.ts";

/** How often words stand near each other: the cells of the matrix X that are not 0. */
export interface CoOccurrences {
  readonly words: readonly string[];
  /** row, column and count of each cell, in the order of rows, then columns */
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly counts: Float64Array;
  /** Σ_j X_ij of each word, float64 [V] */
  readonly totals: Float64Array;
  /** X_ij of two words, 0 when they never met. @throws RangeError for a word outside the vocabulary */
  count(word: string, neighbour: string): number;
  /** P(neighbour | word) = X_ij / Σ_k X_ik */
  probability(neighbour: string, word: string): number;
}

export interface CoOccurrenceOptions {
  /** how far a neighbour may stand, default 10 */
  window?: number;
  /** "inverse": a neighbour at distance d counts 1/d, as in GloVe; "flat": every one counts 1; default inverse */
  weight?: "inverse" | "flat";
}

/** Cells are collected so many at a time. */
const BLOCK = 1 << 16;

/**
 * Counts the neighbours of every word on both sides, so X is symmetric.
 *
 * Source: Pennington et al. 2014, section 4.2.
 */
export function coOccurrences(corpus: WordCorpus, options: CoOccurrenceOptions = {}): CoOccurrences {
  const { window = 10, weight = "inverse" } = options;
  assertCount("coOccurrences", "window", window);
  assert(
    weight === "inverse" || weight === "flat",
    `coOccurrences: expected weight to be "inverse" or "flat", got ${JSON.stringify(weight)}`,
  );
  const V = corpus.words.length;
  const weights = Float64Array.from({ length: window + 1 }, (_, d) => (weight === "flat" ? 1 : 1 / d));
  const cells = collectCells(corpus, positionsByWord(corpus), weights);
  const totals = new Float64Array(V);
  cells.counts.forEach((count, n) => (totals[cells.rows[n]] += count));
  const starts = rowStarts(cells.rows, V);
  const id = (word: string): number => {
    const at = corpus.indexOf(word);
    if (at < 0) throw new RangeError(`coOccurrences: "${word}" is not one of the ${V} words of this text`);
    return at;
  };
  const count = (word: string, neighbour: string): number => {
    const [row, column] = [id(word), id(neighbour)];
    const at = cells.columns.subarray(starts[row], starts[row + 1]).indexOf(column);
    return at < 0 ? 0 : cells.counts[starts[row] + at];
  };
  return {
    words: corpus.words,
    ...cells,
    totals,
    count,
    probability: (neighbour, word) => {
      const total = totals[id(word)];
      return total > 0 ? count(word, neighbour) / total : 0;
    },
  };
}

/** Where each word stands in the text, word after word. */
function positionsByWord({ ids, counts, size }: WordCorpus): Int32Array {
  const next = new Int32Array(counts.length);
  for (let v = 1; v < counts.length; v++) next[v] = next[v - 1] + counts[v - 1];
  const positions = new Int32Array(size);
  ids.forEach((id, at) => {
    if (id >= 0) positions[next[id]++] = at;
  });
  return positions;
}

/** Row after row with one dense row as scratch, so that memory grows with the cells alone. */
function collectCells({ ids, counts }: WordCorpus, positions: Int32Array, weights: Float64Array) {
  const V = counts.length;
  const row = new Float64Array(V);
  const cells = growingCells();
  const touched: number[] = [];
  const walk = (at: number, step: number) => {
    for (let d = 1; d < weights.length; d++) {
      const id = ids[at + d * step] ?? -1;
      if (id < 0) return;
      if (row[id] === 0) touched.push(id);
      row[id] += weights[d];
    }
  };
  for (let v = 0, from = 0; v < V; from += counts[v], v++) {
    for (let k = from; k < from + counts[v]; k++) {
      walk(positions[k], -1);
      walk(positions[k], 1);
    }
    touched.sort((a, b) => a - b);
    for (const id of touched) {
      cells.add(v, id, row[id]);
      row[id] = 0;
    }
    touched.length = 0;
  }
  return cells.done();
}

interface Cells {
  rows: Int32Array;
  columns: Int32Array;
  counts: Float64Array;
}

const room = (n: number): Cells => ({
  rows: new Int32Array(n),
  columns: new Int32Array(n),
  counts: new Float64Array(n),
});

/** In blocks, which are put together once: an array that doubled would hold three times what it needs. */
function growingCells() {
  const blocks: Cells[] = [];
  let [block, n] = [room(0), BLOCK];
  return {
    add(row: number, column: number, count: number): void {
      if (n === BLOCK) {
        blocks.push((block = room(BLOCK)));
        n = 0;
      }
      block.rows[n] = row;
      block.columns[n] = column;
      block.counts[n++] = count;
    },
    done(): Cells {
      const all = room(blocks.length * BLOCK - (BLOCK - n));
      for (const name of ["rows", "columns", "counts"] as const)
        blocks.forEach((each, k) => {
          all[name].set(each[name].subarray(0, all[name].length - k * BLOCK), k * BLOCK);
          release(each[name]);
        });
      return all;
    },
  };
}

/** Gives an array's memory back at once; an engine that cannot leaves it to its collector. */
function release({ buffer }: { buffer: ArrayBufferLike }): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer?.(0);
}

/** Where each row begins among the cells, int32 [V+1]. */
export function rowStarts(rows: Int32Array, V: number): Int32Array {
  const starts = new Int32Array(V + 1);
  for (const row of rows) starts[row + 1]++;
  for (let v = 0; v < V; v++) starts[v + 1] += starts[v];
  return starts;
}
