import type { Kernels } from "../kernels/module.ts";
import type { GruReset } from "../ref/gru.ts";
import { type CharModel, charModel } from "./char-model.ts";
import type { FirstWeightOptions } from "./first-weights.ts";

export type { CharModel, ForwardOptions } from "./char-model.ts";

/** Sizes and first weights of a character model. */
export type CharRnnOptions = Omit<FirstWeightOptions, "forgetBias">;
export type CharLstmOptions = Omit<FirstWeightOptions, "activation" | "recurrentRadius">;
export type CharGruOptions = Omit<FirstWeightOptions, "activation" | "recurrentRadius" | "forgetBias"> & {
  /** where the reset gate works, default before; after is what PyTorch computes */
  reset?: GruReset;
};

/** The three character models, on the fused kernels when there are any. */
export interface CharModels {
  /**
   * A character model: h_t = φ(Wx[x_t] + h_(t−1) Wh + b), probabilities of the next character = softmax(h_t Wy + by).
   *
   * Defaults: activation tanh, initial orthogonal. The same rng seed gives the same weights in every browser.
   *
   * @throws RangeError for sizes that are not whole numbers; Error for an unknown activation or initial
   */
  charRnn(options: CharRnnOptions): CharModel;
  /**
   * A character model with an LSTM: gates i f g o, c_t = f ⊙ c_(t−1) + i ⊙ g, h_t = o ⊙ tanh(c_t).
   *
   * Defaults: forgetBias 1, initial orthogonal, each gate by itself.
   */
  charLstm(options: CharLstmOptions): CharModel;
  /** A character model with a GRU: gates r z n, h_t = (1 − z) ⊙ n + z ⊙ h_(t−1). Default reset: before the product. */
  charGru(options: CharGruOptions): CharModel;
}

export function charModels(kernels?: Kernels): CharModels {
  return {
    charRnn: (options) => charModel({ owner: "charRnn", kind: "rnn", kernels }, options),
    charLstm: (options) => charModel({ owner: "charLstm", kind: "lstm", kernels }, options),
    charGru: ({ reset = "before", ...options }) =>
      charModel({ owner: "charGru", kind: reset === "after" ? "gru-after" : "gru-before", kernels }, options),
  };
}
