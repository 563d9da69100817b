import type { Rng } from "#src/util/rng.ts";
import { dropoutForward, dropoutMask } from "../../ref/dropout.ts";

/** The masks of one pass of training, by place. */
export class Drops {
  readonly #masks = new Map<string, Float32Array>();
  readonly #rate: number;
  readonly #rng: Rng | undefined;

  constructor(rate: number, rng?: Rng) {
    this.#rate = rate;
    this.#rng = rng;
  }

  get isActive(): boolean {
    return this.#rng !== undefined && this.#rate > 0;
  }

  forward(place: string, x: Float32Array): Float32Array {
    if (!this.#rng || this.#rate === 0) return x;
    const mask = dropoutMask(x, this.#rate, this.#rng);
    this.#masks.set(place, mask);
    return dropoutForward(x, mask);
  }

  backward(place: string, dy: Float32Array): Float32Array {
    const mask = this.#masks.get(place);
    return mask ? dropoutForward(dy, mask) : dy;
  }
}
