import { assertCount } from "#src/util/assert.ts";
import { log } from "#src/util/math.ts";
import type { Rng } from "#src/util/rng.ts";
import {
  backwardLogs,
  forwardLogs,
  likeliestPath,
  logSumExp,
  posteriorOf,
  type HmmLogs,
} from "./hmm-inference.ts";

/** The probabilities of a hidden Markov model with N states and V symbols, as rows that each add up to 1. */
export interface HmmOptions {
  /** of the first state, [N] */
  start: ArrayLike<number>;
  /** from each state to the next, N rows of [N] */
  transition: ArrayLike<ArrayLike<number>>;
  /** of the symbol that each state shows, N rows of [V] */
  emission: ArrayLike<ArrayLike<number>>;
}

/** What one direction of the recursion gives. */
export interface HmmRecursion {
  /** log-probabilities [T,N] row-major: see `forward` and `backward` */
  logs: Float64Array;
  /** log p(x) in nats; −Infinity when the model cannot show x */
  logLikelihood: number;
}

/**
 * A hidden Markov model with discrete symbols. Observations x are symbols 0 … V − 1, int32 [T], T ≥ 1. Everything is
 * computed in double precision on logarithms, so that long sequences neither underflow nor lose a rare path.
 *
 * A sequence that the model cannot show has log-likelihood −Infinity, a posterior of zeros and no Viterbi path; nothing
 * is NaN.
 */
export interface Hmm {
  /** N */
  readonly states: number;
  /** V */
  readonly symbols: number;
  /** [N] */
  readonly start: Float64Array;
  /** [N] of [N] */
  readonly transition: readonly Float64Array[];
  /** [N] of [V] */
  readonly emission: readonly Float64Array[];
  /** log p(x₁ … x_t, state at t), [T,N] */
  forward(x: ArrayLike<number>): HmmRecursion;
  /** log p(x_(t+1) … x_T | state at t), [T,N] */
  backward(x: ArrayLike<number>): HmmRecursion;
  /** log p(x) in nats */
  logLikelihood(x: ArrayLike<number>): number;
  /** p(state at t | x) for every step, [T,N] row-major; zeros when x is impossible */
  posterior(x: ArrayLike<number>): Float64Array;
  /**
   * The single likeliest sequence of states, [T], and log p(path, x). Of equal paths, the states with the lower numbers,
   * from the end on. For an impossible x the path is empty and its log-probability −Infinity.
   */
  viterbi(x: ArrayLike<number>): { path: Int32Array; logProbability: number };
  /** Draws a sequence of T symbols and the states behind them. */
  sample(timesteps: number, rng: Rng): { observations: Int32Array; path: Int32Array };
}

/**
 * A hidden Markov model from its probabilities: p(path, x) = start · Π transition · Π emission.
 *
 * Source: Rabiner 1989.
 *
 * @throws RangeError for rows of wrong length, or that are not probabilities that add up to 1 (to 1e-6)
 */
export function hmm(options: HmmOptions): Hmm {
  const start = rowOf("start", options.start, options.start.length);
  const N = start.length;
  const transition = rowsOf("transition", options.transition, N, N);
  const emission = rowsOf("emission", options.emission, N, options.emission[0]?.length ?? 0);
  const V = emission[0].length;
  const logs: HmmLogs = {
    states: N,
    symbols: V,
    start: start.map(log),
    transition: flat(transition).map(log),
    emission: flat(emission).map(log),
  };
  const checked = (x: ArrayLike<number>) => observationsOf(x, V);
  const forward = (x: ArrayLike<number>): HmmRecursion => {
    const alpha = forwardLogs(logs, checked(x));
    return { logs: alpha, logLikelihood: logSumExp(alpha, alpha.length - N, N) };
  };
  const backward = (x: ArrayLike<number>): HmmRecursion => {
    const beta = backwardLogs(logs, checked(x));
    const first = start.map((_, i) => logs.start[i] + logs.emission[i * V + x[0]] + beta[i]);
    return { logs: beta, logLikelihood: logSumExp(first) };
  };
  return {
    states: N,
    symbols: V,
    start,
    transition,
    emission,
    forward,
    backward,
    logLikelihood: (x) => forward(x).logLikelihood,
    posterior: (x) => posteriorOf(forward(x).logs, backward(x).logs, N),
    viterbi: (x) => likeliestPath(logs, checked(x)),
    sample: (timesteps, rng) => draw({ start, transition, emission }, timesteps, rng),
  };
}

/**
 * A model with random probabilities, each row near 1 / size times a factor of 0.5 … 1.5: where Baum–Welch can start. A
 * start of equal rows would keep all states the same for ever.
 */
export function randomHmm({ states, symbols, rng }: { states: number; symbols: number; rng: Rng }): Hmm {
  assertCount("randomHmm", "states", states);
  assertCount("randomHmm", "symbols", symbols);
  const row = (size: number, own: Rng) => {
    const weights = Float64Array.from({ length: size }, () => 0.5 + own.uniform());
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  };
  const rows = (size: number, own: Rng) => Array.from({ length: states }, () => row(size, own));
  return hmm({
    start: row(states, rng.fork("start")),
    transition: rows(states, rng.fork("transition")),
    emission: rows(symbols, rng.fork("emission")),
  });
}

function draw(
  { start, transition, emission }: Pick<Hmm, "start" | "transition" | "emission">,
  timesteps: number,
  rng: Rng,
): { observations: Int32Array; path: Int32Array } {
  assertCount("hmm.sample", "timesteps", timesteps);
  const observations = new Int32Array(timesteps);
  const path = new Int32Array(timesteps);
  for (let t = 0; t < timesteps; t++) {
    path[t] = rng.sample(t === 0 ? start : transition[path[t - 1]]);
    observations[t] = rng.sample(emission[path[t]]);
  }
  return { observations, path };
}

function observationsOf(x: ArrayLike<number>, V: number): Int32Array {
  if (x.length === 0) throw new RangeError("hmm: expected at least one observation, got none");
  for (let t = 0; t < x.length; t++) {
    if (Number.isInteger(x[t]) && x[t] >= 0 && x[t] < V) continue;
    throw new RangeError(`hmm: expected observations of 0 … ${V - 1}, got ${x[t]} at step ${t}`);
  }
  return Int32Array.from(x);
}

function rowsOf(
  name: string,
  rows: ArrayLike<ArrayLike<number>>,
  count: number,
  size: number,
): Float64Array[] {
  if (rows.length !== count) {
    throw new RangeError(`hmm: expected ${name} with a row for each of ${count} states, got ${rows.length}`);
  }
  return Array.from(rows, (row, i) => rowOf(`${name}[${i}]`, row, size));
}

function rowOf(name: string, row: ArrayLike<number>, size: number): Float64Array {
  if (row.length !== size || size === 0) {
    throw new RangeError(`hmm: expected ${name} of ${size || "at least 1"} numbers, got ${row.length}`);
  }
  let sum = 0;
  for (let k = 0; k < size; k++) {
    if (!(row[k] >= 0)) throw new RangeError(`hmm: ${name} must not be negative, got ${row[k]} at ${k}`);
    sum += row[k];
  }
  if (!(Math.abs(sum - 1) <= 1e-6)) {
    throw new RangeError(`hmm: ${name} must add up to 1, got a sum of ${sum}`);
  }
  return Float64Array.from(row, (p) => p / sum);
}

function flat(rows: Float64Array[]): Float64Array {
  const numbers = new Float64Array(rows.length * rows[0].length);
  rows.forEach((row, i) => numbers.set(row, i * row.length));
  return numbers;
}
