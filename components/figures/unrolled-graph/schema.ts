import * as z from "zod/mini";

z.config({ jitless: true });

const vector = z.array(z.number()).check(z.minLength(1), z.maxLength(12));
const vectors = z.array(vector).check(z.minLength(1), z.maxLength(11));
const names = z.array(z.string().check(z.maxLength(12))).check(z.minLength(1), z.maxLength(12));

export const schema = z
  .object({
    /** the question or the finding, as a sentence */
    title: z.string().check(z.maxLength(200)),
    /** what the T inputs and the K outputs are called, and the right output of each step */
    inputs: names,
    outputs: names,
    targets: names,
    /** x_t [T,D], h_t from h_0 on [T+1,H], y_t [T,K] */
    x: vectors,
    h: vectors,
    y: vectors,
    /** ∂L/∂h_t without what comes from y_t, and with it: from h_0 on [T+1,H] */
    later: vectors,
    total: vectors,
    /** y_t minus the target, [T,K] */
    error: vectors,
  })
  .check(
    z.refine(
      ({ inputs, targets, x, h, y, later, total, error }) =>
        inputs.length === x.length &&
        [targets, y, error].every((row) => row.length === x.length) &&
        [h, later, total].every((row) => row.length === x.length + 1),
      "x, y, error and targets must have T rows, h, later and total T + 1",
    ),
  );

export type UnrolledGraphData = z.infer<typeof schema>;

/** What happens at one position of the scrubber: the state or the output of step t, forward or backward. */
export interface Moment {
  direction: "forward" | "backward";
  part: "state" | "output";
  t: number;
}

/** First all steps forward, h before y; then all backward, from y into h and on to the h before. */
export function momentsOf(T: number): Moment[] {
  const steps = Array.from({ length: T }, (_, k) => k + 1);
  const forward = steps.flatMap((t): Moment[] => [
    { direction: "forward", part: "state", t },
    { direction: "forward", part: "output", t },
  ]);
  const backward = [...steps].reverse().flatMap((t): Moment[] => [
    { direction: "backward", part: "output", t },
    { direction: "backward", part: "state", t },
  ]);
  return [...forward, ...backward];
}

export type Kind = "x" | "h" | "y";

/** What a node shows at a moment: its vector, its gradient, or nothing yet. */
export interface Shown {
  values: number[];
  isGradient: boolean;
  isKnown: boolean;
}

/** The vector of node `kind` of step t when the scrubber stands at `moment`. */
export function shownAt(data: UnrolledGraphData, moment: Moment, kind: Kind, t: number): Shown {
  const value = (kind === "h" ? data.h[t] : data[kind][t - 1])!;
  if (moment.direction === "forward") {
    const isPast = t < moment.t || (t === moment.t && (kind !== "y" || moment.part === "output"));
    return { values: value, isGradient: false, isKnown: isPast };
  }
  const hasOutput = t >= moment.t;
  if (kind === "y" && hasOutput) return { values: data.error[t - 1]!, isGradient: true, isKnown: true };
  if (kind === "h" && hasOutput) return { values: data.total[t]!, isGradient: true, isKnown: true };
  if (kind === "h" && t === moment.t - 1 && moment.part === "state")
    return { values: data.later[t]!, isGradient: true, isKnown: true };
  return { values: value, isGradient: false, isKnown: true };
}

/** The finding as text: the loss of each step and how far the gradient reaches. */
export function describe(data: UnrolledGraphData): string {
  const size = (v: number[]) => Number(Math.hypot(...v).toPrecision(3));
  const steps = data.inputs.map(
    (input, k) =>
      `step ${k + 1} reads ${input} and gives ${data.targets[k]} the probability ${probability(data, k + 1).toFixed(2)}`,
  );
  return (
    `${data.title}. ${steps.join("; ")}. The gradient has size ${size(data.total.at(-1)!)} at the last hidden state and ` +
    `${size(data.total[0]!)} at h₀.`
  );
}

/** What step t gives its right output: 1 plus the error there. */
export function probability(data: UnrolledGraphData, t: number): number {
  const right = data.outputs.indexOf(data.targets[t - 1]!);
  return data.y[t - 1]![right] ?? NaN;
}
