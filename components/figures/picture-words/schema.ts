import * as z from "zod/mini";

z.config({ jitless: true });

const word = z.string().check(z.maxLength(24));
const colour = z.string().check(z.regex(/^#[0-9a-f]{6}$/));

const example = z
  .object({
    /** what the reader chooses it by */
    label: z.string().check(z.maxLength(40)),
    /** what the picture shows, for readers who cannot see it */
    alt: z.string(),
    /** rows of colours such as "#1257a8" */
    image: z
      .array(z.array(colour).check(z.minLength(1), z.maxLength(64)))
      .check(z.minLength(1), z.maxLength(64)),
    /** what the model was asked, if it was */
    question: z.optional(z.string()),
    /** [T] what it says */
    words: z.array(word).check(z.minLength(1), z.maxLength(30)),
    /** [T][cells]: how strongly each cell counted for each word, row by row; a word's weights add up to 1 */
    weights: z.array(z.array(z.number().check(z.minimum(0)))),
    /** what it should have said */
    truth: z.optional(z.string()),
  })
  .check(
    z.refine(({ words, weights }) => words.length === weights.length, {
      message: "each word needs its weights",
    }),
  );

export const schema = z
  .object({
    /** the question or the finding, as a sentence */
    title: z.string(),
    /** how many cells the picture is cut into */
    grid: z.object({
      rows: z.int().check(z.minimum(1), z.maximum(16)),
      columns: z.int().check(z.minimum(1), z.maximum(16)),
    }),
    examples: z.array(example).check(z.minLength(1), z.maxLength(12)),
  })
  .check(
    z.refine(
      ({ grid, examples }) =>
        examples.every(({ weights }) => weights.every((row) => row.length === grid.rows * grid.columns)),
      { message: "weights need a number for each cell of the grid" },
    ),
  );

export type PictureWordsData = z.infer<typeof schema>;
export type PictureExample = PictureWordsData["examples"][number];

/** The cell with the largest weight; of equal ones the first. */
export const strongest = (weights: readonly number[]): number => weights.indexOf(Math.max(...weights));

/** "row 2, column 3", from 1. */
export function placeName(cell: number, columns: number): string {
  return `row ${Math.floor(cell / columns) + 1}, column ${(cell % columns) + 1}`;
}

/** What is said of each picture, and where each word looks most. */
export function describe({ title, grid: { columns }, examples }: PictureWordsData): string {
  const parts = examples.map(({ alt, question, words, weights, truth }) => {
    const looks = words.map((each, t) => {
      const cell = strongest(weights[t]!);
      return `${each} (${placeName(cell, columns)}, ${weights[t]![cell]!.toFixed(2)})`;
    });
    const asked = question ? `Asked “${question}”, it says: ` : "It says: ";
    const wanted = truth === undefined || truth === words.join(" ") ? "" : ` It should say: ${truth}.`;
    return `A picture of ${alt}. ${asked}${looks.join(", ")}.${wanted}`;
  });
  return [title, ...parts].join(" ");
}
