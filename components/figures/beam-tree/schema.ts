import * as z from "zod/mini";

z.config({ jitless: true });

const token = z.string().check(z.maxLength(16));

/** One way on from one live sequence. */
const expansion = z.object({
  /** place of its parent among the expansions shown one step earlier; −1 at the first step */
  parent: z.int(),
  token,
  /** of this token alone, and of the whole sequence, in nats */
  tokenLogProb: z.number(),
  logProb: z.number(),
  /** what the search ranks by */
  score: z.number(),
  fate: z.enum(["live", "finished", "pruned"]),
});

const hypothesis = z.object({
  text: z.string().check(z.maxLength(160)),
  logProb: z.number(),
  score: z.number(),
  isFinished: z.boolean(),
});

export const schema = z.object({
  /** the question or the finding, as a sentence */
  title: z.string(),
  /** B */
  width: z.int().check(z.minimum(1)),
  /** α of the length normalisation */
  alpha: z.number(),
  /** how many tokens the model read in all */
  cost: z.int(),
  /** [steps] what is shown of each step, best first: all that was kept, and the best of what was pruned */
  steps: z
    .array(z.array(expansion).check(z.minLength(1), z.maxLength(40)))
    .check(z.minLength(1), z.maxLength(40)),
  /** the final ranking, best first */
  hypotheses: z.array(hypothesis).check(z.minLength(1), z.maxLength(20)),
  /** other ways of searching, beside it */
  others: z.optional(
    z
      .array(z.object({ label: z.string(), text: z.string(), logProb: z.number(), cost: z.int() }))
      .check(z.maxLength(6)),
  ),
});

export type BeamTreeData = z.infer<typeof schema>;
export type Node = BeamTreeData["steps"][number][number];

/** The sequence that ends at a node, from the first step on. */
export function pathTo({ steps }: BeamTreeData, step: number, place: number): Node[] {
  const path: Node[] = [];
  let at = place;
  for (let t = step; t >= 0; t--) {
    const node = steps[t]![at]!;
    path.unshift(node);
    at = node.parent;
  }
  return path;
}

export function describe({
  title,
  width,
  alpha,
  cost,
  steps,
  hypotheses,
  others = [],
}: BeamTreeData): string {
  const [best] = hypotheses;
  const pruned = steps.flat().filter(({ fate }) => fate === "pruned").length;
  const beside = others.map(
    ({ label, text, logProb }) => `${label} finds “${text}” with ${logProb.toFixed(2)}`,
  );
  return (
    `${title} A beam of ${width} with α = ${alpha} took ${steps.length} steps and read ${cost} tokens; ${pruned} of the candidates shown ` +
    `were pruned. Best: “${best!.text}”, log-probability ${best!.logProb.toFixed(2)}, score ${best!.score.toFixed(2)}.` +
    (beside.length ? ` ${beside.join("; ")}.` : "")
  );
}
