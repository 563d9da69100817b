import { assert } from "#src/util/assert.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz'";
/** ARPAbet without stress. */
const PHONEMES = (
  "B CH D DH F G HH JH K L M N NG P R S SH T TH V W Y Z ZH " + "AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW"
).split(" ");
const FIRST_PHONEME = 3;

/** Spellings and pronunciations as tokens: 0 is padding on both sides, 1 is ⟨bos⟩ and 2 is ⟨eos⟩ of the phonemes. */
export const pronunciationCode = {
  /** Vs: padding, 26 letters and the apostrophe */
  sourceSize: LETTERS.length + 1,
  /** V: padding, ⟨bos⟩, ⟨eos⟩ and 39 phonemes */
  vocabSize: PHONEMES.length + FIRST_PHONEME,
  padding: 0,
  first: 1,
  end: 2,

  /** @throws Error for a word with anything but letters and apostrophes */
  encodeWord(word: string): number[] {
    return [...word.toLowerCase()].map((letter) => {
      const at = LETTERS.indexOf(letter);
      assert(
        at >= 0,
        `pronunciationCode: expected letters a … z and apostrophes, got "${letter}" in "${word}"`,
      );
      return at + 1;
    });
  },

  /** Stress digits are dropped. */
  encodePhonemes(phonemes: readonly string[]): number[] {
    return phonemes.map((phoneme) => {
      const at = PHONEMES.indexOf(phoneme.replace(/\d$/, ""));
      assert(at >= 0, `pronunciationCode: unknown phoneme "${phoneme}"`);
      return at + FIRST_PHONEME;
    });
  },

  /** Padding, ⟨bos⟩ and ⟨eos⟩ are left out. */
  decode(tokens: ArrayLike<number>): string[] {
    return Array.from(tokens)
      .filter((token) => token >= FIRST_PHONEME)
      .map((token) => PHONEMES[token - FIRST_PHONEME] ?? "?");
  },
};
