import * as z from "zod/mini";

z.config({ jitless: true });

/** A runner's result at one moment, over its seeds. */
const point = z.object({ x: z.number(), low: z.number(), middle: z.number(), high: z.number() });

export const schema = z.object({
  /** the question or the finding, as a sentence */
  title: z.string(),
  /** what is measured, such as "mean squared error" */
  quantity: z.string().check(z.maxLength(40)),
  /** against what, such as "iteration" or "CPU-seconds" */
  against: z.string().check(z.maxLength(40)),
  /** how many seeds each band is over */
  seeds: z.int().check(z.minimum(1)),
  /** a line for those who only guess */
  baseline: z.optional(z.object({ label: z.string().check(z.maxLength(30)), value: z.number() })),
  runners: z
    .array(
      z.object({
        label: z.string().check(z.maxLength(24)),
        kind: z.enum(["rnn", "irnn", "highway", "gru", "lstm"]),
        points: z.array(point).check(z.minLength(1), z.maxLength(300)),
      }),
    )
    .check(z.minLength(1), z.maxLength(6)),
});

export type RaceData = z.infer<typeof schema>;
export type Runner = RaceData["runners"][number];

/** A runner's last point that is not later than x. */
export function pointAt({ points }: Runner, x: number): Runner["points"][number] {
  return points.findLast((each) => each.x <= x) ?? points[0]!;
}

/** A number as the figure prints it. */
export function shortNumber(value: number): string {
  if (value === 0) return "0";
  return Math.abs(value) >= 0.001 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}

/** Where each runner ends: its median, and its best and worst seed. */
export function describe({ title, quantity, against, seeds, baseline, runners }: RaceData): string {
  const ends = runners.map((runner) => {
    const { x, low, middle, high } = runner.points.at(-1)!;
    const range = seeds > 1 ? ` (${shortNumber(low)} to ${shortNumber(high)})` : "";
    return `${runner.label} ${shortNumber(middle)}${range} at ${against} ${shortNumber(x)}`;
  });
  const guess = baseline ? ` ${baseline.label}: ${shortNumber(baseline.value)}.` : "";
  const over = seeds > 1 ? `, median and range over ${seeds} seeds` : "";
  return `${title} ${quantity}${over}: ${ends.join("; ")}.${guess}`;
}
