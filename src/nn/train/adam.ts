import type { AdamSettings } from "../model.ts";
import type { Schedule } from "./schedules.ts";

/** Adam for `fit`; give the same one to a second `fit` to go on with what it remembers. */
export interface Adam {
  readonly name: "adam";
  /** a number, or how it changes with the iterations: see nn.schedules */
  readonly learningRate: number | Schedule;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

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
): Adam {
  assertRate(learningRate);
  for (const [name, beta] of Object.entries({ beta1, beta2 }))
    if (!(beta >= 0 && beta < 1))
      throw new RangeError(`adam: ${name} must be at least 0 and below 1, got ${beta}`);
  return { name: "adam", learningRate, beta1, beta2, epsilon };
}

/** The settings of one iteration, counted from 1. */
export function settingsAt({ learningRate, beta1, beta2, epsilon }: Adam, iteration: number): AdamSettings {
  const rate = typeof learningRate === "function" ? learningRate(iteration) : learningRate;
  assertRate(rate);
  return { learningRate: rate, beta1, beta2, epsilon };
}

function assertRate(rate: number | Schedule): void {
  if (typeof rate === "function" || (rate >= 0 && rate < Infinity)) return;
  throw new RangeError(`adam: the learning rate must be at least 0, got ${rate}`);
}
