import { rnnStepBackward } from "#src/nn/ref/rnn.ts";
import type { BackwardScrubberData } from "./schema.ts";

export type WeightName = "Wh" | "Wx" | "b" | "Wy";

/** What one time step adds to the gradient of each weight, row-major, and the gradient that arrived at its state. */
export interface StepGradients {
  /** ‖∂L/∂h_t‖ with all that flowed back from later steps */
  arriving: number;
  weights: Record<WeightName, number[][]>;
}

/** Whether the gradient is stopped between step t and step t + 1 (counted from 1), with a window of τ steps. */
export const isCut = (t: number, tau: number, T: number): boolean => t < T && t % tau === 0;

/** The backward pass, last step first in time, first step first in the result. */
export function backwardSteps({ steps, params }: BackwardScrubberData, tau: number): StepGradients[] {
  const T = steps.length;
  const H = params.b.length;
  const weights = {
    Wx: Float64Array.from(params.Wx),
    Wh: Float64Array.from(params.Wh),
    b: Float64Array.from(params.b),
  };
  const result: StepGradients[] = [];
  let fromLater = new Float64Array(H);
  for (let t = T; t >= 1; t--) {
    const { x, h, dh, dlogits } = steps[t - 1]!;
    const own = isCut(t, tau, T) ? new Float64Array(H) : fromLater;
    const arriving = Float64Array.from(dh, (d, k) => d + own[k]!);
    const hPrev = Float64Array.from(steps[t - 2]?.h ?? new Array<number>(H).fill(0));
    const seen = { x: Float64Array.from(x), hPrev, h: Float64Array.from(h) };
    const gradients = rnnStepBackward(arriving, seen, weights);
    fromLater = gradients.dhPrev;
    result[t - 1] = {
      arriving: Math.hypot(...arriving),
      weights: {
        Wh: inRows(gradients.dWh, H),
        Wx: inRows(gradients.dWx, H),
        b: inRows(gradients.db, H),
        Wy: dlogits ? h.map((unit) => dlogits.map((d) => unit * d)) : h.map(() => [0]),
      },
    };
  }
  return result;
}

/** The sum of one weight's gradient over some steps. */
export function sumOf(steps: StepGradients[], name: WeightName): number[][] {
  return steps
    .map(({ weights }) => weights[name])
    .reduce((sum, one) => sum.map((row, i) => row.map((value, j) => value + one[i]![j]!)));
}

/** √(Σ u²) of a matrix. */
export const sizeOf = (matrix: number[][]): number => Math.hypot(...matrix.flat());

/** How far one matrix is from another, as a share of the other's size; 0 when both are zero. */
export function distance(from: number[][], to: number[][]): number {
  const gap = sizeOf(from.map((row, i) => row.map((value, j) => value - to[i]![j]!)));
  return gap === 0 ? 0 : gap / sizeOf(to);
}

function inRows(flat: ArrayLike<number>, columns: number): number[][] {
  const list = Array.from(flat);
  return Array.from({ length: list.length / columns }, (_, row) =>
    list.slice(row * columns, (row + 1) * columns),
  );
}
