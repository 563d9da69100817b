/** The data of TensorFlow.js's date-conversion-attention example: all days of 1950 to 2049 in twenty formats, a quarter to train. */
import type { PaddedPairs } from "#src/data/pair-batches.ts";
import { createRng } from "#src/util/rng.ts";

/** Names of workers, and of what each does first: ours in the faster build, and the model of TensorFlow.js's date example. */
export const RELAXED = "relaxed";
export const EXAMPLE = "tfjs date example";

const FORMATS = [
  ...["DDMMMYYYY", "MMDDYY", "MM/DD/YY", "MM/DD/YYYY", "M/D/YYYY", "DD-MM-YYYY", "D-M-YYYY", "MMM DD YY"],
  ...["M/D/YY", "MMM DD YYYY", "MMM DD, YY", "MMM DD, YYYY", "DD.MM.YYYY", "D.M.YYYY", "YYYY.MM.DD"],
  ...["YYYY.M.D", "YYYYMMDD", "YYYY-M-D", "D MMM YYYY", "YYYY-MM-DD"],
];
const MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");
/** place 0 is padding, and of the outputs 1 begins a date */
const LETTERS = `\n0123456789/-., ${[...new Set(MONTHS.join(""))].join("")}`;
const SYMBOLS = "\n\t0123456789-";

export const DATES = {
  sourceSize: LETTERS.length,
  vocabSize: SYMBOLS.length,
  sourceLength: 12,
  timesteps: 10,
  first: 1,
};

/** B examples: letters [B,12] with padding, what the decoder reads and should say [B,10]. */
export type DateBatch = Omit<PaddedPairs, "mask">;

interface Day {
  year: number;
  month: number;
  day: number;
}
type Example = [day: Day, format: string];

function written({ year, month, day }: Day, format: string): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const pieces: Record<string, string> = {
    ...{ YYYY: String(year), YY: String(year).slice(2), DD: two(day), D: String(day) },
    ...{ MMM: MONTHS[month - 1]!, MM: two(month), M: String(month) },
  };
  return format.replace(/YYYY|YY|MMM|MM|M|DD|D/g, (piece) => pieces[piece]!);
}

const allDays = (): Day[] =>
  Array.from({ length: 36_525 }, (_, k) => {
    const date = new Date(Date.UTC(1950, 0, 1 + k));
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  });

function batchOf(examples: readonly Example[]): DateBatch {
  const { sourceLength: S, timesteps: T, first } = DATES;
  const sources = new Int32Array(examples.length * S);
  const targets = new Int32Array(examples.length * T);
  examples.forEach(([day, format], b) => {
    [...written(day, format)].forEach((letter, s) => (sources[b * S + s] = LETTERS.indexOf(letter)));
    [...written(day, "YYYY-MM-DD")].forEach((letter, t) => (targets[b * T + t] = SYMBOLS.indexOf(letter)));
  });
  const inputs = targets.map((_, k) => (k % T ? targets[k - 1]! : first));
  const sourceMask = sources.map((letter) => Number(letter > 0));
  return {
    ...{ batchSize: examples.length, sourceLength: S, timesteps: T },
    ...{ sources, sourceMask, inputs, targets },
  };
}

/** Batches of 128 in an order that the seed gives, 2,854 in two passes, and 500 dates that are in none of them. */
export function dateExample(seed: number): { batches: Iterable<DateBatch>; asked: DateBatch; steps: number } {
  const rng = createRng(seed);
  const days = rng.shuffle(allDays());
  const count = Math.floor(days.length / 4);
  const train = days.slice(0, count).flatMap((day) => FORMATS.map((format): Example => [day, format]));
  const asked = days.slice(-500).map((day): Example => [day, FORMATS[rng.integer(FORMATS.length)]!]);
  const [passes, batchSize] = [2, 128];
  const length = Math.ceil(train.length / batchSize);
  function* batches() {
    for (let pass = 0; pass < passes; pass++) {
      const order = rng.shuffle(train);
      for (let k = 0; k < length; k++) yield batchOf(order.slice(k * batchSize, (k + 1) * batchSize));
    }
  }
  return { batches: batches(), asked: batchOf(asked), steps: passes * length };
}

/** The share of rows [B][10] that are right in all ten symbols. */
export function exactMatch(rows: readonly ArrayLike<number>[], { targets, timesteps: T }: DateBatch): number {
  const isRight = (row: ArrayLike<number>, b: number) =>
    targets.subarray(b * T, (b + 1) * T).every((token, t) => row[t] === token);
  return rows.filter(isRight).length / rows.length;
}
