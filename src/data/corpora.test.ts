import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import type { Card } from "./card.ts";
import { cmudict, cmudictCard, parseCmudict, PHONEMES, splitPronunciations } from "./cmudict.ts";
import { encodeEntries, shipped as cmudictFile } from "./cmudict-text.ts";
import { digits, digitsCard, parseDigits } from "./digits.ts";
import { packPixels, shipped as digitsFile } from "./digits-text.ts";
import { names, namesCard, parseNames } from "./names.ts";
import { shipped as namesFile } from "./names-text.ts";
import { formatRecords, parseRecords } from "./records.ts";
import { parseSotu, sotu, sotuCard } from "./sotu.ts";
import { cleanAddress, shipped as sotuFile } from "./sotu-text.ts";
import { parseSpam, spam, spamCard } from "./spam.ts";
import { cleanMessage, shipped as spamFile } from "./spam-text.ts";

const FILES: { card: Card; file: { name: string; build(): string | Promise<string> } }[] = [
  { card: cmudictCard, file: cmudictFile },
  { card: digitsCard, file: digitsFile },
  { card: namesCard, file: namesFile },
  { card: sotuCard, file: sotuFile },
  { card: spamCard, file: spamFile },
];

const texts = new Map<string, Promise<string>>();
/** What a page gets: the built file by its name, built once. */
function fetchData(name: string): Promise<string> {
  const { file } = FILES.find((each) => each.file.name === name)!;
  if (!texts.has(name)) texts.set(name, Promise.resolve(file.build()));
  return texts.get(name)!;
}

describe("the files that the site ships", () => {
  it.each(FILES)("is $file.name the one on its card?", async ({ card, file }) => {
    const text = await fetchData(file.name);
    expect(Buffer.byteLength(text)).toBe(card.bytes);
    expect(createHash("sha256").update(text).digest("hex")).toBe(card.sha256);
    expect(text).toMatch(/^[\n\t -~]+$/);
  });

  it("are they small enough to load in a lesson?", () => {
    const total = FILES.reduce((sum, { card }) => sum + card.bytes, 0);
    expect(total).toBeLessThan(5_500_000);
  });
});

describe("records", () => {
  it("does reading give what was written, without the comment?", () => {
    const text = formatRecords("list", ["a b", "c"], "first\n\nlast");
    expect(text).toBe("list 2\n# first\n#\n# last\na b\nc\n");
    expect(parseRecords("list", text)).toEqual(["a b", "c"]);
  });

  it("does it say that another file, or a part of one, came?", () => {
    expect(() => parseRecords("list", "<!doctype html>\n")).toThrow(
      'list: expected a data file that begins with "list", got "<!doctype html>"',
    );
    expect(() => parseRecords("list", "list 2\na\n")).toThrow(
      "list: expected 2 records in the data file, got 1",
    );
    expect(() => parseRecords("list", "list 2\na\nb")).toThrow("list: the data file stops within a line");
    expect(() => formatRecords("list", ["a", "b\nc"])).toThrow(
      "list: record 1 is empty, is a comment, or has",
    );
  });
});

describe("cmudict", () => {
  it("how is hello said, and tomato?", async () => {
    const entries = await cmudict(fetchData);
    expect(entries).toHaveLength(123_874);
    const find = (word: string) => entries.find((entry) => entry.word === word)!;
    expect(find("hello").phonemes.join(" ")).toBe("HH AH0 L OW1");
    expect(find("tomato").alternates.map((way) => way.join(" "))).toEqual(["T AH0 M AA1 T OW2"]);
    const words = entries.map(({ word }) => word);
    expect(words).toEqual([...new Set(words)].sort());
    const used = new Set(entries.flatMap(({ phonemes }) => phonemes));
    expect([...used].sort()).toEqual([...PHONEMES].sort());
  });

  it("does stress: false leave 39 phonemes, and no way to say a word twice?", async () => {
    const entries = await cmudict(fetchData, { stress: false });
    expect(new Set(entries.flatMap(({ phonemes }) => phonemes)).size).toBe(39);
    for (const { phonemes, alternates } of entries) {
      if (alternates.length === 0) continue;
      const ways = [phonemes, ...alternates].map((way) => way.join(" "));
      expect(new Set(ways).size).toBe(ways.length);
    }
  });

  it("does splitting hold a tenth out, the same words from any part of the list?", async () => {
    const entries = await cmudict(fetchData);
    const { train, valid } = splitPronunciations(entries, { rng: createRng(1) });
    expect(train.length + valid.length).toBe(entries.length);
    expect(valid.length / entries.length).toBeCloseTo(0.1, 2);
    const held = new Set(valid.map(({ word }) => word));
    expect(train.some(({ word }) => held.has(word.split("'")[0]))).toBe(false);
    const short = splitPronunciations(
      entries.filter(({ word }) => word.length < 4),
      { rng: createRng(1) },
    );
    expect(short.valid).toEqual(valid.filter(({ word }) => word.length < 4));
  });

  it("does it say what is wrong with an option or a file?", () => {
    expect(() => splitPronunciations([], { rng: createRng(1), fraction: 2 })).toThrow(
      "splitPronunciations: fraction must be between 0 and 1, got 2",
    );
    expect(() => splitPronunciations([], {} as never)).toThrow(
      "splitPronunciations: an rng is needed, such as rng: rng(1)",
    );
    const good = encodeEntries({ AB: "AE1 B", ABBA: "AE1 B AH0", "ABBA(1)": "AA1 B AH0", "A.": "EY1" });
    expect(parseCmudict(formatRecords("cmudict", good)).map(({ word }) => word)).toEqual(["ab", "abba"]);
    expect(() => parseCmudict("cmudict 1\n3ab 00\n")).toThrow(
      'cmudict: the data file is damaged: record 0 must be a word and its phonemes, got "3ab 00"',
    );
    expect(() => encodeEntries({ AB: "AX1" })).toThrow('unknown phoneme "AX1"');
  });
});

describe("names", () => {
  it("are there thousands of both kinds, some on both lists?", async () => {
    const all = await names(fetchData);
    expect(all.filter(([, label]) => label === "female")).toHaveLength(4944);
    expect(all.filter(([, label]) => label === "male")).toHaveLength(3897);
    expect(new Set(all.map(([name]) => name)).size).toBe(all.length - 419);
    expect(() => parseNames("names 1\nAda x\n")).toThrow(
      'names: the data file is damaged: record 0 must be a name and f or m, got "Ada x"',
    );
  });
});

describe("spam", () => {
  it("is half of it spam, masked and short?", async () => {
    const all = await spam(fetchData);
    expect(all.filter(({ label }) => label === "spam")).toHaveLength(280);
    expect(all).toHaveLength(560);
    for (const { text } of all) {
      expect(text).not.toMatch(/\S@\S|https?:|\d{8}/);
      expect(text.length).toBeGreaterThanOrEqual(80);
      expect(text.length).toBeLessThanOrEqual(600);
    }
    expect(all.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(400_000);
  });

  it("does cleaning keep what the sender wrote, and nothing that names a person's address?", () => {
    const message = (head: string, body: string) => cleanMessage(`From: a@b.c\n${head}\n\n${body}`);
    const body =
      "Ann wrote:\n> old words\nYou can read the new page at http://a.org/x?y, or call +1 (555) 123-4567,\n";
    const end = "or write to ann@here.org at any time of the day.\n\nBob\n-- \nBob of Bobs Ltd";
    expect(message("Subject: Re: [list] News", body + end)).toBe(
      "News You can read the new page at <url> or call <number>, or write to <email> at any time of the day.",
    );
    expect(message("Subject: x\nContent-Type: text/html", body + end)).toBeUndefined();
    expect(message("Subject: x", "You get <b>this</b> for free today, ".repeat(4))).toBeUndefined();
    expect(message("Subject: x", "Too short for you.")).toBeUndefined();
  });

  it("does it refuse a damaged file?", () => {
    expect(() => parseSpam("spam 1\neggs and ham\n")).toThrow(
      'spam: the data file is damaged: record 0 must be ham or spam and a message, got "eggs and ham"',
    );
  });
});

describe("sotu", () => {
  it("is it one address a year or more, in order, with enough words to train on?", async () => {
    const addresses = await sotu(fetchData);
    expect(addresses).toHaveLength(66);
    expect(addresses[0]).toMatchObject({ year: 1957, president: "Dwight D Eisenhower" });
    const years = addresses.map(({ year }) => year);
    expect(years).toEqual([...years].sort());
    const words = addresses.reduce((sum, { text }) => sum + text.split(" ").length, 0);
    expect(words).toBeGreaterThan(350_000);
  });

  it("does cleaning drop the audience, and does reading refuse a damaged file?", () => {
    expect(cleanAddress("We can’t wait—(applause)—and won’t. (Laughter and applause.)\n\nGo  on!")).toBe(
      "We can't wait-- --and won't. Go on!",
    );
    expect(() => parseSotu("sotu 1\n1957 A B\n")).toThrow(
      'sotu: the data file is damaged: record 0 must be a year, a president and an address, got "1957 A B"',
    );
  });
});

describe("digits", () => {
  it("are there 200 of each, with ink in the middle and none at the edge?", async () => {
    const { count, images, labels } = await digits(fetchData);
    expect([count, images.length]).toEqual([2000, 2000 * 784]);
    const perClass = new Array<number>(10).fill(0);
    for (const label of labels) perClass[label]++;
    expect(perClass).toEqual(new Array(10).fill(200));
    for (let n = 0; n < count; n++) {
      const image = images.subarray(n * 784, (n + 1) * 784);
      expect(image.reduce((sum, pixel) => sum + pixel, 0)).toBeGreaterThan(10);
      expect(Math.max(...image)).toBeLessThanOrEqual(1);
      expect(image[0] + image[27] + image[783]).toBe(0);
    }
  });

  it("does unpacking give the pixels to the nearest fifteenth, and refuse a damaged file?", () => {
    const pixels = Array.from({ length: 784 }, (_, k) => (k % 256) / 255);
    const { images, labels } = parseDigits(formatRecords("digits", [`7 ${packPixels(pixels)}`]));
    expect(labels[0]).toBe(7);
    pixels.forEach((pixel, k) => expect(Math.abs(images[k] - pixel)).toBeLessThanOrEqual(1 / 30 + 1e-6));
    expect(() => parseDigits("digits 1\n7 AAAA\n")).toThrow(
      'digits: the data file is damaged: record 0 must be a label and 784 pixels, got "7 AAAA"',
    );
  });
});
