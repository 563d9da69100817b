import type { Batch, Evaluation, ModelState, UpdateSettings } from "../model.ts";
import type { LanguageModelEngine, LanguageModelSizes, StepNorms, WeightName } from "./language-model.ts";
import type { Kernels } from "./module.ts";
import { gatesOf, type RecurrentKernel, recurrentKernel, type WeightPlaces } from "./recurrent.ts";
import { KernelParameters } from "./parts/kernel-parameters.ts";
import { Rooms } from "./parts/rooms.ts";
import type { Lengths } from "./parts/part.ts";
import { roundUp } from "./recurrent-plan.ts";

/** Padded words of the vocabulary are never likely. */
const NEVER = -1e30;

/** What one size of batch needs besides the weights. */
interface Room {
  layer: RecurrentKernel;
  /** of the weights that the layer has packed */
  version: number;
  places: Record<"targets" | "counts" | "logits" | "scratch", number>;
  dispose(): void;
}

/** The fused engine: everything in the kernels' memory, taken at the first batch of a size and kept. */
export function languageModelKernel(kernels: Kernels, sizes: LanguageModelSizes): LanguageModelEngine {
  return new FusedLanguageModel(kernels, sizes);
}

class FusedLanguageModel implements LanguageModelEngine {
  readonly names: readonly WeightName[];
  readonly #kernels: Kernels;
  readonly #sizes: LanguageModelSizes;
  readonly #parameters: KernelParameters;
  /** the output layer in panels */
  readonly #output: Record<"Wy" | "by" | "WyT" | "dWy" | "dby", number>;
  readonly #rooms: Rooms<Room>;
  /** of the weights that the output layer has packed */
  #version = -1;
  /** H and V rounded up to 8 */
  readonly #H: number;
  readonly #V: number;

  constructor(kernels: Kernels, sizes: LanguageModelSizes) {
    const { kind, vocabSize: V, hiddenSize: H } = sizes;
    const G = gatesOf(kind);
    this.#kernels = kernels;
    this.#rooms = new Rooms(kernels);
    this.#sizes = sizes;
    const lengths: Lengths = {
      ...{ Wx: V * G * H, Wh: H * G * H, b: G * H },
      ...(kind === "gru-after" ? { bhn: H } : {}),
      ...{ Wy: H * V, by: V },
    };
    this.#parameters = new KernelParameters(kernels, lengths);
    this.names = this.#parameters.names as WeightName[];
    [this.#H, this.#V] = [roundUp(H, 8), roundUp(V, 8)];
    const square = this.#H * this.#V;
    const panels = { Wy: square, by: this.#V, WyT: square, dWy: square, dby: this.#V };
    this.#output = Object.fromEntries(
      Object.entries(panels).map(([name, length]) => [name, kernels.take(length)]),
    ) as Record<keyof typeof panels, number>;
  }

  weight = (name: WeightName): Float32Array => this.#parameters.weight(name);
  gradient = (name: WeightName): Float32Array => this.#parameters.gradient(name);

  evaluate(batch: Batch, first?: ModelState): Evaluation {
    const room = this.#roomFor(batch, first !== undefined, false);
    this.#forward(room, batch.inputs, first);
    return this.#outcome(room, batch);
  }

  gradients(batch: Batch, first?: ModelState, norms?: StepNorms): Evaluation {
    const room = this.#roomFor(batch, first !== undefined, norms !== undefined);
    this.#forward(room, batch.inputs, first);
    const outcome = this.#outcome(room, batch);
    this.#backward(room);
    norms?.h?.set(room.layer.norms("h"));
    if (this.#sizes.kind === "lstm") norms?.c?.set(room.layer.norms("c"));
    return outcome;
  }

  update(settings: UpdateSettings): number {
    return this.#parameters.update(settings);
  }

  step(tokens: Int32Array, first: ModelState): { logProbs: Float32Array; state: ModelState } {
    const { run, floats } = this.#kernels;
    const [B, V] = [tokens.length, this.#sizes.vocabSize];
    const room = this.#roomFor({ batchSize: B, timesteps: 1 }, true, false);
    this.#forward(room, tokens, first);
    const { logits, scratch } = room.places;
    run.logSoftmax(logits, scratch, B, room.layer.padded.rows, this.#V, V);
    return { logProbs: floats(scratch, B * V).slice(), state: this.#stateOf(room) };
  }

  restart(): void {
    this.#parameters.restart();
  }

  dispose(): void {
    this.#rooms.dispose();
    this.#parameters.dispose();
    for (const place of Object.values(this.#output)) this.#kernels.giveBack(place);
  }

  #roomFor(size: Pick<Batch, "batchSize" | "timesteps">, hasFirst: boolean, hasNorms: boolean): Room {
    const { batchSize: B, timesteps: T } = size;
    return this.#rooms.get([B, T, hasFirst, hasNorms].join(" "), () => {
      const { kind, vocabSize: V, hiddenSize, activation } = this.#sizes;
      const options = { batchSize: B, timesteps: T, hasFirst, hasNorms, activation };
      const all = { kind, inputSize: V, hiddenSize, reads: "tokens" as const, ...options };
      const layer = recurrentKernel(this.#kernels, all);
      const { rows } = layer.padded;
      const take = (n: number) => this.#kernels.take(n);
      const places = {
        targets: take(rows),
        counts: take(rows),
        logits: take(rows * this.#V),
        scratch: take(Math.max(B * T, B * V)),
      };
      const dispose = (): void => {
        layer.dispose();
        Object.values(places).forEach((place) => this.#kernels.giveBack(place));
      };
      return { layer, version: -1, places, dispose };
    });
  }

  /** Every state, and the logits in panels. */
  #forward(room: Room, inputs: Int32Array, first?: ModelState): void {
    const { layer, places } = room;
    assertTokens("inputs", inputs, layer.timesteps, this.#sizes.vocabSize);
    this.#pack(room);
    layer.setInput(inputs);
    if (first) layer.setFirst(first["h"]!, first["c"]);
    layer.forward();
    const { Wy, by } = this.#output;
    const { rows, B } = layer.padded;
    const [h, step] = [layer.places.h + B * 32, (rows + B) * 32];
    this.#kernels.run.linear(h, step, Wy, by, places.logits, rows * 32, rows, this.#V, this.#H);
  }

  /** Weights that have changed into panels: while a text is written they stay. */
  #pack(room: Room): void {
    const { vocabSize: V, hiddenSize: H } = this.#sizes;
    const { run, floats } = this.#kernels;
    const { version } = this.#parameters;
    const at = this.#parameters.at as WeightPlaces & Record<"Wy" | "by", number>;
    if (room.version !== version) room.layer.setWeights(at);
    room.version = version;
    if (this.#version === version) return;
    this.#version = version;
    const { Wy, by } = this.#output;
    run.pack(at.Wy, Wy, H, V, V, this.#H);
    run.pack(at.by, by, 1, V, V, 1);
    floats(by, this.#V).fill(NEVER, V);
  }

  #outcome(room: Room, { batchSize: B, timesteps: T, targets, mask }: Batch): Evaluation {
    const { run, floats, integers } = this.#kernels;
    const { layer, places } = room;
    const { B: Bp, rows } = layer.padded;
    assertTokens("targets", targets, T, this.#sizes.vocabSize);
    let kept = B * T;
    if (mask) for (let k = (kept = 0); k < B * T; k++) kept += Number(mask[k] !== 0);
    if (kept === 0) throw new Error("language model: the mask keeps no token, so there is no mean loss");
    integers(places.scratch, B * T).set(targets);
    run.packTokens(places.scratch, places.targets, B, Bp, T);
    const counts = floats(places.scratch, B * T).fill(1 / kept);
    if (mask) counts.forEach((_, k) => mask[k] === 0 && (counts[k] = 0));
    run.packTokens(places.scratch, places.counts, B, Bp, T);
    const loss = run.crossEntropy(places.logits, places.targets, places.counts, 0, rows, this.#V);
    return { loss, kept, state: this.#stateOf(room) };
  }

  #stateOf({ layer }: Room): ModelState {
    return this.#sizes.kind === "lstm" ? { h: layer.last("h"), c: layer.last("c") } : { h: layer.last("h") };
  }

  #backward({ layer, places: { logits } }: Room): void {
    const { vocabSize: V, hiddenSize: H } = this.#sizes;
    const { run } = this.#kernels;
    const at = this.#parameters.gradientAt as WeightPlaces & Record<"Wy" | "by", number>;
    const { Wy, WyT, dWy, dby } = this.#output;
    const { rows, B } = layer.padded;
    const [h, step, dlogits] = [layer.places.h + B * 32, (rows + B) * 32, rows * 32];
    run.weightGradient(h, step, logits, dlogits, dWy, this.#H, this.#V, rows);
    run.biasGradient(logits, dlogits, dby, this.#V, rows);
    run.unpack(dWy, at.Wy, H, V, V, this.#H);
    run.unpack(dby, at.by, 1, V, V, 1);
    run.transpose(Wy, WyT, this.#H, this.#V);
    run.linear(logits, dlogits, WyT, 0, layer.places.dh + B * 32, step, rows, this.#H, this.#V);
    layer.backward();
    layer.writeGradients(at);
  }
}

/** A routine would read beside its table: whatever reaches it is in bounds. */
function assertTokens(name: string, tokens: Int32Array, T: number, V: number): void {
  for (let k = 0; k < tokens.length; k++) {
    if (tokens[k]! >= 0 && tokens[k]! < V) continue;
    const place = `row ${Math.floor(k / T)}, step ${k % T}`;
    throw new RangeError(`language model: expected ${name} of 0 … ${V - 1}, got ${tokens[k]} at ${place}`);
  }
}
