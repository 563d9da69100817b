import * as z from "zod/mini";

z.config({ jitless: true });

const word = z.object({
  word: z.string().check(z.maxLength(40)),
  x: z.number(),
  y: z.number(),
  /** number of its group, which gives it a colour */
  group: z.optional(z.int().check(z.minimum(0), z.maximum(5))),
  /** its nearest words, best first, by number, and the cosine of each */
  near: z.optional(z.array(z.tuple([z.int(), z.number()])).check(z.maxLength(12))),
});

/** The same words in another training, in the same order. */
const beside = z.object({
  label: z.string(),
  words: z.array(z.pick(word, { x: true, y: true, near: true })),
});

const fields = z.object({
  /** the question or the finding, as a sentence */
  title: z.string(),
  /** what to look at */
  caption: z.optional(z.string()),
  words: z.array(word).check(z.minLength(2), z.maxLength(2500)),
  /** what the groups are called */
  groups: z.optional(z.array(z.string()).check(z.maxLength(6))),
  /** the word that is chosen at first */
  chosen: z.optional(z.string()),
  /** arrows between words, by number: the sides of a parallelogram */
  arrows: z.optional(z.array(z.tuple([z.int(), z.int()])).check(z.maxLength(40))),
  /** half the width of what is shown; the default fits all words */
  radius: z.optional(z.number().check(z.positive())),
  /** what this training is called, where another stands beside it */
  label: z.optional(z.string()),
  /** a second map, drawn beside the first */
  beside: z.optional(beside),
});

export const schema = fields.check(
  z.refine(({ words, beside: other }) => !other || other.words.length === words.length, {
    message: "wordMap: expected as many words beside as in words",
  }),
);

export type WordMapData = z.infer<typeof schema>;
export type MapWord = WordMapData["words"][number];

/** The number of a word as a reader types it: itself, or else the first that begins so; −1 when there is none. */
export function findWord({ words }: WordMapData, text: string): number {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return -1;
  const exact = words.findIndex(({ word }) => word.toLowerCase() === wanted);
  return exact >= 0 ? exact : words.findIndex(({ word }) => word.toLowerCase().startsWith(wanted));
}

/** A word's nearest words, with names. */
export const nearOf = ({ words }: WordMapData, at: number): { word: string; cosine: number; at: number }[] =>
  (words[at]?.near ?? []).flatMap(([other, cosine]) =>
    words[other] ? [{ word: words[other].word, cosine, at: other }] : [],
  );

/** Its maps: one, or two when another training stands beside it. */
export function mapsOf(data: WordMapData): WordMapData[] {
  const { beside: other, ...first } = data;
  if (!other) return [first];
  const words = data.words.map(({ word: name, group }, at) => ({ word: name, group, ...other.words[at]! }));
  return [first, { ...first, label: other.label, words }];
}

/** The finding as text: the neighbours of the chosen word, in each map. */
export function describe(data: WordMapData): string {
  const at = Math.max(0, findWord(data, data.chosen ?? ""));
  const maps = mapsOf(data);
  const findings = maps.map((map) => {
    const near = nearOf(map, at).map(({ word: name, cosine }) => `${name} ${cosine.toFixed(2)}`);
    const where = maps.length > 1 ? ` (${map.label ?? ""})` : "";
    return near.length ? ` Nearest to ${data.words[at]!.word}${where}, by cosine: ${near.join(", ")}.` : "";
  });
  const what = maps.length > 1 ? "Two maps" : "A map";
  return `${data.title} ${what} of ${data.words.length} words.${findings.join("")}`;
}
