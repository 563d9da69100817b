import * as z from "zod/mini";
import { exp, log } from "#src/util/math.ts";

z.config({ jitless: true });

const p = z.number().check(z.gte(0), z.lte(1 + 1e-6));
const row = z.array(p).check(z.minLength(1), z.maxLength(200));
const name = z.string().check(z.minLength(1), z.maxLength(24));

const shape = z.object({
  /** the question or the finding, as a sentence */
  title: z.string(),
  /** N names of the hidden states */
  states: z.array(name).check(z.minLength(2), z.maxLength(6)),
  /** the observed symbols as they are shown, T of them */
  observations: z.array(name).check(z.minLength(1), z.maxLength(40)),
  /** of the first state, [N] */
  start: row,
  /** from each state to the next, N rows of [N] */
  transition: z.array(row),
  /** how likely each state shows the symbol of each step: T rows of [N] */
  likelihood: z.array(row),
});

const fits = ({ states, observations, start, transition, likelihood }: z.infer<typeof shape>): boolean =>
  start.length === states.length &&
  transition.length === states.length &&
  likelihood.length === observations.length &&
  [...transition, ...likelihood].every((one) => one.length === states.length);

export const schema = shape.check(
  z.refine(fits, "expected start [N], transition N rows of [N] and likelihood T rows of [N] for N states"),
);

export type HmmTrellisData = z.infer<typeof schema>;

/** What both recursions give at each step; shares and not products, so that a long sequence does not underflow. */
export interface Trellis {
  /** p(state at t | symbols up to t), T rows of [N] */
  forward: number[][];
  /** log p(symbols up to t), [T] */
  logForward: number[];
  /** the likeliest path that ends in each state, against the likeliest of all: T rows of [N], the largest is 1 */
  best: number[][];
  /** log-probability of the likeliest path up to t together with the symbols, [T] */
  logBest: number[];
  /** the state before each on its likeliest path, T rows of [N]; −1 at the first step */
  from: number[][];
}

/** Forward recursion and Viterbi over the same trellis. An impossible sequence gives zeros and −Infinity. */
export function trellisOf({ start, transition, likelihood }: HmmTrellisData): Trellis {
  const trellis: Trellis = { forward: [], logForward: [], best: [], logBest: [], from: [] };
  likelihood.forEach((shown, t) => {
    const last = trellis.forward[t - 1];
    const sums = shown.map((q, j) => {
      if (!last) return start[j]! * q;
      return q * last.reduce((sum, alpha, i) => sum + alpha * transition[i]![j]!, 0);
    });
    const total = sums.reduce((sum, alpha) => sum + alpha, 0);
    trellis.forward.push(sums.map((alpha) => (total > 0 ? alpha / total : 0)));
    trellis.logForward.push((trellis.logForward[t - 1] ?? 0) + log(total));

    const before = trellis.best[t - 1];
    const from = shown.map((_, j) => (before ? likeliest(before.map((d, i) => d * transition[i]![j]!)) : -1));
    const paths = shown.map((q, j) =>
      before ? q * before[from[j]!]! * transition[from[j]!]![j]! : start[j]! * q,
    );
    const top = Math.max(...paths);
    trellis.best.push(paths.map((delta) => (top > 0 ? delta / top : 0)));
    trellis.logBest.push((trellis.logBest[t - 1] ?? 0) + log(top));
    trellis.from.push(from);
  });
  return trellis;
}

/** The likeliest path that ends in a state at step t: t + 1 states. */
export function pathTo(trellis: Trellis, t: number, state = likeliest(trellis.best[t]!)): number[] {
  const path = [state];
  for (let k = t; k > 0; k--) path.unshift(trellis.from[k]![path[0]!]!);
  return path;
}

const likeliest = (values: number[]): number => values.indexOf(Math.max(...values));

/** The finding as text: the likeliest path, and its share of the probability of all paths. */
export function describe(data: HmmTrellisData): string {
  const trellis = trellisOf(data);
  const last = data.observations.length - 1;
  if (trellis.logForward[last] === -Infinity) return `${data.title} No path can show these symbols.`;
  const path = pathTo(trellis, last).map((state, t) => `${data.observations[t]} ${data.states[state]}`);
  const share = exp(trellis.logBest[last]! - trellis.logForward[last]!);
  return `${data.title} The likeliest path: ${path.join(", ")}. It has ${Number((100 * share).toPrecision(2))} % of the probability of all paths.`;
}
