import type { Rng } from "#src/util/rng.ts";
import { type PairNetworkSizes, pairShapes } from "../kernels/pair-sizes.ts";
import { sizeOf } from "../kernels/sequence-network.ts";
import { glorot } from "../ref/initial.ts";
import { firstRecurrent, type FirstWeight } from "./first-weights.ts";

/** The first weights of an encoder and decoder: orthogonal Wh, forget bias 1, Glorot's for the rest, biases of zeros. */
export function firstPairWeights(sizes: PairNetworkSizes, rng: Rng): Record<string, FirstWeight> {
  const { kind, embeddingSize: inputSize, hiddenSize: H, isBidirectional } = sizes;
  const layers: Record<string, number> = {
    ...(sizes.source === "tokens" && { encoder: isBidirectional ? H / 2 : H }),
    ...(isBidirectional && { encoderBack: H / 2 }),
    decoder: H,
  };
  const recurrent: Record<string, FirstWeight> = {};
  for (const [prefix, hiddenSize] of Object.entries(layers)) {
    const layer = firstRecurrent(kind, { inputSize, hiddenSize, rng: rng.fork(prefix) });
    for (const [name, weight] of Object.entries(layer)) recurrent[prefix + name] = weight;
  }
  const drawn = Object.entries(pairShapes(sizes)).map(([name, shape]) => {
    return [name, recurrent[name] ?? { shape, values: otherWeight(name, shape, rng.fork(name)) }] as const;
  });
  return Object.fromEntries(drawn);
}

function otherWeight(name: string, shape: number[], rng: Rng): Float32Array {
  if (name.endsWith("E")) {
    const [, D] = shape as [number, number];
    return Float32Array.from({ length: sizeOf(shape) }, () => rng.normal() / Math.sqrt(D));
  }
  if (shape.length === 2) return Float32Array.from(glorot(shape[0]!, shape[1]!, rng));
  if (name === "v") return Float32Array.from(glorot(shape[0]!, 1, rng));
  return new Float32Array(sizeOf(shape));
}
