import type { PairNetworkSizes } from "../kernels/pair-sizes.ts";
import type { PairBatch } from "../model.ts";
import { assertLength, assertRange } from "./sequence-batch.ts";

type Source = Pick<PairBatch, "batchSize" | "sourceLength" | "sources" | "sourceMask">;
type Sizes = Pick<PairNetworkSizes, "source" | "sourceSize" | "vocabSize">;

/**
 * Whatever reaches an engine is in bounds: its routines would read beside their tables.
 *
 * @throws RangeError with the sizes that were expected, or the first token that is none
 */
export function assertPairBatch(owner: string, batch: PairBatch, sizes: Sizes): void {
  const { batchSize: B, timesteps: T, inputs, targets, mask } = batch;
  assertSource(owner, batch, sizes);
  const made = `batchSize ${B} × timesteps ${T}`;
  for (const [name, tokens] of Object.entries({ inputs, targets })) {
    assertLength(owner, { name, of: "tokens, int32" }, tokens, { n: B * T, made });
    assertRange(owner, name, tokens, { n: sizes.vocabSize, T });
  }
  if (mask) assertLength(owner, { name: "mask", of: "numbers" }, mask, { n: B * T, made });
}

/** The source side of a batch. */
export function assertSource(owner: string, batch: Source, { source, sourceSize }: Sizes): void {
  const { batchSize: B, sourceLength: S, sources, sourceMask } = batch;
  const made = `batchSize ${B} × sourceLength ${S}`;
  if (source === "tokens") {
    assertLength(owner, { name: "sources", of: "tokens, int32" }, sources, { n: B * S, made });
    assertRange(owner, "sources", sources, { n: sourceSize, T: S });
  } else {
    const all = `${made} × features ${sourceSize}`;
    assertLength(owner, { name: "sources", of: "numbers, float32" }, sources, {
      n: B * S * sourceSize,
      made: all,
    });
  }
  if (sourceMask) assertLength(owner, { name: "sourceMask", of: "numbers" }, sourceMask, { n: B * S, made });
}
