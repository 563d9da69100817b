import type { Reference } from "#content/references.ts";

/** A source as a BibTeX entry; names and titles stay in Unicode, as biber and newer BibTeX read them. */
export function bibtexOf(key: string, source: Reference): string {
  const { kind, ...place } = placeOf(source);
  const fields = {
    author: source.authors.split(", ").flatMap(authorsIn).join(" and "),
    title: `{${source.title}}`,
    ...place,
    year: String(source.year),
    ...identifierOf(source.url),
  };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${escaped(value)}},`);
  return `@${kind}{${key},\n${lines.join("\n")}\n}\n`;
}

/** "Y. Bengio" → "Bengio, Y."; "Y. Wu et al." is two: the first and all others. */
function authorsIn(name: string): string[] {
  const first = name.replace(/ et al\.$/, "");
  const [, initials = "", surname = first] = /^((?:\p{Lu}\.[ -]?)+)(.+)$/u.exec(first) ?? [];
  const author = initials ? `${surname}, ${initials.trim()}` : surname;
  return first === name ? [author] : [author, "others"];
}

const JOURNAL = /^(?<journal>.+) (?<volume>\d+)(?:\((?<number>[\w–]+)\))?, (?<pages>[\w–]+)$/;
const MEETING = /^(?:Proceedings|Advances|ICLR|ICASSP|Interspeech)/;
const PAGES = /^(?<booktitle>.+), (?<pages>\d+–\d+)$/;

/** Where it appeared, by the ways in which `where` is written. */
function placeOf({ where }: Reference): { kind: string } & Record<string, string> {
  if (MEETING.test(where))
    return { kind: "inproceedings", ...(PAGES.exec(where)?.groups ?? { booktitle: where }) };
  const { journal, volume, number, pages } = JOURNAL.exec(where)?.groups ?? {};
  if (journal) return { kind: "article", journal, volume: volume!, ...(number && { number }), pages: pages! };
  return { kind: "misc", howpublished: where };
}

function identifierOf(url: string | undefined): Record<string, string> {
  if (!url) return {};
  const doi = /^https:\/\/doi\.org\/(.+)$/.exec(url)?.[1];
  if (doi) return { doi, url };
  const eprint = /^https:\/\/arxiv\.org\/abs\/(.+)$/.exec(url)?.[1];
  return eprint ? { eprint, archiveprefix: "arXiv", url } : { url };
}

const escaped = (text: string): string =>
  text
    .replaceAll("–", "--")
    .replaceAll("’", "'")
    .replace(/[&%#_]/g, "\\$&");
