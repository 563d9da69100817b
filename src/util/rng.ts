import { assert, assertCount } from "./assert.ts";
import { log } from "./math.ts";

/** A seeded source of random numbers: the same seed gives the same numbers in every browser. */
export interface Rng {
  /** A number in [0, 1), with 53 random bits. */
  uniform(): number;
  /** A number from the standard normal distribution: mean 0, standard deviation 1. */
  normal(): number;
  /** A whole number in 0 … n − 1. */
  integer(n: number): number;
  /** Puts an array or typed array into random order, in place, and returns it. */
  shuffle<A extends { length: number; [index: number]: unknown }>(items: A): A;
  /** An index, drawn with these probabilities; they need not add up to exactly 1. */
  sample(probabilities: ArrayLike<number>): number;
  /** A generator of its own for a named purpose; it depends on the seed and the label, not on earlier draws. */
  fork(label: string): Rng;
}

/**
 * A random number generator from a seed (a whole number).
 *
 * Source: sfc32 of C. Doty-Humphrey's PractRand; normal numbers by Marsaglia's polar method.
 *
 * @throws RangeError when the seed is not a whole number
 */
export function createRng(seed: number): Rng {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`rng: the seed must be a whole number, got ${seed}`);
  return fromKey([seed | 0, Math.floor(seed / 4294967296) | 0]);
}

type Key = readonly [low: number, high: number];

function fromKey(key: Key): Rng {
  const next = sfc32(key);
  const uniform = () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;
  const integer = (n: number) => {
    assertCount("rng.integer", "n", n);
    return Math.floor(uniform() * n);
  };
  return {
    uniform,
    normal: normalFrom(uniform),
    integer,
    shuffle(items) {
      for (let k = items.length - 1; k > 0; k--) {
        const other = integer(k + 1);
        [items[k], items[other]] = [items[other], items[k]];
      }
      return items;
    },
    sample: (probabilities) => sampleIndex(probabilities, uniform()),
    fork: (label) => fromKey([hash(label, key[0] ^ 0x9e3779b9), hash(label, key[1] ^ 0x7f4a7c15)]),
  };
}

function sfc32(key: Key): () => number {
  let [a, b] = key;
  let c = 0x2545f491;
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum;
  };
  for (let k = 0; k < 15; k++) next();
  return next;
}

function normalFrom(uniform: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    let u = 0;
    let v = 0;
    let s = 0;
    while (s === 0 || s >= 1) {
      u = 2 * uniform() - 1;
      v = 2 * uniform() - 1;
      s = u * u + v * v;
    }
    const scale = Math.sqrt((-2 * log(s)) / s);
    spare = v * scale;
    return u * scale;
  };
}

function sampleIndex(probabilities: ArrayLike<number>, uniform: number): number {
  let total = 0;
  for (let k = 0; k < probabilities.length; k++) {
    const p = probabilities[k];
    assert(p >= 0, `rng.sample: probabilities must not be negative, got ${p} at index ${k}`);
    total += p;
  }
  assert(total > 0 && total < Infinity, `rng.sample: probabilities must add up to more than 0, got ${total}`);
  let left = uniform * total;
  let last = 0;
  for (let k = 0; k < probabilities.length; k++) {
    if (probabilities[k] === 0) continue;
    left -= probabilities[k];
    last = k;
    if (left < 0) break;
  }
  return last;
}

/** FNV-1a with a final mix. */
function hash(text: string, start: number): number {
  let h = (0x811c9dc5 ^ start) | 0;
  for (let k = 0; k < text.length; k++) h = Math.imul(h ^ text.charCodeAt(k), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
