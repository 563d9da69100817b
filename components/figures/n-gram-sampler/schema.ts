import * as z from "zod/mini";

z.config({ jitless: true });

const token = z.string().check(z.maxLength(60));
const count = z.int().check(z.nonnegative());
const probability = z.number().check(z.gte(0), z.lte(1));

/** A context that was looked up: the tokens before the next one, and how often the text goes on after them. */
const context = z.object({ tokens: z.array(token).check(z.maxLength(20)), seen: count });

const step = z.object({
  /** the token that was drawn */
  token,
  probability,
  /** from the longest context to the one that was used, the first that the text has */
  contexts: z.array(context).check(z.minLength(1), z.maxLength(21)),
  /** the likeliest tokens, best first; `count`: how often the text has them after the used context */
  candidates: z.array(z.object({ token, probability, count })).check(z.minLength(1), z.maxLength(12)),
});

export const schema = z.object({
  /** the question or the finding, as a sentence */
  title: z.string(),
  /** words are shown with spaces between them */
  unit: z.enum(["letter", "word"]),
  /** what the model was given before it drew anything */
  prompt: z.array(token).check(z.maxLength(200)),
  steps: z.array(step).check(z.minLength(1), z.maxLength(400)),
});

export type NGramSamplerData = z.infer<typeof schema>;
export type SampledStep = NGramSamplerData["steps"][number];

/** A token as one can see it: a space as ␣, the end of a line as ¶. */
export const visible = (token: string): string =>
  token.replaceAll(" ", "␣").replaceAll("\n", "¶").replaceAll("\t", "⇥") || "∅";

/** A probability as the figure prints it: 42 %, 0.3 %, < 0.01 %. */
export function percent(p: number): string {
  if (p > 0 && p < 0.0001) return "< 0.01 %";
  return `${Number((100 * p).toPrecision(p < 0.1 ? 1 : 2))} %`;
}

/** How many tokens of context were used at a step. */
export const usedLength = (step: SampledStep): number => step.contexts.at(-1)!.tokens.length;

/** The finding as text: what was written, and how often a shorter context than the longest had to do. */
export function describe({ title, unit, prompt, steps }: NGramSamplerData): string {
  const between = unit === "word" ? " " : "";
  const text = [...prompt, ...steps.map((step) => step.token)].join(between);
  const shortened = steps.filter((step) => step.contexts.length > 1).length;
  return (
    `${title} Drawn ${unit} by ${unit}: “${text}”. ` +
    `In ${shortened} of ${steps.length} steps the longest context was new, and a shorter one was used.`
  );
}
