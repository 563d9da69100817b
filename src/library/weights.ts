import { loadModel, saveModel } from "#src/nn/models/model-weights.ts";

/** Trained weights as one safetensors file: to keep them, and to go on from them. */
const weights = { save: saveModel, load: loadModel };

export function create(): { weights: typeof weights } {
  return { weights };
}
