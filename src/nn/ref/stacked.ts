import { assert } from "#src/util/assert.ts";
import type { Floats } from "./floats.ts";
import type { MaskedInput } from "./sequence-input.ts";
import type { SequenceLayer } from "./sequence-layer.ts";

export interface StackedRun<F extends Floats, R> {
  /** the outputs of the last layer, [B,T,H] */
  h: F;
  /** first layer first */
  layers: R[];
}

/** The gradients of each layer, first layer first; dx [B,T,D] is the first one's. */
export interface StackedGradients<F extends Floats, G> {
  layers: G[];
  dx?: F;
}

/**
 * Layers on top of each other: the outputs of one are the vectors that the next one reads, under the same mask.
 *
 * @throws Error when there is no layer
 */
export function stacked<F extends Floats, R extends { h: F }, G extends { dx?: F }, L>(
  layers: readonly SequenceLayer<F, R, G, L>[],
): SequenceLayer<F, StackedRun<F, R>, StackedGradients<F, G>, (L | undefined)[]> {
  assert(layers.length > 0, "stacked: expected at least one layer, got none");
  return {
    forward(input) {
      const { batchSize, timesteps, mask } = input;
      const runs: R[] = [];
      let read: MaskedInput<F> = input;
      for (const layer of layers) {
        const run = layer.forward(read);
        runs.push(run);
        read = { x: run.h, batchSize, timesteps, mask };
      }
      return { h: runs.at(-1)!.h, layers: runs };
    },
    backward(run, dh, options = []) {
      const gradients: G[] = [];
      let d: F | undefined = dh;
      for (let n = layers.length - 1; n >= 0; n--) {
        gradients[n] = layers[n].backward(run.layers[n], d!, options[n]);
        d = gradients[n].dx;
      }
      return { layers: gradients, dx: d };
    },
  };
}
