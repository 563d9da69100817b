import type { ModelState } from "../../model.ts";
import type { Kernels } from "../module.ts";
import type { RecurrentKind } from "../recurrent-plan.ts";
import { type RecurrentKernel, recurrentKernel, type WeightPlaces } from "../recurrent.ts";
import type { KernelParameters } from "./kernel-parameters.ts";
import type { RecurrentPart, RecurrentPartInput, RecurrentPartSizes, WeightNames } from "./part.ts";
import { Rooms } from "./rooms.ts";

type Sizes = RecurrentPartSizes & {
  kind: RecurrentKind;
  /** where Wx and its gradient are, when they are not among the parameters */
  table?: { Wx: number; dWx: number };
};

/** A recurrent part on the fused kernels; every size of batch keeps its arrays. */
export class KernelRecurrent implements RecurrentPart {
  readonly #kernels: Kernels;
  readonly #parameters: KernelParameters;
  readonly #sizes: Sizes;
  readonly #names: WeightNames;
  readonly #rooms: Rooms<RecurrentKernel>;
  /** which version of the weights a layer has packed */
  readonly #packed = new WeakMap<RecurrentKernel, number>();
  #run?: { input: RecurrentPartInput; layer: RecurrentKernel };

  constructor(kernels: Kernels, parameters: KernelParameters, sizes: Sizes, names: WeightNames) {
    this.#kernels = kernels;
    this.#rooms = new Rooms(kernels);
    this.#parameters = parameters;
    this.#sizes = sizes;
    this.#names = names;
  }

  forward(input: RecurrentPartInput): { h: Float32Array; last: ModelState } {
    const { batchSize, timesteps, values, mask, first } = input;
    const [hasFirst, hasMask] = [first !== undefined, mask !== undefined];
    const key = [batchSize, timesteps, hasFirst, hasMask].join(" ");
    const layer = this.#rooms.get(key, () =>
      recurrentKernel(this.#kernels, { ...this.#sizes, batchSize, timesteps, hasFirst, hasMask }),
    );
    const { version, at } = this.#parameters;
    if (this.#packed.get(layer) !== version) layer.setWeights(this.#places(at, this.#sizes.table?.Wx));
    this.#packed.set(layer, version);
    layer.setInput(values);
    if (mask) layer.setMask(mask);
    if (first) layer.setFirst(first["h"]!, first["c"]);
    layer.forward();
    this.#run = { input, layer };
    const h = layer.last("h");
    const last: ModelState = this.#sizes.kind === "lstm" ? { h, c: layer.last("c") } : { h };
    return { h: dropMasked(timesteps === 1 ? h : layer.states(), input), last };
  }

  backward(dh: Float32Array, last?: ModelState): { dx?: Float32Array; first: ModelState } {
    const { input, layer } = this.#run!;
    layer.setGradient(withLast(dropMasked(dh, input), input, last?.["h"]));
    layer.backward(last?.["c"]);
    layer.writeGradients(this.#places(this.#parameters.gradientAt, this.#sizes.table?.dWx));
    const { dh0, dc0 } = layer.firstGradient();
    const first: ModelState = { h: dh0, ...(dc0 && { c: dc0 }) };
    return this.#sizes.reads === "vectors" ? { dx: layer.inputGradient(), first } : { first };
  }

  dispose(): void {
    this.#rooms.dispose();
  }

  #places(at: Readonly<Record<string, number>>, table?: number): WeightPlaces {
    const { Wx, Wh, b, bhn } = this.#names;
    return { Wx: table ?? at[Wx]!, Wh: at[Wh]!, b: at[b]!, ...(bhn !== undefined && { bhn: at[bhn]! }) };
  }
}

type Span = Pick<RecurrentPartInput, "batchSize" | "timesteps" | "mask">;

/** [B,T,H] with zeros where the mask drops the step; itself when nothing is dropped. */
function dropMasked(u: Float32Array, { batchSize, timesteps, mask }: Span): Float32Array {
  if (!mask) return u;
  const H = u.length / batchSize / timesteps;
  const out = u.slice();
  for (let n = 0; n < mask.length; n++) if (mask[n] === 0) out.fill(0, n * H, (n + 1) * H);
  return out;
}

/** dh [B,T,H] with what reaches the last state, [B,H], added to the last step. */
function withLast(dh: Float32Array, { batchSize: B, timesteps: T }: Span, last?: Float32Array): Float32Array {
  if (!last) return dh;
  const H = dh.length / B / T;
  const out = dh.slice();
  for (let k = 0; k < last.length; k++) out[(Math.floor(k / H) * T + T - 1) * H + (k % H)]! += last[k]!;
  return out;
}
