import { assert } from "#src/util/assert.ts";
import { exp, log } from "#src/util/math.ts";
import { posteriorOf } from "./hmm-inference.ts";
import { hmm, type Hmm } from "./hmm.ts";

/** What one iteration of Baum–Welch gives. */
export interface BaumWelchProgress {
  /** counts from 1 */
  iteration: number;
  /** Σ log p(sequence) in nats of the model that the iteration started from */
  logLikelihoodBefore: number;
  /** the same of the new model: never lower, but for rounding */
  logLikelihood: number;
  /** the new model; the one that was given stays as it is */
  model: Hmm;
}

/**
 * Learns a hidden Markov model from sequences without their states, one iteration at a time and without end:
 * `for (const { logLikelihood, model } of baumWelch(start, sequences)) …` and leave the loop when the gain is small.
 *
 * Each iteration counts how often the states, moves and symbols are expected under the model, and makes the probabilities
 * from these counts; a state that is never expected keeps its rows. Source: Baum, Petrie, Soules & Weiss 1970.
 *
 * @throws Error without sequences, or for a sequence that the model cannot show
 */
export function* baumWelch(
  start: Hmm,
  sequences: readonly ArrayLike<number>[],
): Generator<BaumWelchProgress, never, undefined> {
  assert(sequences.length > 0, "baumWelch: expected at least one sequence, got none");
  let model = start;
  let counts = expectedCounts(model, sequences);
  for (let iteration = 1; ; iteration++) {
    const logLikelihoodBefore = counts.logLikelihood;
    model = modelOf(model, counts);
    counts = expectedCounts(model, sequences);
    yield { iteration, logLikelihoodBefore, logLikelihood: counts.logLikelihood, model };
  }
}

/** How often each thing is expected to have happened in the sequences, and their log-likelihood. */
interface Expected {
  /** [N] */
  start: Float64Array;
  /** [N] of [N] */
  transition: Float64Array[];
  /** [N] of [V] */
  emission: Float64Array[];
  logLikelihood: number;
}

function expectedCounts(model: Hmm, sequences: readonly ArrayLike<number>[]): Expected {
  const { states: N, symbols: V } = model;
  const rows = (size: number) => Array.from({ length: N }, () => new Float64Array(size));
  const counts: Expected = {
    start: new Float64Array(N),
    transition: rows(N),
    emission: rows(V),
    logLikelihood: 0,
  };
  sequences.forEach((x, index) => {
    const { logs: alpha, logLikelihood } = model.forward(x);
    if (logLikelihood === -Infinity) throw impossible(alpha, N, index);
    const { logs: beta } = model.backward(x);
    const gamma = posteriorOf(alpha, beta, N);
    counts.logLikelihood += logLikelihood;
    for (let i = 0; i < N; i++) counts.start[i] += gamma[i];
    for (let n = 0; n < gamma.length; n++) counts.emission[n % N][x[Math.floor(n / N)]] += gamma[n];
    addMoves(counts.transition, model, x, { alpha, beta, logLikelihood });
  });
  return counts;
}

interface Recursions {
  alpha: Float64Array;
  beta: Float64Array;
  logLikelihood: number;
}

/** Adds p(state i at t, state j at t + 1 | x) for every step but the last. */
function addMoves(
  moves: Float64Array[],
  { states: N, transition, emission }: Hmm,
  x: ArrayLike<number>,
  { alpha, beta, logLikelihood }: Recursions,
): void {
  const logMoves = transition.map((row) => row.map(log));
  for (let t = 0; t + 1 < x.length; t++) {
    for (let j = 0; j < N; j++) {
      const next = log(emission[j][x[t + 1]]) + beta[(t + 1) * N + j] - logLikelihood;
      for (let i = 0; i < N; i++) moves[i][j] += exp(alpha[t * N + i] + logMoves[i][j] + next);
    }
  }
}

function modelOf(old: Hmm, counts: Expected): Hmm {
  const rows = (now: Float64Array[], before: readonly Float64Array[]) =>
    now.map((row, i) => shares(row, before[i]));
  return hmm({
    start: shares(counts.start, old.start),
    transition: rows(counts.transition, old.transition),
    emission: rows(counts.emission, old.emission),
  });
}

/** Counts as shares of their sum; the row before when nothing was counted. */
function shares(counts: Float64Array, before: Float64Array): Float64Array {
  const sum = counts.reduce((total, count) => total + count, 0);
  return sum > 0 ? counts.map((count) => count / sum) : before;
}

function impossible(alpha: Float64Array, N: number, index: number): Error {
  const reachable = (row: number) => alpha.subarray(row, row + N).some((u) => u > -Infinity);
  let t = 0;
  while (reachable(t * N)) t++;
  return new Error(
    `baumWelch: the model cannot show sequence ${index}: no state is possible at step ${t}. ` +
      "Start from probabilities above 0.",
  );
}
