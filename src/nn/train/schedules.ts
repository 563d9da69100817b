import { assertCount } from "#src/util/assert.ts";

/** The learning rate of an iteration; iterations count from 1, as in what `fit` reports. */
export type Schedule = (iteration: number) => number;

/**
 * The same rate always.
 *
 * @throws RangeError when the rate is not positive
 */
export function constant(rate: number): Schedule {
  assertPositive("constant", "rate", rate);
  return () => rate;
}

export interface StepDecayOptions {
  /** of the first iterations */
  rate: number;
  /** how many iterations each level lasts */
  every: number;
  /** multiplies the rate from level to level, default 0.1 */
  factor?: number;
}

/**
 * A rate that drops at once after every so many iterations: rate · factor^⌊(iteration − 1) / every⌋.
 *
 * Defaults: factor 0.1.
 *
 * @throws RangeError for a rate, count or factor out of range
 */
export function stepDecay({ rate, every, factor = 0.1 }: StepDecayOptions): Schedule {
  assertPositive("stepDecay", "rate", rate);
  assertCount("stepDecay", "every", every);
  assertFactor("stepDecay", "factor", factor);
  return (iteration) => rate * power(factor, Math.floor((iteration - 1) / every));
}

export interface ExponentialOptions {
  /** of the first iteration */
  rate: number;
  /** multiplies the rate at every iteration */
  decay: number;
}

/**
 * A rate that shrinks by the same factor at every iteration: rate · decay^(iteration − 1).
 *
 * @throws RangeError for a rate or decay out of range
 */
export function exponential({ rate, decay }: ExponentialOptions): Schedule {
  assertPositive("exponential", "rate", rate);
  assertFactor("exponential", "decay", decay);
  return (iteration) => rate * power(decay, iteration - 1);
}

export interface CosineOptions {
  /** of the first iteration */
  rate: number;
  /** the iteration at which the minimum is reached; the rate stays there */
  iterations: number;
  /** default 0 */
  minimum?: number;
}

/**
 * A rate that falls along half a cosine wave from rate at iteration 1 to minimum at the last iteration.
 *
 * Defaults: minimum 0. Source: Loshchilov & Hutter 2017, without restarts.
 *
 * @throws RangeError for a rate, count or minimum out of range
 */
export function cosine({ rate, iterations, minimum = 0 }: CosineOptions): Schedule {
  assertPositive("cosine", "rate", rate);
  assertCount("cosine", "iterations", iterations, 2);
  if (!(minimum >= 0 && minimum <= rate)) {
    throw new RangeError(`cosine: minimum must be at least 0 and at most the rate ${rate}, got ${minimum}`);
  }
  return (iteration) => minimum + (rate - minimum) * halfWave((iteration - 1) / (iterations - 1));
}

/**
 * Lets a schedule start gently: its rates are multiplied by iteration / iterations up to that iteration, and are its own
 * from there on. The schedule's own counting goes on beneath, so a cosine still ends where it said.
 *
 * @throws RangeError when iterations is not a whole number of at least 1
 */
export function warmUp(schedule: Schedule, iterations: number): Schedule {
  assertCount("warmUp", "iterations", iterations);
  return (iteration) => schedule(iteration) * Math.min(1, iteration / iterations);
}

/** base^n for a whole n ≥ 0, by squaring: the same bits in every engine, which Math.pow does not promise. */
function power(base: number, n: number): number {
  let result = 1;
  let square = base;
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

/** (1 + cos πx) / 2 for x in 0 … 1, clamped outside: cos² of half the angle, or sin² from the other end. */
function halfWave(x: number): number {
  if (x <= 0) return 1;
  if (x >= 1) return 0;
  const isEarly = x <= 0.5;
  const angle = (Math.PI / 2) * (isEarly ? x : 1 - x);
  const root = waveSeries(angle, isEarly ? 0 : 1);
  return root * root;
}

/** cos (first power 0) or sin (first power 1) of an angle up to π/4, by Taylor's series: ten terms are exact there. */
function waveSeries(angle: number, firstPower: 0 | 1): number {
  let term = firstPower === 0 ? 1 : angle;
  let sum = 0;
  for (let n = firstPower; n < 20; n += 2) {
    sum += term;
    term *= -(angle * angle) / ((n + 1) * (n + 2));
  }
  return sum;
}

function assertPositive(owner: string, name: string, value: number): void {
  if (value > 0 && value < Infinity) return;
  throw new RangeError(`${owner}: ${name} must be greater than 0, got ${value}`);
}

function assertFactor(owner: string, name: string, value: number): void {
  if (value > 0 && value <= 1) return;
  throw new RangeError(`${owner}: ${name} must be above 0 and at most 1, got ${value}`);
}
