import * as z from "zod/mini";

z.config({ jitless: true });

/** A part of the picture, in pixels from the top left. */
const window = z.object({ top: z.int(), left: z.int(), height: z.int(), width: z.int() });

const reading = z
  .object({
    /** what the reader chooses it by, such as "row by row" */
    label: z.string().check(z.maxLength(30)),
    /** [steps]: what is looked at, one after the other */
    windows: z.array(window).check(z.minLength(1), z.maxLength(64)),
    /** [steps][classes]: what the model thinks after each look */
    probs: z.array(z.array(z.number())).check(z.minLength(1), z.maxLength(64)),
  })
  .check(
    z.refine(({ windows, probs }) => windows.length === probs.length, {
      message: "each look needs its probabilities",
    }),
  );

export const schema = z.object({
  /** the question or the finding, as a sentence */
  title: z.string(),
  classes: z.array(z.string().check(z.maxLength(12))).check(z.minLength(2), z.maxLength(12)),
  /** what it truly is: a place in classes */
  truth: z.int(),
  /** rows of greys, 0 … 1 */
  image: z.array(z.array(z.number()).check(z.maxLength(32))).check(z.minLength(4), z.maxLength(32)),
  readings: z.array(reading).check(z.minLength(1), z.maxLength(4)),
});

export type DigitReaderData = z.infer<typeof schema>;
export type Reading = DigitReaderData["readings"][number];

/** The most likely class after a look. */
export const likeliest = (probs: number[]): number =>
  probs.reduce((best, p, k) => (p > probs[best]! ? k : best), 0);

/** After how many looks a reading says the truth and does not change its mind again; undefined when it ends wrong. */
export function decidedAt({ probs }: Reading, truth: number): number | undefined {
  const wrong = probs.findLastIndex((row) => likeliest(row) !== truth);
  return wrong === probs.length - 1 ? undefined : wrong + 2;
}

export function describe({ title, classes, truth, readings }: DigitReaderData): string {
  const parts = readings.map((reading) => {
    const last = reading.probs.at(-1)!;
    const said = likeliest(last);
    const decided = decidedAt(reading, truth);
    const when = decided === undefined ? "" : `, and has known it since look ${decided}`;
    return `${reading.label}: after ${reading.windows.length} looks it says ${classes[said]} with ${(100 * last[said]!).toFixed(0)} %${when}`;
  });
  return `${title} A ${classes[truth]}. ${parts.join("; ")}.`;
}
