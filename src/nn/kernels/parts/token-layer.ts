import type { ModelState } from "../../model.ts";
import type {
  EmbeddedPart,
  EmbeddedSizes,
  Parts,
  RecurrentPart,
  RecurrentPartInput,
  WeightNames,
} from "./part.ts";

/**
 * A recurrent layer that reads tokens through an embedding. In one go where the parts can; in two steps when the embedded tokens
 * are given, because units drop or somebody asks for their gradient.
 */
export class TokenLayer {
  readonly #layer: RecurrentPart;
  readonly #whole: EmbeddedPart | undefined;
  #isWhole = false;

  constructor(parts: Parts, sizes: EmbeddedSizes, names: WeightNames & { E: string }) {
    const { kind, embeddingSize: inputSize, hiddenSize } = sizes;
    const { E: _, ...own } = names;
    this.#layer = parts.recurrent({ kind, inputSize, hiddenSize, reads: "vectors" }, own);
    this.#whole = parts.embedded?.(sizes, names);
  }

  /** whether it can do without the embedded tokens */
  get canReadTokens(): boolean {
    return this.#whole !== undefined;
  }

  forward(
    { tokens, ...input }: Omit<RecurrentPartInput, "values"> & { tokens: Int32Array },
    embedded?: Float32Array,
  ): { h: Float32Array; last: ModelState } {
    this.#isWhole = embedded === undefined;
    return embedded === undefined
      ? this.#whole!.forward({ ...input, values: tokens })
      : this.#layer.forward({ ...input, values: embedded });
  }

  /** dE [V,D] of a run from tokens, dx [B,T,D] of one from embedded tokens. */
  backward(dh: Float32Array, last?: ModelState): { dE?: Float32Array; dx?: Float32Array; first: ModelState } {
    return this.#isWhole ? this.#whole!.backward(dh, last) : this.#layer.backward(dh, last);
  }
}
