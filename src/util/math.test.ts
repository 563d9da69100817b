import { describe, expect, it } from "vitest";
import { exp, log, norm, sigmoid, tanh } from "./math.ts";
import { createRng } from "./rng.ts";

const view = new DataView(new ArrayBuffer(8));
function bits(x: number): bigint {
  view.setFloat64(0, x);
  return view.getBigInt64(0);
}
function ulps(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  const distance = bits(a) - bits(b);
  return Number(distance < 0n ? -distance : distance);
}

function worst(own: (x: number) => number, native: (x: number) => number, from: number, to: number): number {
  const rng = createRng(1);
  let most = 0;
  for (let n = 0; n < 50_000; n++) {
    const x = from + (to - from) * rng.uniform();
    most = Math.max(most, ulps(own(x), native(x)));
  }
  return most;
}

const EDGES = [
  0,
  -0,
  1,
  -1,
  1e4,
  -1e4,
  Infinity,
  -Infinity,
  NaN,
  5e-324,
  1e-310,
  -1e-310,
  709.78,
  -745.1,
  -710,
];

describe("exp, log, tanh", () => {
  it.each([
    ["exp", exp, Math.exp, -745, 709.7],
    ["exp", exp, Math.exp, -2, 2],
    ["tanh", tanh, Math.tanh, -3, 3],
    ["tanh", tanh, Math.tanh, -25, 25],
    ["log", log, Math.log, 0, 2],
    ["log", log, Math.log, 0, 1e300],
    ["log", log, Math.log, 0, 1e-307],
  ])("is %s within one unit in the last place of Math's?", (...[, own, native, from, to]) => {
    expect(worst(own, native, from, to)).toBeLessThanOrEqual(1);
  });

  it.each([
    ["exp", exp, Math.exp],
    ["tanh", tanh, Math.tanh],
    ["log", log, Math.log],
  ])("is %s right at zero, at the limits and for NaN?", (_, own, native) => {
    for (const x of EDGES) expect(ulps(own(x), native(x)), `at ${x}`).toBeLessThanOrEqual(1);
  });

  it("does every power of two have its logarithm?", () => {
    for (let k = -1074; k <= 1023; k++) expect(ulps(log(2 ** k), Math.log(2 ** k))).toBeLessThanOrEqual(1);
  });
});

describe("sigmoid", () => {
  it("does sigmoid keep its precision in both tails?", () => {
    expect([0, Infinity, -Infinity, 1e4, -1e4].map(sigmoid)).toEqual([0.5, 1, 0, 1, 0]);
    expect(sigmoid(NaN)).toBeNaN();
    expect(sigmoid(-700) / Math.exp(-700)).toBeCloseTo(1, 14);
    for (const x of [-30, -3, -0.1, 0.1, 3, 30]) expect(sigmoid(x) + sigmoid(-x)).toBeCloseTo(1, 15);
  });
});

describe("norm", () => {
  it("is the norm of several arrays that of one long vector?", () => {
    expect(norm([3], [4])).toBe(5);
    expect(norm([])).toBe(0);
  });
});
