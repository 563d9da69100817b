import * as z from "zod/mini";

z.config({ jitless: true });

const label = z.string().check(z.minLength(1), z.maxLength(60));

/** JSON has no Infinity: a probability of 0 travels as this loss, which is no other's. */
const IMPOSSIBLE = 1e9;

/** −log p of a token in nats, Infinity for a probability of 0; null where nothing was predicted. */
const loss = z.nullable(
  z.pipe(
    z.union([z.number().check(z.gte(0)), z.literal(Infinity)]),
    z.transform((nats) => Math.min(nats, IMPOSSIBLE)),
  ),
);

const shape = z.object({
  /** the question or the finding, as a sentence */
  title: z.string(),
  /** characters or words, in order */
  tokens: z.array(z.string().check(z.maxLength(60))).check(z.minLength(1), z.maxLength(1000)),
  /** what the tokens are; words are shown with spaces between them */
  unit: z._default(z.enum(["character", "word"]), "character"),
  models: z
    .array(
      z.object({
        label,
        losses: z.array(loss),
      }),
    )
    .check(z.minLength(1), z.maxLength(6)),
});

export const schema = shape.check(
  z.refine(
    ({ tokens, models }) => models.every(({ losses }) => losses.length === tokens.length),
    "each model needs a loss (or null) for every token",
  ),
);

/** What a cell may give. */
export type SurpriseStripInput = z.input<typeof schema>;
export type SurpriseStripData = z.infer<typeof schema>;
export type StripModel = SurpriseStripData["models"][number];

/** A surprise of this many nats (a probability of 1 in 150) and more has the full colour. */
const FULL = 5;

/** How strongly a token is coloured, 0 … 1, in tenths, so that equal surprises look equal. */
export const strength = (loss: number | null): number =>
  loss === null ? 0 : Math.round(10 * Math.min(1, loss / FULL)) / 10;

/** A token as one can see it: a space as ␣, the end of a line as ¶. */
export const visible = (token: string): string => token.replaceAll(" ", "␣").replaceAll("\n", "¶");

/** True for a probability of 0. */
export const isImpossible = (loss: number): boolean => loss >= IMPOSSIBLE;

/** Mean loss over the predicted tokens, in nats. */
export function meanLoss({ losses }: StripModel): number {
  const known = losses.filter((loss) => loss !== null);
  if (known.some(isImpossible)) return Infinity;
  return known.reduce((sum, loss) => sum + loss, 0) / known.length;
}

/** Nats with two digits. */
export const nats = (loss: number): string => {
  if (Number.isNaN(loss)) return "none";
  return isImpossible(loss) ? "∞" : loss.toFixed(2);
};

/** The finding as text: each model's mean, and where it was surprised most. */
export function describe({ title, models, tokens, unit }: SurpriseStripData): string {
  const parts = models.map((model) => {
    const worst = model.losses.reduce<number>(
      (best, loss, k) => ((loss ?? -1) > (model.losses[best] ?? -1) ? k : best),
      0,
    );
    return (
      `${model.label}: ${nats(meanLoss(model))} nats per ${unit}, most at “${visible(tokens[worst]!)}” ` +
      `(${unit} ${worst + 1}: ${nats(model.losses[worst] ?? NaN)})`
    );
  });
  return `${title} ${parts.join("; ")}.`;
}
