import type { Floats } from "./floats.ts";
import { join, split } from "./join.ts";
import type { MaskedInput } from "./sequence-input.ts";
import type { SequenceLayer } from "./sequence-layer.ts";

/** One of each direction: `ahead` reads from the first step on, `back` from the last. */
export interface Directions<U, W = U> {
  ahead: U;
  back: W;
}

export interface BidirectionalRun<F extends Floats, R, S = R> extends Directions<R, S> {
  /** the outputs of both, joined: [B,T,Ha+Hb] */
  h: F;
  batchSize: number;
  timesteps: number;
}

/** The gradients of both; dx is the sum of theirs, [B,T,D]. */
export interface BidirectionalGradients<F extends Floats, G, K = G> extends Directions<G, K> {
  dx?: F;
}

/**
 * Two layers that read the same sequence from either end, their outputs joined: [ahead, back] at each step.
 *
 * `back` sees the whole sequence reversed, mask too, so that steps which the mask drops come first and leave its state
 * as it starts; its last state is the one after it read step 0, at whatever step the row ends.
 *
 * Source: Schuster & Paliwal 1997.
 */
export function bidirectional<
  F extends Floats,
  R extends { h: F },
  S extends { h: F },
  G extends { dx?: F },
  K extends { dx?: F },
  L,
  M,
>(
  ahead: SequenceLayer<F, R, G, L>,
  back: SequenceLayer<F, S, K, M>,
): SequenceLayer<F, BidirectionalRun<F, R, S>, BidirectionalGradients<F, G, K>, Partial<Directions<L, M>>> {
  return {
    forward(input) {
      const { batchSize, timesteps } = input;
      const runs = { ahead: ahead.forward(input), back: back.forward(reversedInput(input)) };
      const h = join(runs.ahead.h, reversed(runs.back.h, batchSize, timesteps), batchSize * timesteps);
      return { ...runs, h, batchSize, timesteps };
    },
    backward(run, dh, options = {}) {
      const { batchSize: B, timesteps: T } = run;
      const [dAhead, dBack] = split(dh, B * T, run.ahead.h.length / B / T);
      const gradients = {
        ahead: ahead.backward(run.ahead, dAhead, options.ahead),
        back: back.backward(run.back, reversed(dBack, B, T), options.back),
      };
      if (!gradients.ahead.dx || !gradients.back.dx) return gradients;
      const dx = reversed(gradients.back.dx, B, T);
      for (let k = 0; k < dx.length; k++) dx[k] += gradients.ahead.dx[k];
      return { ...gradients, dx };
    },
  };
}

function reversedInput<F extends Floats>(input: MaskedInput<F>): MaskedInput<F> {
  const { batchSize: B, timesteps: T } = input;
  const mask = input.mask && reversed(Float64Array.from(input.mask), B, T);
  if (input.tokens) return { ...input, tokens: reversed(input.tokens, B, T), mask };
  return { ...input, x: reversed(input.x, B, T), mask };
}

/** [B,T,n] with the steps of each row in reverse. */
export function reversed<A extends Floats | Int32Array>(u: A, B: number, T: number): A {
  const out = u.slice() as A;
  const n = u.length / B / T;
  for (let b = 0; b < B; b++) {
    for (let t = 0; t < T; t++)
      out.set(u.subarray((b * T + t) * n, (b * T + t + 1) * n), (b * T + T - 1 - t) * n);
  }
  return out;
}
