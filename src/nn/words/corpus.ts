import { assert, assertCount } from "#src/util/assert.ts";

/** A text as numbered words. */
export interface WordCorpus {
  /** from the most frequent down; words of equal count in the order of their first appearance */
  readonly words: readonly string[];
  /** how often each occurs, int32 [V] */
  readonly counts: Int32Array;
  /** the text without its rare words, int32; −1 where a line ends, which no window crosses */
  readonly ids: Int32Array;
  /** words in ids, without the line ends */
  readonly size: number;
  /** words of the text that were too rare to be kept */
  readonly dropped: number;
  /** a word's number, −1 for one that is not in the vocabulary */
  indexOf(word: string): number;
}

export interface CorpusOptions {
  /** words that occur less often are dropped from the text; default 5 */
  minCount?: number;
  /** at most so many words, the most frequent ones; default 50,000 */
  maxWords?: number;
}

/** The longest text, in characters. */
export const LONGEST_TEXT = 5_000_000;

/**
 * Splits a text into lower-case words: letters, digits, and apostrophes inside a word. "Don't stop, 1961!" gives don't,
 * stop, 1961.
 */
export const tokenise = (text: string): string[] =>
  text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu) ?? [];

/**
 * Numbers the words of a text, or of lines of words that you split yourself.
 *
 * @throws RangeError for a text of more than 5,000,000 characters, or when fewer than two different words are left
 */
export function corpus(
  text: string | readonly (readonly string[])[],
  options: CorpusOptions = {},
): WordCorpus {
  const { minCount = 5, maxWords = 50_000 } = options;
  assertCount("corpus", "minCount", minCount);
  assertCount("corpus", "maxWords", maxWords, 2);
  const { numbers: first, counts: all, ids, length } = numbered(text);
  const names = [...first.keys()];
  // sorting is stable, so words of equal count stay in the order of the text
  const kept = names.map((_, at) => at).filter((at) => all[at] >= minCount);
  kept.sort((a, b) => all[b] - all[a]);
  kept.length = Math.min(kept.length, maxWords);
  if (kept.length < 2) throw tooFew(kept.length, names.length, minCount);
  const words = kept.map((at) => names[at]);
  const numbers = new Map(words.map((word, id) => [word, id]));
  const counts = Int32Array.from(kept, (at) => all[at]);
  const size = counts.reduce((sum, count) => sum + count, 0);
  return {
    words,
    counts,
    ids: renumbered(ids, kept, names.length),
    size,
    dropped: length - size,
    indexOf: (word) => numbers.get(word) ?? numbers.get(word.toLowerCase()) ?? -1,
  };
}

/** Words of a line, or of a piece of one; a line ends after the last. */
interface Piece {
  words: readonly string[];
  isEnd: boolean;
}

/** A longer line is split into words piece by piece, so that few of them are held at a time. */
const PIECE = 1 << 16;

function* pieces(text: string | readonly (readonly string[])[]): Generator<Piece, void, undefined> {
  if (typeof text !== "string") {
    for (const words of text) yield { words, isEnd: true };
    return;
  }
  if (text.length > LONGEST_TEXT) throw tooLong(text.length);
  for (const line of text.split(/[\r\n]+/)) {
    let isEmpty = true;
    for (let from = 0, to = 0; from < line.length; from = to) {
      to = endOfPiece(line, from + PIECE);
      const words = tokenise(line.slice(from, to));
      isEmpty &&= words.length === 0;
      yield { words, isEnd: to === line.length && !isEmpty };
    }
  }
}

/** The first blank from here on, or the end of the line: no word is cut. */
function endOfPiece(line: string, from: number): number {
  const found = from < line.length ? line.slice(from).search(/\s/) : -1;
  return found < 0 ? line.length : from + found;
}

/** Numbers in the order of first appearance: each word's, how often it occurs, and the text, −1 after each line. */
function numbered(text: string | readonly (readonly string[])[]) {
  const numbers = new Map<string, number>();
  const counts: number[] = [];
  let [ids, n, length] = [new Int32Array(1 << 16), 0, 0];
  const add = (id: number) => {
    if (n === ids.length) {
      const small = ids;
      ids = new Int32Array(2 * n);
      ids.set(small);
    }
    ids[n++] = id;
  };
  for (const { words, isEnd } of pieces(text)) {
    length += words.length;
    for (const word of words) {
      const id = numbers.get(word) ?? counts.push(0) - 1;
      if (counts[id]++ === 0) numbers.set(word, id);
      add(id);
    }
    if (isEnd) add(-1);
  }
  return { numbers, counts, ids: ids.subarray(0, n), length };
}

/** With the numbers of the kept words, the others left out. */
function renumbered(ids: Int32Array, kept: readonly number[], all: number): Int32Array {
  const now = new Int32Array(all).fill(-1);
  kept.forEach((at, id) => (now[at] = id));
  let n = 0;
  for (const id of ids) if (id < 0 || now[id] >= 0) ids[n++] = id < 0 ? -1 : now[id];
  return ids.slice(0, n);
}

const tooLong = (length: number): RangeError =>
  new RangeError(
    `corpus: the text has ${length.toLocaleString("en")} characters; the limit is ` +
      `${LONGEST_TEXT.toLocaleString("en")}. Cut it, for example text.slice(0, ${LONGEST_TEXT}).`,
  );

function tooFew(kept: number, different: number, minCount: number): RangeError {
  return new RangeError(
    `corpus: ${kept} of ${different} different words occur at least ${minCount} times; two are needed. ` +
      "Give a longer text, or lower minCount.",
  );
}

/**
 * How likely each word is kept by subsampling: √(t/f) + t/f for a word of frequency f, at most 1, float64 [V].
 *
 * Source: word2vec.c; the paper (arXiv 1310.4546) prints √(t/f) alone.
 *
 * @param threshold t; 0 keeps every word
 */
export function keepProbabilities(
  { counts, size }: Pick<WordCorpus, "counts" | "size">,
  threshold: number,
): Float64Array {
  assert(threshold >= 0, `keepProbabilities: the threshold must not be negative, got ${threshold}`);
  return Float64Array.from(counts, (count) => {
    const ratio = (threshold * size) / count;
    return threshold === 0 ? 1 : Math.min(1, Math.sqrt(ratio) + ratio);
  });
}

/**
 * The text with frequent words left out at random; line ends stay.
 *
 * @param room [ids.length] where the text is written; a training gives the same for each pass
 */
export function subsample(
  ids: Int32Array,
  keep: Float64Array,
  uniform: () => number,
  room = new Int32Array(ids.length),
): Int32Array {
  let n = 0;
  for (const id of ids) if (id < 0 || keep[id] >= 1 || uniform() < keep[id]) room[n++] = id;
  return room.subarray(0, n);
}

/** Noise of negative sampling: counts^power; 0.75 is word2vec's, 1 the words' own frequency, 0 every word alike. */
export const noiseWeights = (counts: ArrayLike<number>, power = 0.75): Float64Array =>
  Float64Array.from(counts, (count) => count ** power);
