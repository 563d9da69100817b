import type { Activation } from "#src/nn/ref/activation.ts";
import { highwayBackward, highwayForward, type HighwayRun } from "#src/nn/ref/highway-sequence.ts";
import { orthogonal } from "#src/nn/ref/initial.ts";
import { withSpectralRadius } from "#src/nn/ref/spectral.ts";
import { unrollGru, unrollLstm, unrollRnn } from "#src/nn/ref/unroll.ts";
import { createRng } from "#src/util/rng.ts";
import type { GradientMicroscopeData, Series } from "./schema.ts";

/** What the reader can turn. */
export interface PassOptions {
  /** spectral radius of the vanilla network's recurrent weights */
  radius: number;
  activation: Activation;
  /** bias of the gate that keeps (LSTM f, GRU and highway z): 0 keeps half of the state at each step, 5 nearly all */
  keepBias: number;
  seed: number;
}

export const START: PassOptions = { radius: 0.9, activation: "tanh", keepBias: 5, seed: 1 };

const H = 24;
const T = 50;
/** weights other than the vanilla network's recurrent ones are small, so that ρ and the gate that keeps decide alone */
const SMALL = 0.1;
const GATES = 0.02;

/**
 * One forward and backward pass of four untrained networks over the same random inputs: ‖∂L/∂h_t‖, of the LSTM ‖∂L/∂c_t‖. The gate
 * that keeps is the second of the LSTM's i f g o and of the GRU's r z n, and the first of the highway's z n.
 */
export function onePass({ radius, activation, keepBias, seed }: PassOptions): GradientMicroscopeData {
  const rng = createRng(seed);
  const normal = (n: number, scale: number, label: string) => {
    const own = rng.fork(label);
    return Float64Array.from({ length: n }, () => scale * own.normal());
  };
  const x = Array.from({ length: T }, (_, t) => normal(H, SMALL, `x ${t}`)); // T inputs [H]
  const dh = normal(H, 1 / Math.sqrt(H), "gradient");
  const Wh = withSpectralRadius(orthogonal(H, rng.fork("Wh")), radius);
  const rnn = { Wx: normal(H * H, SMALL, "Wx"), Wh, b: new Float64Array(H) };
  const gated = (gates: number, keeps: number) => ({
    Wx: normal(gates * H * H, GATES, `${gates} gates, x`),
    Wh: normal(gates * H * H, GATES, `${gates} gates, h`),
    b: new Float64Array(gates * H).fill(keepBias, keeps * H, (keeps + 1) * H),
  });
  const line = (label: string, kind: Series["kind"], norms: Float64Array): Series => ({
    ...{ label, kind },
    frames: [{ iteration: 0, norms: [...norms] }],
  });
  return {
    title: "How far back does a gradient reach?",
    quantity: "size of the gradient",
    series: [
      line("RNN", "rnn", unrollRnn(x, rnn, activation).gradientNorms(dh).h),
      line("LSTM cell state", "lstm", unrollLstm(x, gated(4, 1)).gradientNorms(dh).c!),
      line("GRU", "gru", unrollGru(x, gated(3, 1)).gradientNorms(dh).h),
      line("highway", "highway", highwayNorms(x, gated(2, 0), dh)),
    ],
  };
}

/** ‖∂L/∂h_t‖ [T] of a highway network over x, T arrays [H], from dh = ∂L/∂h_T [H]. */
function highwayNorms(x: Float64Array[], params: HighwayRun["params"], dh: Float64Array): Float64Array {
  const vectors = Float64Array.from(x.flatMap((xt) => [...xt])); // [T,H]
  const run = highwayForward({ x: vectors, batchSize: 1, timesteps: T }, params);
  const norms = new Float64Array(T);
  highwayBackward(run, new Float64Array(T * H), { dhLast: dh, norms });
  return norms;
}
