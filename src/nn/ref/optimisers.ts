/**
 * Updates of weights, as PyTorch defines them. Each changes the weights w and its state in place, only reads the gradient
 * dw, and returns nothing. All are flat arrays of one length, in single or double precision; a state belongs to one w.
 */
import { exp, log } from "#src/util/math.ts";
import { floatsLike, type Floats } from "./floats.ts";

/** How an optimiser turns gradients into updates; without momentum SGD is plain gradient descent. */
export type OptimizerRule =
  | { readonly name: "adam"; readonly beta1: number; readonly beta2: number; readonly epsilon: number }
  | { readonly name: "sgd"; readonly momentum: number; readonly nesterov: boolean }
  | { readonly name: "rmsprop"; readonly decay: number; readonly epsilon: number };

/** What every update needs. */
export interface LearningRate {
  /** at least 0 */
  learningRate: number;
}

/** Plain gradient descent: w ← w − learningRate · dw. Keeps no state. */
export function sgdUpdate<F extends Floats>(w: F, dw: F, { learningRate }: LearningRate): void {
  assertUpdate("sgdUpdate", learningRate, w, { dw });
  for (let k = 0; k < w.length; k++) w[k] -= learningRate * dw[k];
}

export interface MomentumOptions extends LearningRate {
  /** how much of the velocity stays, default 0.9 */
  momentum?: number;
  /** look ahead by one update, default false */
  nesterov?: boolean;
}

export interface MomentumState<F extends Floats = Floats> {
  velocity: F;
}

/** The state before the first update: no velocity. */
export const momentumState = <F extends Floats>(w: F): MomentumState<F> => ({
  velocity: floatsLike(w, w.length),
});

/**
 * Gradient descent with momentum: velocity ← momentum · velocity + dw, w ← w − learningRate · velocity; with nesterov
 * w ← w − learningRate · (dw + momentum · velocity).
 *
 * Defaults: momentum 0.9. Source: Polyak 1964, in the form of PyTorch's SGD (the rate outside the velocity).
 */
export function momentumUpdate<F extends Floats>(
  w: F,
  dw: F,
  { velocity }: MomentumState<F>,
  { learningRate, momentum = 0.9, nesterov = false }: MomentumOptions,
): void {
  assertUpdate("momentumUpdate", learningRate, w, { dw, velocity });
  assertShare("momentumUpdate", "momentum", momentum);
  for (let k = 0; k < w.length; k++) {
    velocity[k] = momentum * velocity[k] + dw[k];
    w[k] -= learningRate * (nesterov ? dw[k] + momentum * velocity[k] : velocity[k]);
  }
}

export interface RmspropOptions extends LearningRate {
  /** how much of the mean square stays, default 0.99 */
  decay?: number;
  /** added to the root, default 1e-8 */
  epsilon?: number;
}

export interface RmspropState<F extends Floats = Floats> {
  /** running mean of dw² */
  meanSquare: F;
}

/** The state before the first update: a mean square of zero. */
export const rmspropState = <F extends Floats>(w: F): RmspropState<F> => ({
  meanSquare: floatsLike(w, w.length),
});

/**
 * RMSprop: meanSquare ← decay · meanSquare + (1 − decay) · dw², w ← w − learningRate · dw / (√meanSquare + epsilon).
 *
 * Defaults: decay 0.99, epsilon 1e-8. Source: Tieleman & Hinton 2012, in the form of PyTorch's RMSprop.
 */
export function rmspropUpdate<F extends Floats>(
  w: F,
  dw: F,
  { meanSquare }: RmspropState<F>,
  { learningRate, decay = 0.99, epsilon = 1e-8 }: RmspropOptions,
): void {
  assertUpdate("rmspropUpdate", learningRate, w, { dw, meanSquare });
  assertShare("rmspropUpdate", "decay", decay);
  for (let k = 0; k < w.length; k++) {
    meanSquare[k] = decay * meanSquare[k] + (1 - decay) * dw[k] * dw[k];
    w[k] -= (learningRate * dw[k]) / (Math.sqrt(meanSquare[k]) + epsilon);
  }
}

export interface AdamOptions extends LearningRate {
  /** how much of the mean stays, default 0.9 */
  beta1?: number;
  /** how much of the mean square stays, default 0.999 */
  beta2?: number;
  /** added to the root, default 1e-8 */
  epsilon?: number;
}

export interface AdamState<F extends Floats = Floats> {
  /** running mean of dw */
  mean: F;
  /** running mean of dw² */
  meanSquare: F;
  /** how many updates there were */
  iteration: number;
}

/** The state before the first update: zeros, iteration 0. */
export const adamState = <F extends Floats>(w: F): AdamState<F> => ({
  mean: floatsLike(w, w.length),
  meanSquare: floatsLike(w, w.length),
  iteration: 0,
});

/**
 * Adam: running means of dw and dw², both divided by 1 − βᵗ since they start at zero, then
 * w ← w − learningRate · mean / (√meanSquare + epsilon).
 *
 * Defaults: beta1 0.9, beta2 0.999, epsilon 1e-8. Counts `state.iteration` up. Source: Kingma & Ba 2015, with epsilon
 * outside the corrected root as in PyTorch's Adam.
 */
export function adamUpdate<F extends Floats>(w: F, dw: F, state: AdamState<F>, options: AdamOptions): void {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  const { mean, meanSquare } = state;
  assertUpdate("adamUpdate", learningRate, w, { dw, mean, meanSquare });
  assertShare("adamUpdate", "beta1", beta1);
  assertShare("adamUpdate", "beta2", beta2);
  const t = ++state.iteration;
  const rate = learningRate / startCorrection(beta1, t);
  const root = Math.sqrt(startCorrection(beta2, t));
  for (let k = 0; k < w.length; k++) {
    mean[k] = beta1 * mean[k] + (1 - beta1) * dw[k];
    meanSquare[k] = beta2 * meanSquare[k] + (1 - beta2) * dw[k] * dw[k];
    w[k] -= (rate * mean[k]) / (Math.sqrt(meanSquare[k]) / root + epsilon);
  }
}

/** What an optimiser remembers of one w. */
export type OptimizerState<F extends Floats = Floats> = AdamState<F> | MomentumState<F> | RmspropState<F>;

/** The state of a rule before its first update. */
export function optimizerState<F extends Floats>({ name }: OptimizerRule, w: F): OptimizerState<F> {
  if (name === "sgd") return momentumState(w);
  return name === "rmsprop" ? rmspropState(w) : adamState(w);
}

/** One update by whichever rule; the state must be that rule's. */
export function updateWeights<F extends Floats>(
  w: F,
  dw: F,
  state: OptimizerState<F>,
  rule: OptimizerRule & LearningRate,
): void {
  if (rule.name === "sgd") momentumUpdate(w, dw, state as MomentumState<F>, rule);
  else if (rule.name === "rmsprop") rmspropUpdate(w, dw, state as RmspropState<F>, rule);
  else adamUpdate(w, dw, state as AdamState<F>, rule);
}

/** 1 − βᵗ: the share of a running mean that does not come from its start at zero. */
const startCorrection = (beta: number, t: number): number => (beta === 0 ? 1 : 1 - exp(t * log(beta)));

function assertUpdate(owner: string, learningRate: number, w: Floats, arrays: Record<string, Floats>): void {
  if (!(learningRate >= 0 && learningRate < Infinity)) {
    throw new RangeError(`${owner}: learningRate must be at least 0, got ${learningRate}`);
  }
  for (const [name, array] of Object.entries(arrays)) {
    if (array.length === w.length) continue;
    throw new RangeError(`${owner}: expected ${name} of ${w.length} numbers like w, got ${array.length}`);
  }
}

function assertShare(owner: string, name: string, value: number): void {
  if (!(value >= 0 && value < 1)) {
    throw new RangeError(`${owner}: ${name} must be at least 0 and below 1, got ${value}`);
  }
}
