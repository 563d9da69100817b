import * as z from "zod/mini";

z.config({ jitless: true });

const token = z.string().check(z.maxLength(24));

/** The weights [T][S] at one moment of training: each row says where one output looked. */
const frame = z.object({
  iteration: z.int(),
  weights: z
    .array(z.array(z.number().check(z.minimum(0))).check(z.minLength(1), z.maxLength(60)))
    .check(z.minLength(1), z.maxLength(60)),
});

const map = z.object({
  /** what the reader chooses it by, such as attention or saliency */
  label: z.string(),
  frames: z.array(frame).check(z.minLength(1), z.maxLength(200)),
});

const example = z
  .object({
    /** [S] what is read, and [T] what is said */
    source: z.array(token).check(z.minLength(1), z.maxLength(60)),
    target: z.array(token).check(z.minLength(1), z.maxLength(60)),
    maps: z.array(map).check(z.minLength(1), z.maxLength(4)),
    /** [T] for each output the places of the source that it truly comes from; they are outlined */
    known: z.optional(z.array(z.array(z.int().check(z.minimum(0))))),
  })
  .check(
    z.refine(
      ({ source, target, maps }) =>
        maps.every(({ frames }) =>
          frames.every(
            ({ weights }) =>
              weights.length === target.length && weights.every((row) => row.length === source.length),
          ),
        ),
      { message: "weights need a row for each output and a column for each place of the source" },
    ),
  );

export const schema = z.object({
  /** the question or the finding, as a sentence */
  title: z.string(),
  examples: z.array(example).check(z.minLength(1), z.maxLength(12)),
});

export type AlignmentMapData = z.infer<typeof schema>;
export type AlignmentExample = AlignmentMapData["examples"][number];

/** The frame of a map at an iteration: the last that is not later. */
export function frameAt({ frames }: AlignmentExample["maps"][number], iteration: number) {
  return frames.findLast((candidate) => candidate.iteration <= iteration) ?? frames[0]!;
}

/** Where each output looks most, at the last moment. */
export function describe({ title, examples }: AlignmentMapData): string {
  const parts = examples.map(({ source, target, maps }) => {
    const { weights } = maps[0]!.frames.at(-1)!;
    const looks = target.map((said, t) => {
      const row = weights[t]!;
      const most = row.indexOf(Math.max(...row));
      return `${said} at ${source[most]} (${row[most]!.toFixed(2)})`;
    });
    return `Reading “${source.join(" ")}”, each output looks most: ${looks.join(", ")}.`;
  });
  return `${title} ${parts.join(" ")}`;
}
