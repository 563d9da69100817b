import { describe, expect, it } from "vitest";
import { clipByNorm, clipByValue } from "./clip.ts";

describe("clipByNorm and clipByValue", () => {
  it("does clipping by norm keep the direction and by value not?", () => {
    const gradients = [Float64Array.of(3), Float64Array.of(4)];
    expect(clipByNorm(gradients, 1)).toBe(5);
    expect(gradients[0][0] / gradients[1][0]).toBeCloseTo(0.75, 12);
    expect(Math.hypot(gradients[0][0], gradients[1][0])).toBeCloseTo(1, 12);
    const others = [Float64Array.of(3, -0.5), Float64Array.of(-4)];
    expect(clipByValue(others, 1)).toBe(2);
    expect(others.map((u) => [...u])).toEqual([[1, -0.5], [-1]]);
  });

  it("is a small gradient left alone, and a limit that is not positive refused?", () => {
    const gradients = [Float32Array.of(0.3, 0.4)];
    clipByNorm(gradients, 1);
    expect(gradients[0]).toEqual(Float32Array.of(0.3, 0.4));
    expect(() => clipByNorm(gradients, 0)).toThrow("clipByNorm: maxNorm must be greater than 0, got 0");
    expect(() => clipByValue(gradients, NaN)).toThrow("clipByValue: limit must be greater than 0, got NaN");
  });
});
