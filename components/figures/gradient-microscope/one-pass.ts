import type { Activation } from "#src/nn/ref/activation.ts";
import { orthogonal } from "#src/nn/ref/initial.ts";
import { withSpectralRadius } from "#src/nn/ref/spectral.ts";
import { unrollLstm, unrollRnn } from "#src/nn/ref/unroll.ts";
import { createRng } from "#src/util/rng.ts";
import type { GradientMicroscopeData } from "./schema.ts";

/** What the reader can turn. */
export interface PassOptions {
  /** spectral radius of the vanilla network's recurrent weights */
  radius: number;
  activation: Activation;
  /** bias of the LSTM's forget gate: 0 keeps half of the cell state at each step, 5 nearly all */
  forgetBias: number;
  seed: number;
}

export const START: PassOptions = { radius: 0.9, activation: "tanh", forgetBias: 5, seed: 1 };

const H = 24;
const T = 50;
/** weights other than the vanilla network's recurrent ones are small, so that ρ and the forget gate decide alone */
const SMALL = 0.1;
const GATES = 0.02;

/** One forward and backward pass of an untrained RNN and LSTM over the same random inputs: ‖∂L/∂h_t‖, ‖∂L/∂c_t‖. */
export function onePass({ radius, activation, forgetBias, seed }: PassOptions): GradientMicroscopeData {
  const rng = createRng(seed);
  const normal = (n: number, scale: number, label: string) => {
    const own = rng.fork(label);
    return Float64Array.from({ length: n }, () => scale * own.normal());
  };
  const x = Array.from({ length: T }, (_, t) => normal(H, SMALL, `x ${t}`));
  const dh = normal(H, 1 / Math.sqrt(H), "gradient");
  const Wh = withSpectralRadius(orthogonal(H, rng.fork("Wh")), radius);
  const rnn = { Wx: normal(H * H, SMALL, "Wx"), Wh, b: new Float64Array(H) };
  const b = new Float64Array(4 * H);
  b.fill(forgetBias, H, 2 * H); // gates i f g o
  const lstm = { Wx: normal(4 * H * H, GATES, "gates x"), Wh: normal(4 * H * H, GATES, "gates h"), b };
  const line = (label: string, kind: "rnn" | "lstm", norms: Float64Array) => ({
    label,
    kind,
    frames: [{ iteration: 0, norms: [...norms] }],
  });
  return {
    title: "How far back does a gradient reach?",
    quantity: "size of the gradient",
    series: [
      line("RNN", "rnn", unrollRnn(x, rnn, activation).gradientNorms(dh).h),
      line("LSTM cell state", "lstm", unrollLstm(x, lstm).gradientNorms(dh).c!),
    ],
  };
}
