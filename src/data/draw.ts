import { assert } from "#src/util/assert.ts";
import type { Rng } from "#src/util/rng.ts";

/** Throws unless a generator was given its source of random numbers. */
export function assertRng(owner: string, rng: Rng | undefined): asserts rng is Rng {
  assert(rng, `${owner}: an rng is needed, such as rng: rng(1)`);
}

/** Throws unless the value is a number in [0, 1]. */
export function assertFraction(owner: string, name: string, value: number): void {
  if (value >= 0 && value <= 1) return;
  throw new RangeError(`${owner}: ${name} must be between 0 and 1, got ${value}`);
}

/** Throws unless the value is one of the choices: 'copyTask: order must be "same" or "reversed", got "up"'. */
export function assertOneOf<T extends string>(
  owner: string,
  name: string,
  value: T,
  choices: readonly T[],
): void {
  if (choices.includes(value)) return;
  const list = choices.map((choice) => `"${choice}"`).join(" or ");
  throw new RangeError(`${owner}: ${name} must be ${list}, got "${value}"`);
}

/** One of the items, each equally likely. */
export function pick<T>(rng: Rng, items: readonly T[]): T {
  return items[rng.integer(items.length)];
}

/** A whole number of least … most, each equally likely. */
export function between(rng: Rng, least: number, most: number): number {
  return least + rng.integer(most - least + 1);
}
