import { type SoftmaxPrediction, skipGramSoftmax } from "#src/nn/ref/skip-gram.ts";
import type { PairNetworkData } from "./schema.ts";

/** The network after some pairs, and what it makes of the next one. */
export interface Moment {
  /** [V,2] */
  input: Float64Array;
  output: Float64Array;
  /** the pair that comes next */
  centre: number;
  target: number;
  prediction: SoftmaxPrediction<Float64Array>;
  /** P(target) once this pair is learnt */
  after: number;
  /** where the centre word's vector goes, and each word's as a neighbour */
  moved: { input: Float64Array; output: Float64Array };
  /** mean loss of the last pass, or of the pairs so far; undefined at the start */
  meanLoss?: number;
}

export const lastOf = ({ pairs, passes = 30 }: PairNetworkData): number => pairs.length * passes;

/** Learns the first n pairs from the start: a few thousand products of two numbers, so nothing is kept between calls. */
export function momentAfter(data: PairNetworkData, n: number): Moment {
  const { pairs, rate } = data;
  const [input, output] = [Float64Array.from(data.input), Float64Array.from(data.output)];
  const losses: number[] = [];
  for (let k = 0; k < n; k++) {
    const [centre, target] = pairs[k % pairs.length]!;
    const prediction = predict(input, output, centre, target);
    losses.push(prediction.loss);
    step(input, output, centre, [prediction, rate]);
  }
  const [centre, target] = pairs[n % pairs.length]!;
  const prediction = predict(input, output, centre, target);
  const moved = { input: input.slice(), output: output.slice() };
  step(moved.input, moved.output, centre, [prediction, rate]);
  const last = losses.slice(-pairs.length);
  return {
    ...{ input, output, centre, target, prediction, moved },
    after: predict(moved.input, moved.output, centre, target).probs[target]!,
    ...(last.length ? { meanLoss: last.reduce((sum, loss) => sum + loss, 0) / last.length } : {}),
  };
}

const predict = (input: Float64Array, output: Float64Array, centre: number, target: number) =>
  skipGramSoftmax(input.slice(2 * centre, 2 * centre + 2), output, target);

function step(
  input: Float64Array,
  output: Float64Array,
  centre: number,
  [{ dv, dU }, rate]: [SoftmaxPrediction<Float64Array>, number],
): void {
  dv.forEach((d, k) => (input[2 * centre + k]! -= rate * d));
  dU.forEach((d, k) => (output[k]! -= rate * d));
}
