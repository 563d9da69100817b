import { type Reference, type ReferenceKey, references } from "#content/references.ts";

/** A source with the key under which texts cite it. */
export interface Source extends Reference {
  key: ReferenceKey;
}

export const sourceOf = (key: ReferenceKey): Source => ({ key, ...references[key] });

/** The sources that a text names by `[](@key)`, in the order of their first mention. */
export function citedIn(text: string): ReferenceKey[] {
  const keys = [...text.matchAll(/\]\(@([\w-]+)\)/g)].map(([, key]) => key!);
  return [...new Set(keys)].filter((key): key is ReferenceKey => Object.hasOwn(references, key));
}

/** One or two surnames, or the first "and others", with the year. */
export function shortCitation(key: ReferenceKey): string {
  const { authors, year } = references[key];
  const names = authors.split(", ").map((author) => author.replace(/^(?:[A-Z]\.[ -]?)+/, ""));
  const who = names.length > 2 ? `${names[0]} and others` : names.join(" & ");
  return `${who} ${year}`;
}
