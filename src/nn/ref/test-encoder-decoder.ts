import type { EncoderDecoderGradients, EncoderDecoderParams, PairBatch } from "./encoder-decoder.ts";
import type { Floats } from "./floats.ts";
import { arraysOf } from "./test-case.ts";

interface BatchLists {
  batchSize: number;
  sourceLength: number;
  timesteps: number;
  sources: number[];
  inputs: number[];
  targets: number[];
  sourceMask?: number[];
  mask?: number[];
}

/** A fixture's batch with its tokens as Int32Array. */
export function pairBatchOf({ sources, inputs, targets, ...plain }: BatchLists): PairBatch {
  const [ofSources, ofInputs, ofTargets] = [sources, inputs, targets].map((u) => Int32Array.from(u));
  return { ...plain, sources: ofSources, inputs: ofInputs, targets: ofTargets };
}

/** The weights of a fixture, whose names begin with encoder_ and decoder_. */
export function paramsOf<F extends Floats>(lists: object, make: (u: number[]) => F): EncoderDecoderParams<F> {
  const part = <P>(prefix: string): P => {
    const own = Object.entries(lists).filter(([name]) => name.startsWith(prefix));
    return arraysOf(Object.fromEntries(own.map(([name, list]) => [name.slice(prefix.length), list])), make);
  };
  return { encoder: part("encoder_"), decoder: part("decoder_") };
}

/** The gradients under the fixture's names, such as dencoder_Wx. */
export function named(gradients: EncoderDecoderGradients): Record<string, Floats> {
  const entries = (["encoder", "decoder"] as const).flatMap((part) =>
    Object.entries(gradients[part]).map(([name, u]): [string, Floats] => [`d${part}_${name.slice(1)}`, u]),
  );
  return Object.fromEntries(entries);
}
