import { assert } from "#src/util/assert.ts";
import { slope, type Activation } from "./activation.ts";
import type { Floats } from "./floats.ts";
import { addMatmul, matrix } from "./matrix.ts";
import type { RnnRun } from "./rnn-sequence.ts";

/**
 * The Jacobian ∂h_t/∂h_(t−1) of one RNN step, from the state h_t [H] that the step gave: entry (i, j) at i·H + j is
 * ∂h_t[i]/∂h_(t−1)[j] = φ'(pre[i]) · Wh[j, i].
 */
export function rnnJacobian(h: Floats, Wh: Floats, activation: Activation = "tanh"): Float64Array {
  const H = h.length;
  const J = new Float64Array(H * H);
  for (let i = 0; i < H; i++) {
    const steep = slope(activation, h[i]);
    for (let j = 0; j < H; j++) J[i * H + j] = steep * Wh[j * H + i];
  }
  return J;
}

/** Which product to take: ∂h_to/∂h_from of one row of the batch, 0 ≤ from ≤ to ≤ T, where h_0 is the first state. */
export interface JacobianSpan {
  from: number;
  to: number;
  /** row of the batch, default 0 */
  row?: number;
}

/**
 * ∂h_to/∂h_from [H,H] of a forward run: the product of the Jacobians of the steps from+1 … to, the latest on the left.
 *
 * @throws Error when the steps are not within the run
 */
export function jacobianProduct(run: RnnRun, { from, to, row = 0 }: JacobianSpan): Float64Array {
  const { timesteps: T, batchSize: B } = run.input;
  assert(
    0 <= from && from <= to && to <= T,
    `jacobianProduct: expected 0 ≤ from ≤ to ≤ ${T}, got ${from}, ${to}`,
  );
  assert(row >= 0 && row < B, `jacobianProduct: expected a row of 0 … ${B - 1}, got ${row}`);
  const H = run.params.b.length;
  let product = identity(H);
  for (let t = from + 1; t <= to; t++) {
    const at = (row * (T + 1) + t) * H;
    const J = rnnJacobian(run.states.subarray(at, at + H), run.params.Wh, run.activation);
    const next = new Float64Array(H * H);
    addMatmul(matrix(next, H, H), matrix(J, H, H), matrix(product, H, H));
    product = next;
  }
  return product;
}

/** The identity matrix [n,n]. */
export function identity(n: number): Float64Array {
  const I = new Float64Array(n * n);
  for (let k = 0; k < n; k++) I[k * n + k] = 1;
  return I;
}
