import { expect } from "vitest";
import type { Floats } from "./floats.ts";

export type Arrays<F extends Floats = Floats> = Record<string, F>;
type Lists = Record<string, number[]>;

/** Both kinds of numbers that `ref` computes with, and how near the oracle each comes. */
export const PRECISIONS = [
  { name: "double", make: (u: number[]) => Float64Array.from(u) as Floats, tolerance: 1e-10 },
  { name: "single", make: (u: number[]) => Float32Array.from(u) as Floats, tolerance: 1e-4 },
];

export const double = (u: number[]): Float64Array => Float64Array.from(u);

/** Lists as typed arrays, for parameters of any names. */
export const arraysOf = <F extends Floats, P>(lists: object, make: (u: number[]) => F): P =>
  Object.fromEntries(Object.entries(lists as Lists).map(([name, list]) => [name, make(list)])) as P;

/** A case of make_sequence_fixtures.py: what goes in, what must come out, and the gradients on both sides. */
export interface Case {
  inputs: object;
  outputs: object;
  upstream: object;
  gradients: object;
}

/** The largest deviation of the named numbers from the oracle, relative to the oracle's largest, is in bounds. */
export function expectClose(actual: object, expected: object, tolerance = 1e-10): void {
  for (const [name, theirs] of Object.entries(expected as Lists)) {
    const ours = (actual as Lists)[name];
    expect(ours?.length, name).toBe(theirs.length);
    const scale = Math.max(1e-3, ...theirs.map(Math.abs));
    const worst = theirs.reduce((most, u, k) => Math.max(most, deviation(ours[k], u)), 0);
    expect(worst / scale, name).toBeLessThan(tolerance);
  }
}

/** Not a number is as far off as can be. */
const deviation = (u: number, v: number): number => (Number.isNaN(u) ? Infinity : Math.abs(u - v));

/** Every gradient du is what the loss does when an entry of u moves a little, to 8 digits. */
export function expectCentralDifferences(
  loss: () => number,
  arrays: object,
  gradients: object,
  step = 1e-5,
): void {
  for (const [name, u] of Object.entries(arrays as Arrays<Float64Array>)) {
    for (let k = 0; k < u.length; k++) {
      const centre = u[k];
      u[k] = centre + step;
      const above = loss();
      u[k] = centre - step;
      const below = loss();
      u[k] = centre;
      const du = (gradients as Arrays<Float64Array>)[`d${name}`][k];
      expect(Math.abs(du - (above - below) / (2 * step)), `d${name}[${k}]`).toBeLessThan(1e-8);
    }
  }
}

/** Σ u ⊙ v: a loss whose gradient for u is v. */
export const dot = (u: Floats, v: Floats): number => {
  let sum = 0;
  for (let k = 0; k < u.length; k++) sum += u[k] * v[k];
  return sum;
};
