import type { Floats } from "./floats.ts";
import type { GruParams } from "./gru.ts";
import {
  gruBackward,
  gruForward,
  type GruBackwardOptions,
  type GruGradients,
  type GruOptions,
  type GruRun,
} from "./gru-sequence.ts";
import type { HighwayParams } from "./highway.ts";
import {
  highwayBackward,
  highwayForward,
  type HighwayGradients,
  type HighwayRun,
} from "./highway-sequence.ts";
import {
  lstmBackward,
  lstmForward,
  type LstmBackwardOptions,
  type LstmGradients,
  type LstmOptions,
  type LstmRun,
  type LstmSequenceParams,
} from "./lstm-sequence.ts";
import type { RnnParams } from "./rnn.ts";
import { rnnBackward, rnnForward, type RnnGradients, type RnnOptions, type RnnRun } from "./rnn-sequence.ts";
import type { MaskedInput } from "./sequence-input.ts";

/**
 * A recurrent layer as a pair of functions that know their weights, so that `stacked` and `bidirectional` can join
 * any of them. L is what backward may be given besides dh [B,T,H], such as dhLast.
 */
export interface SequenceLayer<F extends Floats, Run extends { h: F }, Gradients extends { dx?: F }, L> {
  forward(input: MaskedInput<F>): Run;
  backward(run: Run, dh: F, options?: L): Gradients;
}

/** `rnnForward` as a layer. */
export function rnnLayer<F extends Floats>(
  params: RnnParams<F>,
  options?: RnnOptions<F>,
): SequenceLayer<F, RnnRun<F>, RnnGradients<F>, { dhLast?: F; norms?: Floats }> {
  return {
    forward: (input) => rnnForward<F>(input, params, options),
    backward: rnnBackward,
  };
}

/** `lstmForward` as a layer. */
export function lstmLayer<F extends Floats>(
  params: LstmSequenceParams<F>,
  options?: LstmOptions<F>,
): SequenceLayer<F, LstmRun<F>, LstmGradients<F>, LstmBackwardOptions<F>> {
  return { forward: (input) => lstmForward(input, params, options), backward: lstmBackward };
}

/** `gruForward` as a layer. */
export function gruLayer<F extends Floats>(
  params: GruParams<F>,
  options?: GruOptions<F>,
): SequenceLayer<F, GruRun<F>, GruGradients<F>, GruBackwardOptions<F>> {
  return { forward: (input) => gruForward(input, params, options), backward: gruBackward };
}

/** `highwayForward` as a layer. */
export function highwayLayer<F extends Floats>(
  params: HighwayParams<F>,
  options?: { h0?: F },
): SequenceLayer<F, HighwayRun<F>, HighwayGradients<F>, { dhLast?: F; norms?: Floats }> {
  return { forward: (input) => highwayForward(input, params, options), backward: highwayBackward };
}
