import { assertCount } from "#src/util/assert.ts";

export interface EarlyStopOptions {
  /** how many losses in a row may bring no improvement before training is over */
  patience: number;
  /** an improvement is a loss lower than the best by more than this, in nats; default 0 */
  minImprovement?: number;
}

/** What an early stop says of one loss. */
export interface Verdict {
  /** true for an improvement: the moment to keep a copy of the weights */
  isBest: boolean;
  /** true when the patience is at its end; stays true */
  isOver: boolean;
}

/** Watches a loss, best the one on held-out text, and says when to give up. */
export interface EarlyStop {
  /** Takes the loss of an iteration; a loss that is not a number is no improvement. */
  watch(iteration: number, loss: number): Verdict;
  /** the best iteration so far and its loss; iteration 0 and Infinity before the first improvement */
  readonly best: Readonly<{ iteration: number; loss: number }>;
  /** how many losses came since the best */
  readonly waited: number;
}

/**
 * Early stopping: training is over when the loss has not improved for `patience` evaluations.
 *
 * Defaults: minImprovement 0. Source: Prechelt 1998.
 *
 * @throws RangeError for a patience under 1 or a negative minImprovement
 */
export function earlyStop({ patience, minImprovement = 0 }: EarlyStopOptions): EarlyStop {
  assertCount("earlyStop", "patience", patience);
  if (!(minImprovement >= 0)) {
    throw new RangeError(`earlyStop: minImprovement must be at least 0, got ${minImprovement}`);
  }
  let best = { iteration: 0, loss: Infinity };
  let waited = 0;
  let isOver = false;
  return {
    watch(iteration, loss) {
      const isBest = loss < best.loss - minImprovement;
      if (isBest) best = { iteration, loss };
      waited = isBest ? 0 : waited + 1;
      isOver ||= waited >= patience;
      return { isBest, isOver };
    },
    get best() {
      return best;
    },
    get waited() {
      return waited;
    },
  };
}
