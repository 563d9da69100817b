import type { Scoring } from "../ref/attention-scores.ts";
import type { RecurrentKind } from "./recurrent-plan.ts";

export interface PairNetworkSizes {
  kind: Exclude<RecurrentKind, "rnn">;
  /** "tokens" goes through an embedding and a recurrent layer, "features" [B,S,F] through a dense layer with tanh */
  source: "tokens" | "features";
  /** Vs or F */
  sourceSize: number;
  vocabSize: number;
  embeddingSize: number;
  hiddenSize: number;
  /** two encoders of half the size, one from each end */
  isBidirectional: boolean;
  attention?: Scoring["kind"];
  /** A of what context and state are joined to */
  combinedSize: number;
  /** where an LSTM decoder's c starts: at the encoder's last c, or at its last h */
  startCell: "c" | "h";
  /** share of the embedded tokens' entries, and of what the output layer reads, that training drops */
  dropout: number;
}

/** The shapes of all weights by name. */
export function pairShapes(sizes: PairNetworkSizes): Record<string, number[]> {
  const { kind, source, sourceSize, vocabSize: V, embeddingSize: D, hiddenSize: H, combinedSize: A } = sizes;
  const G = kind === "lstm" ? 4 : 3;
  const layer = (prefix: string, size: number): Record<string, number[]> => ({
    ...{ [`${prefix}Wx`]: [D, G * size], [`${prefix}Wh`]: [size, G * size], [`${prefix}b`]: [G * size] },
    ...(kind === "gru-after" && { [`${prefix}bhn`]: [size] }),
  });
  const own = sizes.isBidirectional ? H / 2 : H;
  const encoder: Record<string, number[]> =
    source === "features"
      ? { encoderW: [sourceSize, H], encoderB: [H] }
      : {
          ...{ encoderE: [sourceSize, D], ...layer("encoder", own) },
          ...(sizes.isBidirectional && layer("encoderBack", own)),
        };
  return {
    ...encoder,
    ...{ decoderE: [V, D], ...layer("decoder", H) },
    ...scoreShapes(sizes),
    ...(sizes.attention && { Wc: [2 * H, A], bc: [A] }),
    ...{ Wy: [sizes.attention ? A : H, V], by: [V] },
  };
}

/** The weights of a kind of score. */
export function scoreShapes({ attention, hiddenSize: H }: PairNetworkSizes): Record<string, number[]> {
  if (attention === "general") return { Wa: [H, H] };
  return attention === "additive" ? { Wq: [H, H], Wk: [H, H], v: [H] } : {};
}
