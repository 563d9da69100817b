import * as z from "zod/mini";

z.config({ jitless: true });

const numbers = (limit: number) => z.array(z.number()).check(z.minLength(1), z.maxLength(limit));

/** One time step of a forward run, and what its own loss says of its hidden state. */
const step = z.object({
  /** what the step reads, as a short label; none when it reads nothing */
  input: z.optional(z.string().check(z.maxLength(12))),
  /** x_t [D]; zeros when it reads nothing */
  x: numbers(12),
  /** h_t [H] */
  h: numbers(8),
  /** ∂L_t/∂h_t [H], of the step's own loss alone; zeros without a loss */
  dh: numbers(8),
  /** the step's own loss; none when the step has no output */
  loss: z.optional(z.number()),
  /** ∂L_t/∂logits [V], for the gradient of W_y */
  dlogits: z.optional(numbers(12)),
});

export const schema = z.object({
  /** the question or the finding, as a sentence */
  title: z.string(),
  steps: z.array(step).check(z.minLength(1), z.maxLength(16)),
  /** flat, row-major: Wx [D,H], Wh [H,H], b [H] */
  params: z.object({ Wx: numbers(96), Wh: numbers(64), b: numbers(8) }),
  /** the window τ to begin with; default: as long as the sequence */
  window: z.optional(z.int().check(z.minimum(1), z.maximum(16))),
});

export type BackwardScrubberData = z.infer<typeof schema>;

/** What the figure shows, as text. */
export function describe({ title, steps, window }: BackwardScrubberData): string {
  const T = steps.length;
  const losses = steps.flatMap(({ loss }, t) => (loss === undefined ? [] : [t + 1]));
  const at = losses.length === T ? "every step" : `step ${losses.join(", ")}`;
  const cut =
    window !== undefined && window < T
      ? ` The gradient is cut after every ${window} steps.`
      : " No step is cut off.";
  return `${title} ${T} time steps with a loss at ${at}; the gradient of each weight is a sum over the steps.${cut}`;
}
