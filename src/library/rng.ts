import { createRng, type Rng } from "#src/util/rng.ts";
import type { LibraryHost } from "./host.ts";

export type { Rng } from "#src/util/rng.ts";

/**
 * A random number generator: `rng(7)` from a seed of your own, `rng("weights")` from the lesson's seed and a label,
 * `rng()` from the lesson's seed. The same argument gives the same numbers, on every run and in every browser.
 */
export type RngMaker = (seed?: number | string) => Rng;

export function createRngMaker(seed: number): RngMaker {
  return (own = seed) => (typeof own === "string" ? createRng(seed).fork(own) : createRng(own));
}

export function create(host: Pick<LibraryHost, "seed">): { rng: RngMaker } {
  return { rng: createRngMaker(host.seed) };
}
