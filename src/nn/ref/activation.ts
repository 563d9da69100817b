import { sigmoid, tanh } from "#src/util/math.ts";

/** The non-linearity of a recurrent step. */
export type Activation = "tanh" | "relu" | "identity" | "sigmoid";

export const ACTIVATIONS: readonly Activation[] = ["tanh", "relu", "identity", "sigmoid"];

/** φ(pre). */
export function activate(activation: Activation, pre: number): number {
  if (activation === "tanh") return tanh(pre);
  if (activation === "sigmoid") return sigmoid(pre);
  if (activation === "relu") return pre > 0 ? pre : 0;
  return pre;
}

/** φ'(pre), told from h = φ(pre): all four have a slope that their own value gives away. */
export function slope(activation: Activation, h: number): number {
  if (activation === "tanh") return 1 - h * h;
  if (activation === "sigmoid") return h * (1 - h);
  if (activation === "relu") return h > 0 ? 1 : 0;
  return 1;
}

/** u ← φ(u) for n numbers from `offset` on. */
export function activateRange(activation: Activation, u: Float64Array, offset: number, n: number): void {
  const end = offset + n;
  if (activation === "tanh") for (let k = offset; k < end; k++) u[k] = tanh(u[k]);
  else if (activation !== "identity") for (let k = offset; k < end; k++) u[k] = activate(activation, u[k]);
}
