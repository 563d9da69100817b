import { keptBytes } from "#src/nn/models/kept-bytes.ts";
import { temporalConvolution, transformer } from "#src/nn/models/beyond.ts";

/** Models of sequences that do not walk step by step. */
const beyond = { temporalConvolution, transformer, keptBytes };

export function create(): { beyond: typeof beyond } {
  return { beyond };
}
