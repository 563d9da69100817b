import { simd } from "#src/nn/kernels/built/simd.ts";
import { createKernels } from "#src/nn/kernels/module.ts";
import { GlimpseModel, type GlimpseModelOptions } from "#src/nn/models/glimpse-model.ts";

/** Models that look at pictures a part at a time. */
export interface Seeing {
  /** Reads a picture by glimpses and learns where to look next. */
  glimpseModel(options: GlimpseModelOptions): GlimpseModel;
}

export function create(): { seeing: Seeing } {
  const kernels = createKernels(simd);
  return { seeing: { glimpseModel: (options) => new GlimpseModel(kernels, options) } };
}
