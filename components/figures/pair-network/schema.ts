import * as z from "zod/mini";

z.config({ jitless: true });

const vectors = z.array(z.number()).check(z.minLength(4), z.maxLength(40));
const pair = z.tuple([z.int().check(z.minimum(0)), z.int().check(z.minimum(0))]);

export const schema = z
  .object({
    /** the question or the finding, as a sentence */
    title: z.string(),
    words: z.array(z.string().check(z.maxLength(12))).check(z.minLength(2), z.maxLength(20)),
    /** word and neighbour, by number, in the order in which they are learnt, again and again */
    pairs: z.array(pair).check(z.minLength(1), z.maxLength(500)),
    /** the words' vectors at the start, [V,2] flat */
    input: vectors,
    /** the words' vectors as neighbours, [V,2] flat */
    output: vectors,
    /** of plain gradient descent */
    rate: z.number().check(z.positive()),
    /** how many passes over the pairs the reader can go through, default 30 */
    passes: z.optional(z.int().check(z.minimum(1), z.maximum(60))),
    /** pairs that are learnt at first, default 0 */
    learnt: z.optional(z.int().check(z.minimum(0))),
  })
  .check(
    z.refine(
      ({ words, input, output }) => input.length === 2 * words.length && output.length === 2 * words.length,
      "input and output need two numbers for each word",
    ),
    z.refine(
      ({ words, pairs }) => pairs.every((each) => each.every((word) => word < words.length)),
      "a pair names a word that is not there",
    ),
  );

export type PairNetworkData = z.infer<typeof schema>;

/** The finding as text. */
export function describe({ title, words, pairs }: PairNetworkData): string {
  return (
    `${title} A network of ${words.length} inputs, two hidden units and ${words.length} outputs learns ${pairs.length} pairs ` +
    `of neighbours, one at a time; each word's two weights are its place on a map. The words: ${words.join(", ")}.`
  );
}
