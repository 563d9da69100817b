/** Words and their vectors, one row each. */
export interface WordVectors {
  readonly words: readonly string[];
  /** D */
  readonly dimension: number;
  /** row-major [V,D] */
  readonly data: Float32Array;
  /** the same, each scaled to length 1; made when first asked for */
  readonly unit: Float32Array;
  /** a word's row, −1 when it has none */
  indexOf(word: string): number;
  /** A copy of a word's vector, [D]. @throws RangeError for a word that has none */
  of(word: string): Float32Array;
}

/**
 * Vectors for words in this order.
 *
 * @param indexOf a word's row, where it is known already
 */
export function wordVectors(
  words: readonly string[],
  data: Float32Array,
  indexOf = rowsByWord(words),
): WordVectors {
  const dimension = data.length / words.length;
  let unit: Float32Array | undefined;
  const vectors: WordVectors = {
    words,
    dimension,
    data,
    get unit() {
      return (unit ??= unitVectors(vectors));
    },
    indexOf,
    of(word) {
      const row = rowOf(vectors, word);
      return data.slice(row * dimension, (row + 1) * dimension);
    },
  };
  return vectors;
}

function rowsByWord(words: readonly string[]): (word: string) => number {
  const rows = new Map(words.map((word, row) => [word, row]));
  return (word) => rows.get(word) ?? rows.get(word.toLowerCase()) ?? -1;
}

/** @throws RangeError naming the word */
export function rowOf(vectors: WordVectors, word: string): number {
  const row = vectors.indexOf(word);
  if (row >= 0) return row;
  throw noVector(word, vectors.words.length);
}

export const noVector = (word: string, size: number): RangeError =>
  new RangeError(
    `"${word}" is not one of the ${size} words with a vector. It may be too rare: see minCount.`,
  );

/** Every vector scaled to length 1, as one array [V,D]; a vector of zeros stays. */
export function unitVectors({ data, dimension: D }: Pick<WordVectors, "data" | "dimension">): Float32Array {
  const unit = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += D) {
    let sum = 0;
    for (let k = at; k < at + D; k++) sum += data[k] * data[k];
    const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
    for (let k = at; k < at + D; k++) unit[k] = data[k] * scale;
  }
  return unit;
}
