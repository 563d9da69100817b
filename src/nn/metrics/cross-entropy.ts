import { assert } from "#src/util/assert.ts";
import { exp } from "#src/util/math.ts";
import type { Batch, LanguageModel, ModelState } from "../model.ts";

/**
 * Mean cross-entropy of a model over one pass of the batches, in nats per kept token.
 *
 * A batch that goes on where the one before ended (isStart false) starts with its state.
 *
 * @throws Error when there is no batch
 */
export function crossEntropy(model: LanguageModel, batches: Iterable<Batch>): number {
  let sum = 0;
  let tokens = 0;
  let state: ModelState | undefined;
  for (const batch of batches) {
    const result = model.evaluate(batch, batch.isStart === false ? state : undefined);
    state = result.state;
    sum += result.loss * result.kept;
    tokens += result.kept;
  }
  assert(tokens > 0, "crossEntropy: expected at least one batch, got none");
  return sum / tokens;
}

/** exp(loss) of a cross-entropy in nats per token: among how many equally likely tokens the model seems to choose. */
export function perplexity(loss: number): number {
  return exp(loss);
}

/** A cross-entropy in nats per character as bits per character: loss / ln 2. */
export function bitsPerCharacter(loss: number): number {
  return loss / Math.LN2;
}
