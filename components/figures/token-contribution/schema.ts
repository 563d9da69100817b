import * as z from "zod/mini";

z.config({ jitless: true });

const example = z
  .object({
    /** what the reader chooses it by */
    label: z.string().check(z.maxLength(40)),
    tokens: z.array(z.string().check(z.maxLength(30))).check(z.minLength(1), z.maxLength(120)),
    /** one for each token: above 0 speaks for the class, below 0 against it */
    contributions: z.array(z.number()),
    /** probability of the class for the whole text */
    probability: z.number(),
  })
  .check(
    z.refine(({ tokens, contributions }) => tokens.length === contributions.length, {
      message: "each token needs one contribution",
    }),
  );

export const schema = z.object({
  /** the question or the finding, as a sentence */
  title: z.string(),
  /** the class that contributions speak for */
  class: z.string().check(z.maxLength(30)),
  /** what a contribution is, such as "fall of the log-odds without the word" */
  quantity: z.string().check(z.maxLength(80)),
  examples: z.array(example).check(z.minLength(1), z.maxLength(10)),
});

export type TokenContributionData = z.infer<typeof schema>;
export type ContributionExample = TokenContributionData["examples"][number];

/** −1 … 1 for the colour, by the largest contribution of its text. */
export function strengthIn({ contributions }: ContributionExample): (value: number) => number {
  const most = Math.max(1e-9, ...contributions.map(Math.abs));
  return (value) => value / most;
}

/** The place of the token that says most. */
export const strongest = ({ contributions }: ContributionExample): number =>
  contributions.reduce((best, value, k) => (Math.abs(value) > Math.abs(contributions[best]!) ? k : best), 0);

export function describe(data: TokenContributionData): string {
  const parts = data.examples.map((example) => {
    const order = example.contributions.map((value, k) => ({ value, token: example.tokens[k]! }));
    order.sort((a, b) => b.value - a.value);
    const list = (some: typeof order) =>
      some.map(({ token, value }) => `${token} ${value.toFixed(2)}`).join(", ");
    const against = order
      .filter(({ value }) => value < 0)
      .slice(-3)
      .reverse();
    return (
      `${example.label}: ${data.class} with ${(100 * example.probability).toFixed(0)} %. ` +
      `Most for it: ${list(order.slice(0, 3))}. Most against it: ${against.length ? list(against) : "nothing"}.`
    );
  });
  return `${data.title} ${parts.join(" ")}`;
}
