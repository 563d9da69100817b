import { temporalConvolution, transformer } from "#src/nn/models/beyond.ts";

/** Models of sequences that do not walk step by step. */
const beyond = { temporalConvolution, transformer };

export function create(): { beyond: typeof beyond } {
  return { beyond };
}
