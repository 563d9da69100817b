/** The characters of a text, numbered: the tokens of a character model. */
export interface Vocabulary {
  /** V, the number of characters */
  readonly size: number;
  /** the character of each token */
  readonly characters: readonly string[];
  /**
   * The tokens of a text, int32 [its length in characters].
   *
   * @throws RangeError naming the first character that the vocabulary does not have, and its position
   */
  encode(text: string): Int32Array;
  /**
   * The text of tokens.
   *
   * @throws RangeError for a token that is not 0 … size − 1
   */
  decode(ids: ArrayLike<number>): string;
}

/**
 * A vocabulary of the characters of a text, numbered in the order in which they first appear: "hello" gives
 * h = 0, e = 1, l = 2, o = 3. An emoji counts as one character.
 *
 * @throws Error for an empty text
 */
export function vocabulary(text: string): Vocabulary {
  const characters = [...new Set(text)];
  if (characters.length === 0) {
    throw new Error(
      "vocabulary: the text is empty. Give a text that has every character the model should know.",
    );
  }
  const tokens = new Map(characters.map((character, token) => [character, token]));
  return {
    size: characters.length,
    characters,
    encode(text) {
      const ids = new Int32Array(text.length);
      let n = 0;
      for (const character of text) {
        const token = tokens.get(character);
        if (token === undefined) throw unknown(character, n, characters.length);
        ids[n++] = token;
      }
      return n === ids.length ? ids : ids.slice(0, n);
    },
    decode(ids) {
      return Array.from(ids, (token) => {
        const character = characters[token];
        if (character !== undefined) return character;
        throw new RangeError(
          `vocabulary.decode: expected tokens of 0 … ${characters.length - 1}, got ${token}`,
        );
      }).join("");
    },
  };
}

function unknown(character: string, position: number, size: number): RangeError {
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  return new RangeError(
    `vocabulary.encode: the character ${JSON.stringify(character)} (U+${code}) at position ${position} is not one of ` +
      `the ${size} characters of this vocabulary. Take it out, or build the vocabulary from a text that has it.`,
  );
}
