import * as z from "zod/mini";

z.config({ jitless: true });

export const schema = z
  .object({
    /** the question or the finding, as a sentence */
    title: z.string(),
    /** what is read at each time step, as a short label */
    columns: z.array(z.string().check(z.maxLength(12))).check(z.minLength(2), z.maxLength(32)),
    models: z
      .array(
        z.object({
          label: z.string(),
          /** [s][t]: how much the output of step t changes when the input of step s does */
          changes: z
            .array(z.array(z.number().check(z.minimum(0))).check(z.maxLength(32)))
            .check(z.maxLength(32)),
        }),
      )
      .check(z.minLength(1), z.maxLength(3)),
  })
  .check(
    z.refine(
      ({ columns: { length }, models }) =>
        models.every(
          ({ changes }) => changes.length === length && changes.every((row) => row.length === length),
        ),
      { message: "each model needs one row and one column for every time step" },
    ),
  );

export type LeakTestData = z.infer<typeof schema>;
export type TestedModel = LeakTestData["models"][number];

/** How many outputs change before the input that was changed, of how many; and the largest such change. */
export function leaksOf({ changes }: TestedModel): { leaks: number; of: number; largest: number } {
  const before = changes.flatMap((row, s) => row.slice(0, s));
  return {
    leaks: before.filter((change) => change > 0).length,
    of: before.length,
    largest: Math.max(0, ...before),
  };
}

/** A number as the figure prints it: 0.0032, 4.1e-7, 0. */
export function shortNumber(value: number): string {
  if (value === 0) return "0";
  return value >= 0.001 && value < 1000 ? String(Number(value.toPrecision(2))) : value.toExponential(1);
}

/** What each model lets through from the future. */
export function describe({ title, models }: LeakTestData): string {
  const parts = models.map((model) => {
    const { leaks, of, largest } = leaksOf(model);
    if (leaks === 0) return `${model.label}: no output changes before the changed input, in ${of} cases`;
    return `${model.label}: an earlier output changes in ${leaks} of ${of} cases, by up to ${shortNumber(largest)}`;
  });
  return `${title} ${parts.join("; ")}.`;
}
