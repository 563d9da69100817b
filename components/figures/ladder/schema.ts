import * as z from "zod/mini";
import { exp } from "#src/util/math.ts";

z.config({ jitless: true });

/** A model's result on the text. Its label is its identity: a later result under the same label replaces it. */
export const rungSchema = z.object({
  label: z.string().check(z.minLength(1), z.maxLength(60)),
  /** cross-entropy on the held-out text, in nats per character */
  loss: z.number().check(z.gte(0), z.lte(100)),
  /** the lesson that reached it, such as "03" */
  lesson: z.optional(z.string().check(z.maxLength(30))),
});

export const schema = z.object({
  /** the finding; by default it names the best model */
  title: z.optional(z.string()),
  /** the name of the held-out text; every lesson that gives the same name adds to the same ladder */
  text: z.string().check(z.regex(/^[a-z0-9-]{1,60}$/)),
  rungs: z.array(rungSchema).check(z.minLength(1), z.maxLength(30)),
});

export type Rung = z.infer<typeof rungSchema>;
export type LadderData = z.infer<typeof schema>;

export const bits = (loss: number): number => loss / Math.LN2;
export const perplexity = (loss: number): number => exp(loss);

/** Best first. */
export const sorted = <R extends Rung>(rungs: readonly R[]): R[] =>
  [...rungs].sort((a, b) => a.loss - b.loss || (a.label < b.label ? -1 : 1));

export function titleOf({ title, rungs }: LadderData): string {
  const best = sorted(rungs)[0]!;
  return title ?? `${best.label} leads with ${bits(best.loss).toFixed(2)} bits per character`;
}

/** The finding as text: every rung, best first. */
export function describe(data: LadderData): string {
  const rows = sorted(data.rungs).map(
    ({ label, loss }) =>
      `${label} ${bits(loss).toFixed(2)} bits per character (perplexity ${perplexity(loss).toFixed(2)})`,
  );
  return `${titleOf(data)}. On the text ${data.text}, best first: ${rows.join("; ")}.`;
}
