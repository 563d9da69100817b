import { describe, expect, it } from "vitest";
import { earlyStop } from "./early-stop.ts";

/** The iteration at which training is over, or none. */
function endOf(losses: number[], stop: ReturnType<typeof earlyStop>): number | undefined {
  const index = losses.findIndex((loss, k) => stop.watch(k + 1, loss).isOver);
  return index < 0 ? undefined : index + 1;
}

describe("earlyStop", () => {
  it("when does it stop, and which iteration was the best?", () => {
    const stop = earlyStop({ patience: 2 });
    expect(endOf([3, 2, 2.5, 1.9, 2, 1.95, 1], stop)).toBe(6);
    expect(stop.best).toEqual({ iteration: 4, loss: 1.9 });
    expect(stop.waited).toBe(2);
  });

  it("is an improvement that is too small none?", () => {
    const stop = earlyStop({ patience: 3, minImprovement: 0.1 });
    expect(endOf([1, 0.95, 0.92, 0.905], stop)).toBe(4);
    expect(stop.best.iteration).toBe(1);
  });

  it("do small improvements count once they add up?", () => {
    const stop = earlyStop({ patience: 3, minImprovement: 0.1 });
    expect(endOf([1, 0.95, 0.89, 0.85], stop)).toBeUndefined();
    expect(stop.best).toEqual({ iteration: 3, loss: 0.89 });
  });

  it("does it say which weights to keep?", () => {
    const stop = earlyStop({ patience: 1 });
    expect(stop.best).toEqual({ iteration: 0, loss: Infinity });
    expect(stop.watch(10, 2)).toEqual({ isBest: true, isOver: false });
    expect(stop.watch(20, 2)).toEqual({ isBest: false, isOver: true });
    expect(stop.watch(30, 1)).toEqual({ isBest: true, isOver: true });
  });

  it("is a loss that is not a number no improvement?", () => {
    const stop = earlyStop({ patience: 2 });
    expect(endOf([NaN, 1, NaN, Infinity], stop)).toBe(4);
    expect(stop.best).toEqual({ iteration: 2, loss: 1 });
  });

  it("are wrong options refused?", () => {
    expect(() => earlyStop({ patience: 0 })).toThrow(
      "earlyStop: patience must be a whole number of at least 1, got 0",
    );
    expect(() => earlyStop({ patience: 1, minImprovement: -1 })).toThrow(
      "earlyStop: minImprovement must be at least 0, got -1",
    );
  });
});
