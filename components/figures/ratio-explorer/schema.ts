import * as z from "zod/mini";

z.config({ jitless: true });

const probe = z.object({
  word: z.string().check(z.maxLength(24)),
  /** P(word | a) and P(word | b), more than 0 */
  pa: z.number().check(z.positive()),
  pb: z.number().check(z.positive()),
});

const pair = z.object({
  a: z.string().check(z.maxLength(24)),
  b: z.string().check(z.maxLength(24)),
  probes: z.array(probe).check(z.minLength(1), z.maxLength(24)),
});

export const schema = z.object({
  /** the question or the finding, as a sentence */
  title: z.string(),
  /** two words each, with the words that are held against them */
  pairs: z.array(pair).check(z.minLength(1), z.maxLength(12)),
  /** where the weighting function starts */
  xMax: z.optional(z.number().check(z.positive())),
  alpha: z.optional(z.number().check(z.positive())),
});

export type RatioExplorerData = z.infer<typeof schema>;
export type Pair = RatioExplorerData["pairs"][number];

/** The probes from the largest ratio P(k|a) / P(k|b) down. */
export const byRatio = ({ probes }: Pair) =>
  probes.map((each) => ({ ...each, ratio: each.pa / each.pb })).sort((one, other) => other.ratio - one.ratio);

/** A ratio as the figure prints it: 12, 1.4, 0.083. */
export const ratioText = (ratio: number): string => String(Number(ratio.toPrecision(2)));

/** The finding as text: the extremes of the first pair. */
export function describe({ title, pairs }: RatioExplorerData): string {
  const [first] = pairs;
  const sorted = byRatio(first!);
  const say = ({ word, ratio }: { word: string; ratio: number }) => `${word} ${ratioText(ratio)}`;
  return (
    `${title} P(k|${first!.a}) / P(k|${first!.b}): from ${say(sorted[0]!)} to ${say(sorted.at(-1)!)}. ` +
    `${pairs.length} pairs of words in all.`
  );
}
