import { attentionBackward, attentionForward, causalMask } from "#src/nn/ref/attention.ts";

/** Attention in plain TypeScript, with every score, its masks and its gradients. */
const attention = { forward: attentionForward, backward: attentionBackward, causalMask };

export function create(): { attention: typeof attention } {
  return { attention };
}
