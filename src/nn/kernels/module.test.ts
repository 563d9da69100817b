import { describe, expect, test } from "vitest";
import { relaxed } from "./built/relaxed.ts";
import { simd } from "./built/simd.ts";
import { canRun, createKernels } from "./module.ts";

const BUILDS = [simd, relaxed].filter(canRun);

describe.each(BUILDS)("the functions of the kernels, $build", (module) => {
  const kernels = createKernels(module)!;
  const X = [0, -0, 1e-9, 1e-4, 0.3, 1, 2.5, 7.9, 8, 20, 87, 89, 1e4, 3e38, Infinity].flatMap((x) => [x, -x]);
  const apply = (routine: "applyTanh" | "applySigmoid" | "applyExp"): number[] => {
    const [x, y] = [kernels.take(32), kernels.take(32)];
    kernels.floats(x, 32).set(X);
    kernels.run[routine](x, y, 32);
    const values = [...kernels.floats(y, X.length)];
    [x, y].forEach((place) => kernels.giveBack(place));
    return values;
  };
  const expectNear = (values: number[], expected: (x: number) => number) =>
    X.forEach((x, k) => expect(Math.abs(values[k]! - expected(x)), `at ${x}`).toBeLessThan(4e-7));
  const farOut = (values: number[]) => values.filter((_, k) => Math.abs(X[k]!) >= 20);

  test("is tanh right, and exactly ±1 far out?", () => {
    expectNear(apply("applyTanh"), Math.tanh);
    for (const u of farOut(apply("applyTanh"))) expect(Math.abs(u)).toBe(1);
  });

  test("is sigmoid right, and exactly 0 and 1 far out?", () => {
    expectNear(apply("applySigmoid"), (x) => 1 / (1 + Math.exp(-x)));
    for (const u of farOut(apply("applySigmoid"))) expect([0, 1]).toContain(u);
  });

  test("is exp right where softmax asks it, at or below 0, and 0 instead of a denormal?", () => {
    const at = X.map((x, k) => [x, apply("applyExp")[k]!] as const).filter(([x]) => x <= 0 && x !== 0);
    for (const [x, y] of at) {
      const expected = x <= -87 ? 0 : Math.exp(x);
      expect(Math.abs(y - expected)).toBeLessThanOrEqual(3e-7 * expected);
    }
  });

  test("does a place given back serve again, with zeros?", () => {
    const place = kernels.take(100);
    kernels.floats(place, 100).fill(7);
    kernels.giveBack(place);
    const { used } = kernels.size;
    const again = kernels.take(100);
    expect([...kernels.floats(again, 100)].every((u) => u === 0)).toBe(true);
    expect(kernels.size.used).toBeGreaterThan(used);
    kernels.giveBack(again);
    expect(kernels.size.used).toBe(used);
  });
});

test("both builds multiply to the same product, to rounding", () => {
  const products = BUILDS.map((module) => {
    const { take, floats, run } = createKernels(module)!;
    const [A, B, C] = [take(32 * 64), take(64 * 8), take(32 * 8)];
    floats(A, 32 * 64).forEach((_, k, all) => (all[k] = ((k * 37) % 19) / 19 - 0.5));
    floats(B, 64 * 8).forEach((_, k, all) => (all[k] = ((k * 53) % 23) / 23 - 0.5));
    run.linear(A, 32 * 32, B, 0, C, 32 * 32, 32, 8, 64);
    return [...floats(C, 256)];
  });
  for (const product of products) product.forEach((u, k) => expect(u).toBeCloseTo(products[0]![k]!, 5));
});
