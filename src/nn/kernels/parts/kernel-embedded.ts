import type { ModelState } from "../../model.ts";
import type { Kernels } from "../module.ts";
import { gatesOf } from "../recurrent.ts";
import type { RecurrentKind } from "../recurrent-plan.ts";
import { KernelDense } from "./kernel-dense.ts";
import type { KernelParameters } from "./kernel-parameters.ts";
import { KernelRecurrent } from "./kernel-recurrent.ts";
import type { EmbeddedPart, EmbeddedSizes, RecurrentPartInput, WeightNames } from "./part.ts";

/**
 * Embedding and recurrent layer as one: E Wx [V,G·H] is computed once for all tokens instead of x Wx for each of B·T steps, and
 * its gradient is spread over E and Wx. With small vocabularies that is half of all the work.
 */
export class KernelEmbedded implements EmbeddedPart {
  readonly #kernels: Kernels;
  readonly #parameters: KernelParameters;
  readonly #E: string;
  readonly #table: { Wx: number; dWx: number; n: number };
  readonly #product: KernelDense;
  readonly #layer: KernelRecurrent;
  /** which version of the weights the table was made from */
  #made = -1;

  constructor(
    kernels: Kernels,
    parameters: KernelParameters,
    sizes: EmbeddedSizes & { kind: RecurrentKind },
    names: WeightNames & { E: string },
  ) {
    const { kind, vocabSize, embeddingSize, hiddenSize } = sizes;
    const outputSize = gatesOf(kind) * hiddenSize;
    const n = vocabSize * outputSize;
    this.#kernels = kernels;
    this.#parameters = parameters;
    this.#E = names.E;
    this.#table = { Wx: kernels.take(n), dWx: kernels.take(n), n };
    this.#product = new KernelDense(
      kernels,
      parameters,
      { inputSize: embeddingSize, outputSize },
      { W: names.Wx },
    );
    const layer = { kind, inputSize: vocabSize, hiddenSize, reads: "tokens", table: this.#table } as const;
    this.#layer = new KernelRecurrent(kernels, parameters, layer, names);
  }

  forward(input: RecurrentPartInput): { h: Float32Array; last: ModelState } {
    const { version } = this.#parameters;
    if (this.#made !== version) {
      const table = this.#product.forward(this.#parameters.read(this.#E).slice());
      this.#kernels.floats(this.#table.Wx, this.#table.n).set(table);
      this.#made = version;
    }
    return this.#layer.forward(input);
  }

  backward(dh: Float32Array, last?: ModelState): { dE: Float32Array; first: ModelState } {
    const { first } = this.#layer.backward(dh, last);
    const dtable = this.#kernels.floats(this.#table.dWx, this.#table.n).slice();
    return { dE: this.#product.backward(dtable), first };
  }

  dispose(): void {
    this.#layer.dispose();
    this.#product.dispose();
    this.#kernels.giveBack(this.#table.Wx);
    this.#kernels.giveBack(this.#table.dWx);
  }
}
