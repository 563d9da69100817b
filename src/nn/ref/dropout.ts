import type { Rng } from "#src/util/rng.ts";
import { assertLength } from "#src/util/shape.ts";
import { floatsLike, type Floats } from "./floats.ts";

/**
 * A dropout mask like x: 0 with probability `rate`, else 1 / (1 − rate), so that the mean stays what it was and nothing
 * changes when the model is used.
 *
 * Source: Srivastava et al. 2014, "inverted".
 *
 * @throws RangeError when the rate is not in [0, 1)
 */
export function dropoutMask<F extends Floats>(x: F, rate: number, rng: Rng): F {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`dropout: expected a rate in [0, 1), got ${rate}`);
  const mask = floatsLike(x, x.length);
  for (let k = 0; k < mask.length; k++) mask[k] = rng.uniform() < rate ? 0 : 1 / (1 - rate);
  return mask;
}

/**
 * y = x ⊙ mask, with a mask of `dropoutMask`; of the shape of x, or [B,H] with x [B,T,H] for the same units at all
 * steps (variational dropout) when `timesteps` says T.
 *
 * @throws RangeError when sizes do not fit together
 */
export function dropoutForward<F extends Floats>(x: F, mask: F, timesteps = 1, batchSize = 1): F {
  const [B, T] = [batchSize, timesteps];
  const n = mask.length / B;
  assertLength("dropout", "x", x.length, [{ B }, { T }, { H: n }]);
  const y = floatsLike(x, x.length);
  for (let k = 0; k < x.length; k++) y[k] = x[k] * mask[Math.floor(k / n / T) * n + (k % n)];
  return y;
}

/** dx = dy ⊙ mask: the map is its own gradient. */
export const dropoutBackward = dropoutForward;
