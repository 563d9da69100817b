import * as z from "zod/mini";

z.config({ jitless: true });

const count = z.int().check(z.nonnegative());

export const schema = z.object({
  /** the question or the finding, as a sentence */
  title: z.string().check(z.maxLength(200)),
  /** D, the size of a token's vector, and H, the size of a layer's output */
  inputSize: z.int().check(z.positive()),
  hiddenSize: z.int().check(z.positive()),
  /** how many sentences were read */
  sentences: z.int().check(z.positive()),
  /** for layer 1, 2 …: how many sentences gave it a gradient, and the sum of the norms of those gradients */
  layers: z.array(z.object({ reached: count, gradient: z.number() })).check(z.minLength(2), z.maxLength(200)),
  /** the same for the one set of weights that all steps share */
  shared: z.object({ reached: count, gradient: z.number() }),
});

export type VariableDepthData = z.infer<typeof schema>;

/** Weights of a network with a layer of its own for each of T tokens; the first layer has no state to read. */
export const ownParameters = ({ inputSize: D, hiddenSize: H }: VariableDepthData, T: number): number =>
  D * H + H + (T - 1) * (D * H + H * H + H);

/** Weights of one layer that serves every token. */
export const sharedParameters = ({ inputSize: D, hiddenSize: H }: VariableDepthData): number =>
  D * H + H * H + H;

/** 12345 as 12,345. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

/** A share as the figure prints it: 100 %, 3.4 %. */
export const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;

/** The finding as text: what the last layer costs and how often it learns. */
export function describe(data: VariableDepthData): string {
  const T = data.layers.length;
  return (
    `${data.title}. A layer for each of ${T} tokens needs ${grouped(ownParameters(data, T))} parameters, shared weights ` +
    `${grouped(sharedParameters(data))}. Of ${data.sentences} sentences, ${data.layers[0]!.reached} give layer 1 a gradient ` +
    `and ${data.layers[T - 1]!.reached} give one to layer ${T}; the shared weights get one from ${data.shared.reached}.`
  );
}
