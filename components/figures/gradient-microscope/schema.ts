import * as z from "zod/mini";

z.config({ jitless: true });

/** How a line is coloured and told apart: by the kind of recurrent step, or as the analytic bound. */
const kind = z.enum(["rnn", "lstm", "gru", "highway", "bound"]);

/** ‖∂L/∂h_t‖ for t = 1…T, at one moment of training. */
const frame = z.object({
  iteration: z.int(),
  norms: z.array(z.number()).check(z.minLength(2), z.maxLength(512)),
});

export const schema = z.object({
  /** the question or the finding, as a sentence */
  title: z.string(),
  series: z
    .array(
      z.object({ label: z.string(), kind, frames: z.array(frame).check(z.minLength(1), z.maxLength(400)) }),
    )
    .check(z.minLength(1), z.maxLength(8)),
  /** what the vertical axis measures; the default is ‖∂L/∂h_t‖ */
  quantity: z.optional(z.string()),
});

export type GradientMicroscopeData = z.infer<typeof schema>;
export type Series = GradientMicroscopeData["series"][number];

/** The frame of a series at an iteration: the last that is not later. */
export function frameAt(series: Series, iteration: number): Series["frames"][number] {
  return series.frames.findLast((candidate) => candidate.iteration <= iteration) ?? series.frames[0]!;
}

/** A number as the figure prints it: 0.0032, 4.1e-7. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not a number" : "infinite";
  if (value === 0) return "0";
  return Math.abs(value) >= 0.001 && Math.abs(value) < 1000
    ? String(Number(value.toPrecision(3)))
    : value.toExponential(1);
}

/** The finding as text: how much of each gradient reaches the first step, at the last frame. */
export function describe(data: GradientMicroscopeData): string {
  const parts = data.series
    .filter((series) => series.kind !== "bound")
    .map((series) => {
      const { norms } = series.frames.at(-1)!;
      return `${series.label}: ${shortNumber(norms.at(-1)!)} at step ${norms.length}, ${shortNumber(norms[0]!)} at step 1`;
    });
  return `${data.title} Size of the gradient at the hidden state: ${parts.join("; ")}.`;
}
