import type { UpdateSettings } from "../model.ts";
import type { OptimizerRule } from "../ref/optimisers.ts";
import type { Schedule } from "./schedules.ts";

/** An optimiser for `fit`; give the same one to a second `fit` to go on with what it remembers. */
export type Optimizer = OptimizerRule & {
  /** a number, or how it changes with the iterations: see nn.schedules */
  readonly learningRate: number | Schedule;
};

/**
 * Adam as PyTorch defines it, fused with clipping in the models' own engine.
 *
 * Defaults: beta1 0.9, beta2 0.999, epsilon 1e-8. Source: Kingma & Ba 2015.
 *
 * @throws RangeError for a learning rate or a β that cannot be
 */
export function adam(
  learningRate: number | Schedule = 0.01,
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: { beta1?: number; beta2?: number; epsilon?: number } = {},
): Optimizer {
  assertRate("adam", learningRate);
  assertShares("adam", { beta1, beta2 });
  return { name: "adam", learningRate, beta1, beta2, epsilon };
}

/**
 * Gradient descent, with momentum if wanted: velocity ← momentum · velocity + dw, w ← w − learningRate · velocity.
 *
 * Defaults: momentum 0, nesterov false. Source: Polyak 1964, in the form of PyTorch's SGD.
 *
 * @throws RangeError for a learning rate or a momentum that cannot be
 */
export function sgd(
  learningRate: number | Schedule,
  { momentum = 0, nesterov = false }: { momentum?: number; nesterov?: boolean } = {},
): Optimizer {
  assertRate("sgd", learningRate);
  assertShares("sgd", { momentum });
  return { name: "sgd", learningRate, momentum, nesterov };
}

/**
 * RMSprop: the gradient divided by a running root mean square of itself.
 *
 * Defaults: decay 0.99, epsilon 1e-8. Source: Tieleman & Hinton 2012, in the form of PyTorch's RMSprop.
 *
 * @throws RangeError for a learning rate or a decay that cannot be
 */
export function rmsprop(
  learningRate: number | Schedule = 0.01,
  { decay = 0.99, epsilon = 1e-8 }: { decay?: number; epsilon?: number } = {},
): Optimizer {
  assertRate("rmsprop", learningRate);
  assertShares("rmsprop", { decay });
  return { name: "rmsprop", learningRate, decay, epsilon };
}

/** The settings of one iteration, counted from 1. */
export function settingsAt({ learningRate, ...rule }: Optimizer, iteration: number): UpdateSettings {
  const rate = typeof learningRate === "function" ? learningRate(iteration) : learningRate;
  assertRate(rule.name, rate);
  return { ...rule, learningRate: rate };
}

function assertRate(owner: string, rate: number | Schedule): void {
  if (typeof rate === "function" || (rate >= 0 && rate < Infinity)) return;
  throw new RangeError(`${owner}: the learning rate must be at least 0, got ${rate}`);
}

function assertShares(owner: string, shares: Record<string, number>): void {
  for (const [name, share] of Object.entries(shares))
    if (!(share >= 0 && share < 1))
      throw new RangeError(`${owner}: ${name} must be at least 0 and below 1, got ${share}`);
}
