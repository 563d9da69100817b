import { bidirectional, reversed } from "#src/nn/ref/bidirectional.ts";
import { gruLayer, highwayLayer, lstmLayer, rnnLayer } from "#src/nn/ref/sequence-layer.ts";
import { stacked } from "#src/nn/ref/stacked.ts";

/** Whole recurrent layers in plain TypeScript that can be put on top of each other or joined in two directions. */
const deep = { rnnLayer, lstmLayer, gruLayer, highwayLayer, stacked, bidirectional, reversed };

export function create(): { deep: typeof deep } {
  return { deep };
}
