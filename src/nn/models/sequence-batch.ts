import { assert } from "#src/util/assert.ts";
import type { SequenceNetworkSizes } from "../kernels/sequence-network.ts";
import type { SequenceBatch } from "../model.ts";

type Sizes = Pick<SequenceNetworkSizes, "reads" | "inputSize" | "output" | "outputSize" | "at">;

/**
 * Whatever reaches an engine is in bounds: its routines would read beside their tables.
 *
 * @throws RangeError with the sizes that were expected, or the first token or class that is none
 */
export function assertSequenceBatch(owner: string, batch: SequenceBatch, sizes: Sizes): void {
  const { batchSize: B, timesteps: T, inputs, targets, lengths, mask } = batch;
  const { reads, inputSize, output, outputSize, at } = sizes;
  const steps = `batchSize ${B} × timesteps ${T}`;
  const rows = at === "last" ? B : B * T;
  const each = at === "last" ? `batchSize ${B}` : steps;
  if (reads === "tokens") {
    assertLength(owner, { name: "inputs", of: "tokens, int32" }, inputs, { n: B * T, made: steps });
    assertRange(owner, "inputs", inputs, { n: inputSize, T });
  } else {
    const made = `${steps} × features ${inputSize}`;
    assertLength(owner, { name: "inputs", of: "numbers, float32" }, inputs, { n: B * T * inputSize, made });
  }
  if (output === "classes") {
    assertLength(owner, { name: "targets", of: "classes, int32" }, targets, { n: rows, made: each });
    assertRange(owner, "targets", targets, { n: outputSize, T: at === "last" ? 1 : T });
  } else {
    const made = `${each} × values ${outputSize}`;
    assertLength(owner, { name: "targets", of: "numbers, float32" }, targets, { n: rows * outputSize, made });
  }
  if (mask) assertLength(owner, { name: "mask", of: "numbers" }, mask, { n: rows, made: each });
  if (!lengths) return;
  assertLength(owner, { name: "lengths", of: "numbers" }, lengths, { n: B, made: `batchSize ${B}` });
  for (let b = 0; b < B; b++)
    assert(
      Number.isInteger(lengths[b]) && lengths[b]! >= 0 && lengths[b]! <= T,
      `${owner}: expected lengths of 0 … ${T}, got ${lengths[b]} in row ${b}`,
    );
}

export function assertLength(
  owner: string,
  { name, of }: { name: string; of: string },
  given: ArrayLike<number>,
  { n, made }: { n: number; made: string },
): void {
  if (given.length === n) return;
  throw new RangeError(`${owner}: expected ${name} of ${n} ${of} (${made}), got ${given.length}`);
}

export function assertRange(
  owner: string,
  name: string,
  given: ArrayLike<number>,
  { n, T }: { n: number; T: number },
): void {
  for (let k = 0; k < given.length; k++) {
    if (Number.isInteger(given[k]) && given[k]! >= 0 && given[k]! < n) continue;
    const place = T === 1 ? `row ${k}` : `row ${Math.floor(k / T)}, step ${k % T}`;
    throw new RangeError(`${owner}: expected ${name} of 0 … ${n - 1}, got ${given[k]} at ${place}`);
  }
}
