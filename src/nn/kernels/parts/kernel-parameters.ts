import type { UpdateSettings } from "../../model.ts";
import type { Kernels } from "../module.ts";
import { roundUp } from "../recurrent-plan.ts";
import type { Lengths, Parameters } from "./part.ts";

/** Arrays one after the other in one stretch of memory, so that the optimiser passes over all at once. */
interface Arena {
  place: number;
  /** how many numbers */
  n: number;
  at: Readonly<Record<string, number>>;
}

function takeArena(kernels: Kernels, lengths: Lengths): Arena {
  const n = Object.values(lengths).reduce((sum, length) => sum + roundUp(length, 16), 0);
  const place = kernels.take(n);
  let next = place;
  const at = Object.entries(lengths).map(([name, length]) => {
    const mine = next;
    next += roundUp(length, 16) * 4;
    return [name, mine];
  });
  return { place, n, at: Object.fromEntries(at) as Arena["at"] };
}

/** Weights, gradients and the optimiser's averages in the kernels' memory. */
export class KernelParameters implements Parameters {
  readonly names: readonly string[];
  readonly #kernels: Kernels;
  readonly #lengths: Lengths;
  readonly #weights: Arena;
  readonly #gradients: Arena;
  readonly #averages: [mean: number, meanSquare: number];
  /** counts changes, so that parts know when what they packed is old */
  #version = 0;
  /** β1^t and β2^t: products, since Math.pow has other bits in other browsers */
  #powers: [number, number] = [1, 1];

  constructor(kernels: Kernels, lengths: Lengths) {
    this.#kernels = kernels;
    this.#lengths = lengths;
    this.names = Object.keys(lengths);
    this.#weights = takeArena(kernels, lengths);
    this.#gradients = takeArena(kernels, lengths);
    this.#averages = [kernels.take(this.#weights.n), kernels.take(this.#weights.n)];
  }

  get version(): number {
    return this.#version;
  }

  /** Places of the weights by name, and of their gradients. */
  get at(): Arena["at"] {
    return this.#weights.at;
  }
  get gradientAt(): Arena["at"] {
    return this.#gradients.at;
  }

  weight(name: string): Float32Array {
    this.#version++;
    return this.read(name);
  }

  /** The same view, not to be written to. */
  read(name: string): Float32Array {
    return this.#kernels.floats(this.#weights.at[name]!, this.#lengths[name]!);
  }

  gradient(name: string): Float32Array {
    return this.#kernels.floats(this.#gradients.at[name]!, this.#lengths[name]!);
  }

  update(settings: UpdateSettings): number {
    this.#version++;
    const { clipNorm, clipValue } = settings;
    const { run } = this.#kernels;
    const g = this.#gradients;
    const norm = Math.sqrt(run.squares(g.place, g.n));
    const scale = clipNorm !== undefined && norm > clipNorm ? clipNorm / norm : 1;
    if (clipValue !== undefined) run.cut(g.place, g.n, clipValue / scale);
    this.#apply(settings, scale);
    return norm;
  }

  #apply(settings: UpdateSettings, scale: number): void {
    const { run } = this.#kernels;
    const { learningRate } = settings;
    const { place: w, n } = this.#weights;
    const g = this.#gradients.place;
    const [first, second] = this.#averages;
    if (settings.name === "sgd")
      return void run.sgd(w, g, first, n, learningRate, settings.momentum, Number(settings.nesterov), scale);
    if (settings.name === "rmsprop")
      return void run.rmsprop(w, g, second, n, learningRate, settings.decay, settings.epsilon, scale);
    const { beta1, beta2, epsilon } = settings;
    this.#powers = [this.#powers[0] * beta1, this.#powers[1] * beta2];
    const [rate, root] = [learningRate / (1 - this.#powers[0]), 1 / Math.sqrt(1 - this.#powers[1])];
    run.adam(w, g, first, second, n, rate, root, beta1, beta2, epsilon, scale);
  }

  restart(): void {
    this.#powers = [1, 1];
    for (const place of this.#averages) this.#kernels.floats(place, this.#weights.n).fill(0);
  }

  dispose(): void {
    for (const place of [this.#weights.place, this.#gradients.place, ...this.#averages])
      this.#kernels.giveBack(place);
  }
}
