import type { SequenceBatch, SequenceEvaluation, UpdateSettings } from "../model.ts";
import type { Activation } from "../ref/activation.ts";
import { reversed } from "../ref/bidirectional.ts";
import { dropoutForward, dropoutMask } from "../ref/dropout.ts";
import { embeddingBackward, embeddingForward } from "../ref/embedding.ts";
import { join, plus, split } from "../ref/join.ts";
import type { Rng } from "#src/util/rng.ts";
import type { Kernels } from "./module.ts";
import { type Head, headOf } from "./parts/head.ts";
import { kernelParts } from "./parts/kernel-parts.ts";
import type { CellKind, Parts, RecurrentPart } from "./parts/part.ts";
import { plainParts } from "./parts/plain-parts.ts";

export interface SequenceNetworkSizes {
  kind: CellKind;
  reads: "tokens" | "vectors";
  /** V of tokens, D of vectors */
  inputSize: number;
  hiddenSize: number;
  layers: number;
  isBidirectional: boolean;
  activation?: Activation;
  /** tokens become vectors of this size first; without it they choose rows of Wx */
  embeddingSize?: number;
  output: "classes" | "values";
  outputSize: number;
  /** an output at each step, or one after the last */
  at: "each" | "last";
  /** share of the units that training drops between layers */
  dropout: number;
}

const GATES: Record<CellKind, number> = {
  rnn: 1,
  lstm: 4,
  "gru-after": 3,
  "gru-before": 3,
  highway: 2,
  "lstm-peephole": 4,
};

/** One direction of a layer: the names of its weights, and the size of what it reads. */
export interface Direction {
  layer: number;
  suffix: string;
  inputSize: number;
  isBack: boolean;
}

/** The directions of all layers, first layer first. */
export function directionsOf({
  layers,
  isBidirectional,
  hiddenSize,
  ...sizes
}: SequenceNetworkSizes): Direction[] {
  const first = sizes.embeddingSize ?? sizes.inputSize;
  return Array.from({ length: layers }, (_, layer) => {
    const inputSize = layer === 0 ? first : hiddenSize * (isBidirectional ? 2 : 1);
    const number = layers > 1 ? String(layer + 1) : "";
    const ahead = { layer, inputSize, suffix: number, isBack: false };
    return isBidirectional ? [ahead, { ...ahead, suffix: `Back${number}`, isBack: true }] : [ahead];
  }).flat();
}

/** The shapes of all weights by name: E, then Wx Wh b of each direction (bhn of a GRU with reset after, Wp of peepholes), Wy, by. */
export function shapesOf(sizes: SequenceNetworkSizes): Record<string, number[]> {
  const { kind, hiddenSize: H, embeddingSize, inputSize, outputSize, isBidirectional } = sizes;
  const G = GATES[kind];
  const shapes: Record<string, number[]> = embeddingSize ? { E: [inputSize, embeddingSize] } : {};
  for (const { suffix, inputSize: D } of directionsOf(sizes)) {
    Object.assign(shapes, {
      [`Wx${suffix}`]: [D, G * H],
      [`Wh${suffix}`]: [H, G * H],
      [`b${suffix}`]: [G * H],
    });
    if (kind === "gru-after") shapes[`bhn${suffix}`] = [H];
    if (kind === "lstm-peephole") shapes[`Wp${suffix}`] = [3 * H];
  }
  return { ...shapes, Wy: [H * (isBidirectional ? 2 : 1), outputSize], by: [outputSize] };
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((n, side) => n * side, 1);

interface Layer {
  ahead: RecurrentPart;
  back?: RecurrentPart;
}

/** What the backward pass needs of the forward one. */
interface Run {
  batch: SequenceBatch;
  /** outputs of each layer, [B,T,H or 2H] */
  outputs: Float32Array[];
  /** what the output layer read: [B·T,…] or [B,…] */
  top: Float32Array;
  /** by layer, what dropout kept of its output */
  kept: (Float32Array | undefined)[];
}

/** Recurrent layers and an output layer, as one engine: all weights in one place, gradients of all, one optimiser over all. */
export class SequenceNetwork {
  readonly #sizes: SequenceNetworkSizes;
  readonly #parts: Parts;
  readonly #layers: Layer[];
  readonly #head: Head;

  constructor(kernels: Kernels | undefined, sizes: SequenceNetworkSizes) {
    const lengths = Object.fromEntries(
      Object.entries(shapesOf(sizes)).map(([name, shape]) => [name, sizeOf(shape)]),
    );
    const parts = kernels ? kernelParts(kernels, lengths) : plainParts(lengths);
    this.#sizes = sizes;
    this.#parts = parts;
    const { kind, hiddenSize, activation, isBidirectional, outputSize, output } = sizes;
    const made = directionsOf(sizes).map(({ layer, suffix, inputSize }) => {
      const reads = layer === 0 && !sizes.embeddingSize ? sizes.reads : "vectors";
      const names = { Wx: `Wx${suffix}`, Wh: `Wh${suffix}`, b: `b${suffix}` };
      const all = {
        ...names,
        ...(kind === "gru-after" && { bhn: `bhn${suffix}` }),
        ...(kind === "lstm-peephole" && { Wp: `Wp${suffix}` }),
      };
      return parts.recurrent({ kind, inputSize, hiddenSize, reads, activation }, all);
    });
    this.#layers = Array.from({ length: sizes.layers }, (_, k) =>
      isBidirectional ? { ahead: made[2 * k]!, back: made[2 * k + 1]! } : { ahead: made[k]! },
    );
    this.#head = headOf(parts, output, [hiddenSize * (isBidirectional ? 2 : 1), outputSize]);
  }

  get names(): readonly string[] {
    return this.#parts.parameters.names;
  }
  weight = (name: string): Float32Array => this.#parts.parameters.weight(name);
  gradient = (name: string): Float32Array => this.#parts.parameters.gradient(name);
  update = (settings: UpdateSettings): number => this.#parts.parameters.update(settings);
  restart = (): void => this.#parts.parameters.restart();

  evaluate(batch: SequenceBatch): SequenceEvaluation {
    return this.#head.loss(this.#forward(batch).top, batch, this.#lossMask(batch));
  }

  /** With every gradient; `dx` [B,T,D] is of vectors or embedded tokens. An rng drops units. */
  gradients(batch: SequenceBatch, rng?: Rng): SequenceEvaluation & { dx?: Float32Array } {
    const run = this.#forward(batch, rng);
    const found = this.#head.loss(run.top, batch, this.#lossMask(batch));
    return { ...found, dx: this.#backward(run, this.#head.backward()) };
  }

  /** Log-probabilities or values, [B·T,K] or [B,K]. */
  outputs(batch: SequenceBatch): Float32Array {
    return this.#head.outputs(this.#forward(batch).top);
  }

  /** The outputs of each layer, [B,T,H], or [B,T,2H] of both directions. */
  states(batch: SequenceBatch): Float32Array[] {
    return this.#forward(batch).outputs;
  }

  dispose(): void {
    this.#parts.dispose();
  }

  #forward(batch: SequenceBatch, rng?: Rng): Run {
    const { batchSize: B, timesteps: T, inputs } = batch;
    const { embeddingSize, at, dropout } = this.#sizes;
    const mask = stepMask(batch);
    let values = inputs;
    if (embeddingSize)
      values = embeddingForward(
        inputs as Int32Array,
        this.#parts.parameters.read("E").slice(),
        embeddingSize,
      );
    const run: Run = { batch, outputs: [], top: new Float32Array(0), kept: [] };
    for (const [k, { ahead, back }] of this.#layers.entries()) {
      const input = { batchSize: B, timesteps: T, values, mask };
      const there = ahead.forward(input);
      const again = back?.forward({
        ...input,
        values: reversed(values, B, T),
        mask: mask && reversed(mask, B, T),
      });
      run.outputs[k] = again ? join(there.h, reversed(again.h, B, T), B * T) : there.h;
      const isLast = k === this.#layers.length - 1;
      const hLast = again ? join(there.last["h"]!, again.last["h"]!, B) : there.last["h"]!;
      const out = isLast && at === "last" ? hLast : run.outputs[k]!;
      if (rng && dropout > 0) run.kept[k] = dropoutMask(out, dropout, rng);
      values = run.kept[k] ? dropoutForward(out, run.kept[k]!) : out;
    }
    run.top = values as Float32Array;
    return run;
  }

  /** From what reaches the top to the gradient of vectors. */
  #backward({ batch, kept }: Run, dtop: Float32Array): Float32Array | undefined {
    let d: Float32Array | undefined = dtop;
    for (let k = this.#layers.length - 1; k >= 0; k--) {
      const mask = kept[k];
      d = this.#layerBackward(k, batch, mask ? dropoutForward(d!, mask) : d!);
    }
    if (this.#sizes.embeddingSize) {
      const E = this.#parts.parameters.read("E").slice();
      this.gradient("E").set(embeddingBackward(batch.inputs as Int32Array, E, d!));
    }
    return d;
  }

  #layerBackward(
    k: number,
    { batchSize: B, timesteps: T }: SequenceBatch,
    d: Float32Array,
  ): Float32Array | undefined {
    const { hiddenSize: H, at } = this.#sizes;
    const { ahead, back } = this.#layers[k]!;
    // the one output after the last step comes from the last state alone
    const isEnd = at === "last" && k === this.#layers.length - 1;
    const [dAhead, dBack] = back ? split(d, isEnd ? B : B * T, H) : [d, d];
    const none = new Float32Array(isEnd ? B * T * H : 0);
    const there = isEnd ? ahead.backward(none, { h: dAhead }) : ahead.backward(dAhead);
    const again = isEnd ? back?.backward(none, { h: dBack }) : back?.backward(reversed(dBack, B, T));
    return there.dx && again?.dx ? plus(there.dx, reversed(again.dx, B, T)) : there.dx;
  }

  #lossMask(batch: SequenceBatch): ArrayLike<number> | undefined {
    if (this.#sizes.at === "last") return batch.mask;
    return batch.mask ?? stepMask(batch);
  }
}

/** [B,T], 1 where a step is within its row's length; undefined when all are. */
export function stepMask({ batchSize: B, timesteps: T, lengths }: SequenceBatch): Int32Array | undefined {
  if (!lengths) return undefined;
  return Int32Array.from({ length: B * T }, (_, n) => Number(n % T < lengths[Math.floor(n / T)]!));
}
