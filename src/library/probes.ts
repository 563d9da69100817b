import { gates, jacobian, saliency } from "#src/nn/models/probes.ts";

/** What happens inside a character model while it reads; looking changes nothing. */
const probes = { gates, jacobian, saliency };

export function create(): { probes: typeof probes } {
  return { probes };
}
