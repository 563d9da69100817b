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
  const lines = typeof text === "string" ? linesOf(text) : text;
  const all = new Map<string, number>();
  let length = 0;
  for (const line of lines)
    for (const word of line) {
      all.set(word, (all.get(word) ?? 0) + 1);
      length++;
    }
  // sorting is stable, so words of equal count stay in the order of the text
  const kept = [...all].filter(([, count]) => count >= minCount).sort((a, b) => b[1] - a[1]);
  kept.length = Math.min(kept.length, maxWords);
  if (kept.length < 2) throw tooFew(kept.length, all.size, minCount);
  const numbers = new Map(kept.map(([word], id) => [word, id]));
  const counts = Int32Array.from(kept, ([, count]) => count);
  const ids = encode(lines, numbers, length);
  const size = counts.reduce((sum, count) => sum + count, 0);
  return {
    words: kept.map(([word]) => word),
    counts,
    ids,
    size,
    dropped: length - size,
    indexOf: (word) => numbers.get(word) ?? numbers.get(word.toLowerCase()) ?? -1,
  };
}

function linesOf(text: string): string[][] {
  if (text.length > LONGEST_TEXT)
    throw new RangeError(
      `corpus: the text has ${text.length.toLocaleString("en")} characters; the limit is ` +
        `${LONGEST_TEXT.toLocaleString("en")}. Cut it, for example text.slice(0, ${LONGEST_TEXT}).`,
    );
  return text
    .split(/[\r\n]+/)
    .map(tokenise)
    .filter((line) => line.length > 0);
}

function encode(
  lines: readonly (readonly string[])[],
  numbers: Map<string, number>,
  length: number,
): Int32Array {
  const ids = new Int32Array(length + lines.length);
  let n = 0;
  for (const line of lines) {
    for (const word of line) {
      const id = numbers.get(word);
      if (id !== undefined) ids[n++] = id;
    }
    ids[n++] = -1;
  }
  return ids.slice(0, n);
}

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

/** The text with frequent words left out at random; line ends stay. */
export function subsample(ids: Int32Array, keep: Float64Array, uniform: () => number): Int32Array {
  const kept = new Int32Array(ids.length);
  let n = 0;
  for (const id of ids) if (id < 0 || keep[id] >= 1 || uniform() < keep[id]) kept[n++] = id;
  return kept.slice(0, n);
}

/** Noise of negative sampling: counts^power; 0.75 is word2vec's, 1 the words' own frequency, 0 every word alike. */
export const noiseWeights = (counts: ArrayLike<number>, power = 0.75): Float64Array =>
  Float64Array.from(counts, (count) => count ** power);
