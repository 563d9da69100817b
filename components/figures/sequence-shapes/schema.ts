import * as z from "zod/mini";

z.config({ jitless: true });

const word = z.string().check(z.maxLength(40));
const words = z.array(word).check(z.maxLength(40));

const answer = z.object({
  /** what the model reads; a picture comes as its pixels, 0 to 1, row by row */
  input: words,
  pixels: z.optional(
    z.object({
      width: z.int().check(z.positive(), z.maximum(32)),
      values: z.array(z.number()).check(z.maxLength(1024)),
    }),
  ),
  /** what it says */
  answer: words,
  /** what it should say, where there is one right answer */
  target: z.optional(words),
});

const KINDS = ["one-to-one", "one-to-many", "many-to-one", "many-to-many", "many-to-many-unequal"] as const;

const shape = z.object({
  kind: z.enum(KINDS),
  /** what the model does, such as "Tag names" */
  task: z.string().check(z.maxLength(80)),
  /** the loss of each reported iteration */
  losses: z.array(z.object({ iteration: z.int(), loss: z.number() })).check(z.minLength(1), z.maxLength(600)),
  /** answers on new inputs at some moments of the training */
  frames: z
    .array(
      z.object({
        iteration: z.int(),
        /** what part of the new inputs it gets right, 0 to 1 */
        score: z.optional(z.number()),
        answers: z.array(answer).check(z.minLength(1), z.maxLength(8)),
      }),
    )
    .check(z.minLength(1), z.maxLength(60)),
  /** what the score counts, such as "notes in the key" */
  scoreLabel: z.optional(z.string().check(z.maxLength(60))),
});

export const schema = z.object({
  /** the question or the finding, as a sentence */
  title: z.string().check(z.maxLength(200)),
  shapes: z.array(shape).check(z.minLength(1), z.maxLength(5)),
});

export type SequenceShapesData = z.infer<typeof schema>;
export type Shape = SequenceShapesData["shapes"][number];
export type Frame = Shape["frames"][number];
export type Answer = Frame["answers"][number];
export type ShapeKind = Shape["kind"];

export const SHAPE_NAMES: Record<ShapeKind, string> = {
  "one-to-one": "one to one",
  "one-to-many": "one to many",
  "many-to-one": "many to one",
  "many-to-many": "many to many, equal lengths",
  "many-to-many-unequal": "many to many, unequal lengths",
};

/** The finding as text: each task's loss at the start and at the end, and its score. */
export function describe(data: SequenceShapesData): string {
  const parts = data.shapes.map(({ kind, task, losses, frames, scoreLabel = "right" }) => {
    const score = frames.at(-1)!.score;
    const scored = score === undefined ? "" : `, ${Math.round(100 * score)} % ${scoreLabel}`;
    return `${SHAPE_NAMES[kind]} (${task}): loss ${losses[0]!.loss.toFixed(2)} to ${losses.at(-1)!.loss.toFixed(2)}${scored}`;
  });
  return `${data.title}. ${parts.join("; ")}.`;
}
