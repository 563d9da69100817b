import { norm, sigmoid, tanh } from "#src/util/math.ts";
import { assertLength } from "#src/util/shape.ts";
import { copyLike, toFloat64, type Floats } from "./floats.ts";
import type { HighwayParams } from "./highway.ts";
import { addMatmul, matrix, transpose } from "./matrix.ts";
import { isKept, projectInput, projectInputBackward, type MaskedInput } from "./sequence-input.ts";
import {
  addOutputGradient,
  addStateGradient,
  lastOf,
  outputsOf,
  placeOf,
  startGradient,
  startStates,
  stepRows,
} from "./sequence-state.ts";

/** A forward run: outputs, last state, and what the backward pass needs. */
export interface HighwayRun<F extends Floats = Floats> {
  /** every output, [B,T,H]; 0 where the mask drops the step */
  h: F;
  /** [B,H] */
  hLast: F;
  /** the first and every later state, in double precision, [B,T+1,H] */
  states: Float64Array;
  /** z n after their non-linearity, [B,T,2H] */
  gates: Float64Array;
  input: MaskedInput<F>;
  params: HighwayParams<F>;
}

export interface HighwayGradients<F extends Floats = Floats> {
  dWx: F;
  dWh: F;
  db: F;
  /** [B,H] */
  dh0: F;
  /** [B,T,D]; only when the input was vectors */
  dx?: F;
}

/**
 * A highway RNN over whole sequences: `highwayStep` T times for B rows, with a mask.
 *
 * Where the mask is 0, h stays and the output is 0. Sums run in double precision whatever the type of the weights.
 *
 * @throws RangeError when sizes do not fit together; Error when a token is not a row of Wx
 */
export function highwayForward<F extends Floats>(
  input: MaskedInput<F>,
  params: HighwayParams<F>,
  { h0 }: { h0?: F } = {},
): HighwayRun<F> {
  const { batchSize: B, timesteps: T } = input;
  const H = params.b.length / 2;
  assertLength("highway", "Wh", params.Wh.length, [{ H }, { "2H": 2 * H }]);
  const gates = projectInput("highway", input, params); // [B,T,2H], first as pre
  const states = startStates("highway", input, H, { h0 });
  const Wh = matrix(toFloat64(params.Wh), H, 2 * H);
  const hPrev = stepRows(states, B, T + 1);
  const pre = stepRows(gates, B, T);
  for (let t = 0; t < T; t++) {
    hPrev.offset = t * H;
    pre.offset = t * 2 * H;
    addMatmul(pre, hPrev, Wh);
    for (let b = 0; b < B; b++) {
      const { index, before, after } = placeOf(b, t, { T, H });
      if (isKept(input, index)) mixRow(gates.subarray(index * 2 * H), states, before, H);
      else states.copyWithin(after, before, after);
    }
  }
  const h = outputsOf(states, input, params.b);
  return { h, hLast: lastOf(states, input, params.b), states, gates, input, params };
}

/** z, n and h of one row at one step; `gates` begins at that step. */
function mixRow(gates: Float64Array, states: Float64Array, before: number, H: number): void {
  for (let j = 0; j < H; j++) {
    const z = (gates[j] = sigmoid(gates[j]));
    const n = (gates[H + j] = tanh(gates[H + j]));
    states[before + H + j] = (1 - z) * n + z * states[before + j];
  }
}

/**
 * Backpropagation through time: from dh [B,T,H] and what else reaches the last state, dhLast [B,H]. `norms` [T], when
 * given, receives ‖∂loss/∂h_t‖ with everything that flows back from later steps.
 */
export function highwayBackward<F extends Floats>(
  run: HighwayRun<F>,
  dh: F,
  { dhLast, norms }: { dhLast?: F; norms?: Floats } = {},
): HighwayGradients<F> {
  const { input, params, states, gates } = run;
  const { batchSize: B, timesteps: T } = input;
  const H = params.b.length / 2;
  assertLength("highwayBackward", "dh", dh.length, [{ B }, { T }, { H }]);
  const WhT = transpose(matrix(toFloat64(params.Wh), H, 2 * H));
  const dpre = new Float64Array(gates.length); // [B,T,2H]
  const dpreStep = stepRows(dpre, B, T);
  const dState = startGradient("highwayBackward", input, H, { dhLast });
  for (let t = T - 1; t >= 0; t--) {
    addOutputGradient(dState, dh, input, t);
    if (norms) norms[t] = norm(dState);
    for (let k = 0; k < B * H; k++) {
      const { index, before } = placeOf(Math.floor(k / H), t, { T, H });
      if (!isKept(input, index)) continue;
      const at = index * 2 * H + (k % H);
      const [z, n] = [gates[at], gates[at + H]];
      dpre[at] = dState[k] * (states[before + (k % H)] - n) * z * (1 - z);
      dpre[at + H] = dState[k] * (1 - z) * (1 - n * n);
      dState[k] *= z;
    }
    dpreStep.offset = t * 2 * H;
    addMatmul(matrix(dState, B, H), dpreStep, WhT);
  }
  const dWh = matrix(new Float64Array(2 * H * H), H, 2 * H);
  addStateGradient(dWh, states, matrix(dpre, B * T, 2 * H), B);
  return {
    ...projectInputBackward(dpre, input, params),
    dWh: copyLike(params.b, dWh.data),
    dh0: copyLike(params.b, dState),
  };
}
