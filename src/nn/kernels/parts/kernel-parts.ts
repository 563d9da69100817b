import type { Kernels } from "../module.ts";
import type { RecurrentKind } from "../recurrent-plan.ts";
import { KernelAttention } from "./kernel-attention.ts";
import { KernelClasses, KernelDense } from "./kernel-dense.ts";
import { KernelEmbedded } from "./kernel-embedded.ts";
import { KernelParameters } from "./kernel-parameters.ts";
import { KernelRecurrent } from "./kernel-recurrent.ts";
import type { Lengths, Parts } from "./part.ts";
import { plainRecurrent } from "./plain-parts.ts";

/** Parts of one model in the kernels' memory. */
export function kernelParts(kernels: Kernels, lengths: Lengths): Parts {
  const parameters = new KernelParameters(kernels, lengths);
  const made: { dispose(): void }[] = [parameters];
  const keep = <Part extends { dispose(): void }>(part: Part): Part => {
    made.push(part);
    return part;
  };
  return {
    parameters,
    recurrent(sizes, names) {
      const { kind } = sizes;
      if (kind === "highway" || kind === "lstm-peephole") return plainRecurrent(parameters, sizes, names);
      const own: typeof sizes & { kind: RecurrentKind } = { ...sizes, kind };
      return keep(new KernelRecurrent(kernels, parameters, own, names));
    },
    embedded(sizes, names) {
      const { kind } = sizes;
      if (kind === "highway" || kind === "lstm-peephole") return undefined;
      return keep(new KernelEmbedded(kernels, parameters, { ...sizes, kind }, names));
    },
    dense: (sizes, names) => keep(new KernelDense(kernels, parameters, sizes, names)),
    classes: (sizes, names) => keep(new KernelClasses(kernels, parameters, sizes, names)),
    attention: (sizes, names) => keep(new KernelAttention(kernels, parameters, sizes, names)),
    dispose: () => made.forEach((part) => part.dispose()),
  };
}
