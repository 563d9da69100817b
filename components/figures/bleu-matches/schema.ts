import * as z from "zod/mini";

z.config({ jitless: true });

const words = z.array(z.string().check(z.maxLength(40))).check(z.maxLength(40));

export const schema = z.object({
  /** the question or the finding, as a sentence */
  title: z.string(),
  hypothesis: words,
  reference: words,
  /** BLEU, 0 … 100, and its brevity penalty */
  score: z.number(),
  brevityPenalty: z.number(),
});

export type BleuMatchesData = z.infer<typeof schema>;

/** One n-gram of the hypothesis, by its first word, and where in the reference its partner starts, if it has one. */
export interface Match {
  start: number;
  partner: number | undefined;
}

export const ORDERS = [1, 2, 3, 4];

/** Every n-gram of the hypothesis with its partner. Each n-gram of the reference is a partner once: that is the clipping. */
export function matchesOf({ hypothesis, reference }: BleuMatchesData, n: number): Match[] {
  const taken = new Set<number>();
  const isAt = (start: number, other: number) =>
    Array.from({ length: n }, (_, k) => hypothesis[start + k] === reference[other + k]).every(Boolean);
  return Array.from({ length: Math.max(0, hypothesis.length - n + 1) }, (_, start) => {
    const places = Array.from({ length: Math.max(0, reference.length - n + 1) }, (_, other) => other);
    const partner = places.find((other) => !taken.has(other) && isAt(start, other));
    if (partner !== undefined) taken.add(partner);
    return { start, partner };
  });
}

/** Matches and all n-grams of one order. */
export function countsOf(data: BleuMatchesData, n: number): { matched: number; all: number } {
  const matches = matchesOf(data, n);
  return { matched: matches.filter(({ partner }) => partner !== undefined).length, all: matches.length };
}

export function describe(data: BleuMatchesData): string {
  const counts = ORDERS.map((n) => {
    const { matched, all } = countsOf(data, n);
    return `${matched} of ${all} ${n}-grams`;
  });
  return (
    `${data.title} “${data.hypothesis.join(" ")}” against “${data.reference.join(" ")}”: ${counts.join(", ")} have a partner; ` +
    `brevity penalty ${data.brevityPenalty.toFixed(3)}, BLEU ${data.score.toFixed(1)}.`
  );
}
