import { type Reference, type ReferenceKey, references } from "#content/references.ts";

/** A source with the key under which texts cite it. */
export interface Source extends Reference {
  key: ReferenceKey;
}

export const sourceOf = (key: ReferenceKey): Source => ({ key, ...references[key] });

const surnameOf = (author: string): string => author.replace(/^(?:\p{Lu}\.[ -]?)+/u, "");

/** All sources, by the first author's surname and the year. */
export const byAuthor = (): ReferenceKey[] => {
  const first = (key: ReferenceKey) => surnameOf(references[key].authors.split(",")[0]!);
  const keys = Object.keys(references) as ReferenceKey[];
  return keys.sort(
    (a, b) => first(a).localeCompare(first(b), "en") || references[a].year - references[b].year,
  );
};

/** The sources that a text names by `[](@key)`, in the order of their first mention. */
export function citedIn(text: string): ReferenceKey[] {
  const keys = [...text.matchAll(/\]\(@([\w-]+)\)/g)].map(([, key]) => key!);
  return [...new Set(keys)].filter((key): key is ReferenceKey => Object.hasOwn(references, key));
}

/** One or two surnames, or the first "and others", with the year. */
export function shortCitation(key: ReferenceKey): string {
  const { authors, year } = references[key];
  const names = authors.split(", ").map(surnameOf);
  const who = names.length > 2 ? `${names[0]} and others` : names.join(" & ");
  return `${who} ${year}`;
}
