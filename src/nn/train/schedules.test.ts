import { describe, expect, it } from "vitest";
import { constant, cosine, exponential, stepDecay, warmUp, type Schedule } from "./schedules.ts";

const ratesOf = (schedule: Schedule, ...iterations: number[]) => iterations.map(schedule);
const near = (rates: number[]) => rates.map((rate) => expect.closeTo(rate, 14));

describe("schedules", () => {
  it("does a constant rate stay?", () => {
    expect(ratesOf(constant(0.01), 1, 2, 1e6)).toEqual([0.01, 0.01, 0.01]);
  });

  it("when does step decay drop, and by how much?", () => {
    const schedule = stepDecay({ rate: 1, every: 3, factor: 0.5 });
    expect(ratesOf(schedule, 1, 2, 3, 4, 6, 7)).toEqual([1, 1, 1, 0.5, 0.5, 0.25]);
    expect(ratesOf(stepDecay({ rate: 2, every: 1 }), 1, 2, 3)).toEqual(near([2, 0.2, 0.02]));
  });

  it("does an exponential rate shrink by the same factor at each iteration?", () => {
    const schedule = exponential({ rate: 0.3, decay: 0.999 });
    expect(schedule(1)).toBe(0.3);
    expect(ratesOf(schedule, 2, 1001)).toEqual(near([0.3 * 0.999, 0.3 * 0.999 ** 1000]));
  });

  it("does a cosine go from the rate to the minimum, half way in the middle, and stay there?", () => {
    const schedule = cosine({ rate: 0.1, iterations: 101, minimum: 0.02 });
    expect(ratesOf(schedule, 1, 101, 102, 5000)).toEqual([0.1, 0.02, 0.02, 0.02]);
    expect(schedule(51)).toBeCloseTo(0.06, 15);
    const plain = cosine({ rate: 1, iterations: 101 });
    for (let iteration = 1; iteration <= 101; iteration++)
      expect(plain(iteration)).toBeCloseTo((1 + Math.cos((Math.PI * (iteration - 1)) / 100)) / 2, 14);
  });

  it("does a warm-up rise in a line, then leave the schedule to itself?", () => {
    expect(ratesOf(warmUp(constant(1), 4), 1, 2, 3, 4, 5)).toEqual([0.25, 0.5, 0.75, 1, 1]);
    const own = cosine({ rate: 1, iterations: 11 });
    expect(ratesOf(warmUp(own, 5), 5, 6, 11)).toEqual(ratesOf(own, 5, 6, 11));
  });

  it("are wrong options refused?", () => {
    expect(() => constant(0)).toThrow("constant: rate must be greater than 0, got 0");
    expect(() => stepDecay({ rate: 1, every: 0 })).toThrow(
      "stepDecay: every must be a whole number of at least 1, got 0",
    );
    expect(() => stepDecay({ rate: 1, every: 1, factor: 2 })).toThrow(
      "stepDecay: factor must be above 0 and at most 1, got 2",
    );
    expect(() => exponential({ rate: 1, decay: 0 })).toThrow(
      "exponential: decay must be above 0 and at most 1, got 0",
    );
    expect(() => cosine({ rate: 1, iterations: 1 })).toThrow(
      "cosine: iterations must be a whole number of at least 2, got 1",
    );
    expect(() => cosine({ rate: 1, iterations: 5, minimum: 2 })).toThrow(
      "cosine: minimum must be at least 0 and at most the rate 1, got 2",
    );
    expect(() => warmUp(constant(1), 0.5)).toThrow(
      "warmUp: iterations must be a whole number of at least 1, got 0.5",
    );
  });
});
