/** A word of a translation, and the English words (by position) that it comes from. */
export interface LinkedWord {
  text: string;
  from: number[];
}

/** Whether a word makes the one before it drop its vowel: it begins with a vowel or with a mute h. */
export function startsWithVowel(word: string): boolean {
  return /^([aeiouyâéèêîôœ]|h(omme|ôtel|iver|eureu|abit))/.test(word);
}

/** Words that drop their vowel, "je" before "aime" giving "j'aime". */
const ELIDED: Readonly<Record<string, string>> = { le: "l'", la: "l'", je: "j'", ne: "n'", de: "d'" };

/** Prepositions that melt with the article after them, unless it is elided. */
const CONTRACTED: Readonly<Record<string, string>> = {
  "à le": "au",
  "à les": "aux",
  "de le": "du",
  "de les": "des",
};

/**
 * Words as they are written in a sentence: elided, then contracted. A contracted word comes from the English words of
 * both.
 */
export function joinFrench(words: LinkedWord[]): LinkedWord[] {
  const elided = words.map(({ text, from }, k) => {
    const next = words[k + 1]?.text ?? "";
    return { text: startsWithVowel(next) ? (ELIDED[text] ?? text) : text, from };
  });
  const joined: LinkedWord[] = [];
  for (const word of elided) {
    const before = joined.at(-1);
    const contracted = before && CONTRACTED[`${before.text} ${word.text}`];
    if (contracted) joined[joined.length - 1] = { text: contracted, from: [...before.from, ...word.from] };
    else joined.push(word);
  }
  return joined;
}

/** The sentence as text: no blank after an apostrophe. */
export function writeFrench(words: readonly string[]): string {
  return words.join(" ").replaceAll("' ", "'");
}
