import type { Kernels, Routine } from "./module.ts";
import {
  type Field,
  GATES,
  type PaddedSizes,
  paddedSizes,
  type RecurrentKind,
  type RecurrentSizes,
  takePlan,
} from "./recurrent-plan.ts";

export type { RecurrentKind, RecurrentSizes } from "./recurrent-plan.ts";

/** Places of row-major numbers in the kernels' memory: Wx [D,G·H], Wh [H,G·H], b [G·H], bhn [H] of a GRU with reset after. */
export type WeightPlaces = Record<"Wx" | "Wh" | "b", number> & { bhn?: number };

const ROUTINES: Record<RecurrentKind, [forward: Routine, backward: Routine]> = {
  rnn: ["rnnForward", "rnnBackward"],
  lstm: ["lstmForward", "lstmBackward"],
  "gru-after": ["gruAfterForward", "gruAfterBackward"],
  "gru-before": ["gruBeforeForward", "gruBeforeBackward"],
};

/**
 * A recurrent layer over whole sequences of one size. Its arrays are taken once and used for every run; states and their
 * gradients lie in panels, step after step, with a block for the first state in front.
 */
export interface RecurrentKernel {
  readonly timesteps: number;
  readonly padded: PaddedSizes;
  readonly places: Readonly<Record<Field, number>>;
  setWeights(weights: WeightPlaces): void;
  /** tokens [B,T] or x [B,T,D], as the layer's sizes say */
  setInput(input: Int32Array | Float32Array): void;
  /** [B,T], 1 = the step counts, 0 = the state passes unchanged */
  setMask(mask: ArrayLike<number>): void;
  /** [B,H] each */
  setFirst(h0: Float32Array, c0?: Float32Array): void;
  forward(): void;
  /** every state, [B,T,H] */
  states(which?: "h" | "c"): Float32Array;
  /** the state after the last step, [B,H] */
  last(which?: "h" | "c"): Float32Array;
  /** what reaches h from the layers above, [B,T,H] */
  setGradient(dh: Float32Array): void;
  /** from ∂loss/∂h in `places.dh`, which it changes, and what else reaches an LSTM's last c, [B,H] */
  backward(dcLast?: Float32Array): void;
  writeGradients(places: WeightPlaces): void;
  /** [B,H] each; only with hasFirst */
  firstGradient(): { dh0: Float32Array; dc0?: Float32Array };
  /** [B,T,D]; only when the layer reads vectors */
  inputGradient(): Float32Array;
  /** ‖∂loss/∂h_t‖ or ‖∂loss/∂c_t‖, [T]; only with hasNorms */
  norms(which?: "h" | "c"): Float32Array;
  dispose(): void;
}

export function recurrentKernel(kernels: Kernels, sizes: RecurrentSizes): RecurrentKernel {
  return new FusedLayer(kernels, sizes);
}

class FusedLayer implements RecurrentKernel {
  readonly timesteps: number;
  readonly padded: PaddedSizes;
  readonly places: Readonly<Record<Field, number>>;
  readonly #kernels: Kernels;
  readonly #sizes: RecurrentSizes;
  readonly #plan: ReturnType<typeof takePlan>;
  readonly #scratch: number;

  constructor(kernels: Kernels, sizes: RecurrentSizes) {
    const { batchSize: B, timesteps: T, inputSize: D, hiddenSize: H } = sizes;
    this.#kernels = kernels;
    this.#sizes = sizes;
    this.timesteps = T;
    this.padded = paddedSizes(sizes);
    this.#plan = takePlan(kernels, sizes, this.padded);
    this.places = this.#plan.places;
    this.#scratch = kernels.take(B * T * Math.max(D, H));
  }

  setWeights(weights: WeightPlaces): void {
    const { run } = this.#kernels;
    eachBlock(this.#sizes, this.padded, (name, row, at, ...matrix) =>
      run.pack(weights[name]! + row, this.places[name] + at, ...matrix),
    );
  }

  writeGradients(to: WeightPlaces): void {
    const { run } = this.#kernels;
    eachBlock(this.#sizes, this.padded, (name, row, at, ...matrix) =>
      run.unpack(this.places[`d${name}`] + at, to[name]! + row, ...matrix),
    );
  }

  setInput(input: Int32Array | Float32Array): void {
    const { run, write } = this.#kernels;
    const { batchSize: B, timesteps: T, inputSize: D } = this.#sizes;
    write(this.#scratch, input);
    if (input instanceof Int32Array) {
      run.packTokens(this.#scratch, this.places.tokens, B, this.padded.B, T);
    } else {
      run.packSteps(this.#scratch, this.places.x, B, this.padded.B, T, D, this.padded.rows);
    }
  }

  setMask(mask: ArrayLike<number>): void {
    const { batchSize: B, timesteps: T } = this.#sizes;
    this.#kernels.integers(this.#scratch, B * T).set(mask);
    this.#kernels.run.packTokens(this.#scratch, this.places.mask, B, this.padded.B, T);
  }

  setFirst(h0: Float32Array, c0?: Float32Array): void {
    this.#toPanels(h0, this.places.h, 1);
    if (c0) this.#toPanels(c0, this.places.c, 1);
  }

  forward(): void {
    this.#kernels.run[ROUTINES[this.#sizes.kind][0]](this.#plan.plan);
  }

  states(which: "h" | "c" = "h"): Float32Array {
    return this.#fromPanels(this.places[which] + this.#block, this.timesteps);
  }

  last(which: "h" | "c" = "h"): Float32Array {
    return this.#fromPanels(this.places[which] + this.timesteps * this.#block, 1);
  }

  setGradient(dh: Float32Array): void {
    this.#toPanels(dh, this.places.dh + this.#block, this.timesteps);
  }

  backward(dcLast?: Float32Array): void {
    const { B, H } = this.padded;
    const { floats, run, write } = this.#kernels;
    for (let j = 0; j < H / 8; j++) floats(this.places.dh + j * this.#stateRows * 32, B * 8).fill(0);
    floats(this.places.dc, B * H).fill(0);
    if (dcLast) {
      const { batchSize, hiddenSize } = this.#sizes;
      write(this.#scratch, dcLast);
      run.packSteps(this.#scratch, this.places.dc, batchSize, B, 1, hiddenSize, B);
    }
    run[ROUTINES[this.#sizes.kind][1]](this.#plan.plan);
  }

  firstGradient(): { dh0: Float32Array; dc0?: Float32Array } {
    const { kind, batchSize: B, hiddenSize: H } = this.#sizes;
    const dh0 = this.#fromPanels(this.places.dh, 1);
    if (kind !== "lstm") return { dh0 };
    this.#kernels.run.unpackSteps(this.places.dc, this.#scratch, B, this.padded.B, 1, H, this.padded.B);
    return { dh0, dc0: this.#kernels.read(this.#scratch, B * H) };
  }

  inputGradient(): Float32Array {
    const { batchSize: B, timesteps: T, inputSize: D } = this.#sizes;
    this.#kernels.run.unpackSteps(this.places.dx, this.#scratch, B, this.padded.B, T, D, this.padded.rows);
    return this.#kernels.read(this.#scratch, B * T * D);
  }

  norms(which: "h" | "c" = "h"): Float32Array {
    const place = which === "h" ? this.places.normsH : this.places.normsC;
    return this.#kernels.floats(place, this.timesteps).map(Math.sqrt);
  }

  dispose(): void {
    this.#plan.giveBack();
    this.#kernels.giveBack(this.#scratch);
  }

  /** rows of a panel of states: a block for the first state, then one for each step */
  get #stateRows(): number {
    return this.padded.rows + this.padded.B;
  }

  /** bytes between the states of two steps */
  get #block(): number {
    return this.padded.B * 32;
  }

  #toPanels(values: Float32Array, place: number, steps: number): void {
    const { batchSize: B, hiddenSize: H } = this.#sizes;
    this.#kernels.write(this.#scratch, values);
    this.#kernels.run.packSteps(this.#scratch, place, B, this.padded.B, steps, H, this.#stateRows);
  }

  #fromPanels(place: number, steps: number): Float32Array {
    const { batchSize: B, hiddenSize: H } = this.#sizes;
    this.#kernels.run.unpackSteps(place, this.#scratch, B, this.padded.B, steps, H, this.#stateRows);
    return this.#kernels.read(this.#scratch, B * steps * H);
  }
}

/** Blocks of H columns in the weights of a kind. */
export const gatesOf = (kind: RecurrentKind): number => GATES[kind];

type EachBlock = (name: "Wx" | "Wh" | "b" | "bhn", row: number, panels: number, ...matrix: number[]) => void;

/** One gate after the other, since each has panels of its own: where it starts in both layouts, and [R, C, step, Rp]. */
function eachBlock(
  { kind, inputSize: D, hiddenSize: H }: RecurrentSizes,
  { D: Dp, H: Hp, G }: PaddedSizes,
  move: EachBlock,
): void {
  for (let k = 0; k < G; k++) {
    const row = k * H * 4;
    move("Wx", row, k * Hp * Dp * 4, D, H, G * H, Dp);
    move("Wh", row, k * Hp * Hp * 4, H, H, G * H, Hp);
    move("b", row, k * Hp * 4, 1, H, G * H, 1);
  }
  if (kind === "gru-after") move("bhn", 0, 0, 1, H, H, 1);
}
