import { assert, assertCount } from "#src/util/assert.ts";
import type { Rng } from "#src/util/rng.ts";
import { DATE_FORMATS, pad, writeDate, type CalendarDate, type DatePiece } from "./date-formats.ts";
import { assertRng, between, pick } from "./draw.ts";

const FIRST_YEAR = 1950;
const LAST_YEAR = 2050;

export interface DateExample {
  /** as people write it, such as "the 3rd of July 1998"; at most 30 characters */
  source: string;
  /** ISO 8601, such as "1998-07-03" */
  target: string;
  /**
   * [10]: for each character of the target, the positions in the source that it comes from. Digits come from their
   * digits where the source has them, else from the whole month name, number or year; the two hyphens from nowhere.
   */
  alignment: number[][];
  /** the format of the source, one of `DATE_FORMATS` */
  format: string;
}

/**
 * Dates of 1950 to 2050 as people write them, in 29 formats, with their ISO form.
 *
 * @param options.formats which formats to draw from, default all of `DATE_FORMATS`
 * @throws Error when a format is not one of them
 */
export function dateExamples(options: {
  count: number;
  rng: Rng;
  formats?: readonly string[];
}): DateExample[] {
  const { count, rng, formats = DATE_FORMATS } = options;
  assertCount("dateExamples", "count", count);
  assertRng("dateExamples", rng);
  assert(formats.length > 0, "dateExamples: formats must not be empty");
  const unknown = formats.find((format) => !DATE_FORMATS.includes(format));
  assert(
    unknown === undefined,
    `dateExamples: unknown format "${unknown}"; known are such as "${DATE_FORMATS[0]}"`,
  );
  return Array.from({ length: count }, () => drawExample(rng, pick(rng, formats)));
}

function drawExample(rng: Rng, format: string): DateExample {
  // 2050 as '50 would be read as 1950
  const last = format.includes("{yy}") ? LAST_YEAR - 1 : LAST_YEAR;
  const year = between(rng, FIRST_YEAR, last);
  const month = between(rng, 1, 12);
  const day = between(rng, 1, daysIn(year, month));
  const pieces = writeDate({ year, month, day }, format);
  return {
    source: pieces.map(({ text }) => text).join(""),
    target: `${year}-${pad(month)}-${pad(day)}`,
    alignment: [
      ...align(pieces, "year", 4),
      [],
      ...align(pieces, "month", 2),
      [],
      ...align(pieces, "day", 2),
    ],
    format,
  };
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Where the digits of a part come from: counted from the right, digit from digit; what has no digit from the whole. */
function align(pieces: DatePiece[], part: keyof CalendarDate, width: number): number[][] {
  const at = pieces.findIndex((piece) => piece.part === part);
  const start = pieces.slice(0, at).reduce((sum, { text }) => sum + text.length, 0);
  const { text } = pieces[at];
  const digits = /^\d*/.exec(text)![0].length;
  const whole = Array.from(text, (_, k) => start + k);
  return Array.from({ length: width }, (_, k) => {
    const from = digits - width + k;
    return from >= 0 ? [start + from] : whole;
  });
}
