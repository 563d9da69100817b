import { log, sigmoid } from "#src/util/math.ts";
import { drawFrom } from "../ref/alias-table.ts";
import { dot } from "../ref/skip-gram.ts";
import { randomBits } from "../ref/random-bits.ts";
import { softmaxRow } from "../ref/softmax.ts";
import type {
  GloveEngine,
  GloveRecords,
  GloveSizes,
  PairEngine,
  PairSizes,
  PairVectors,
  Stretch,
} from "./word-vectors.ts";

/** x predicts the target: moves the targets' vectors at once, adds −rate · ∂loss/∂x to e at `at`, gives the loss. */
type Predict = (
  x: Float32Array,
  e: Float32Array,
  at: number,
  turn: { target: number; rate: number },
) => number;

/** The same engine without WebAssembly, draw by draw: where there is no SIMD, and for the softmax over all words. */
export function pairReference(sizes: PairSizes, start: PairVectors): PairEngine {
  const { dimension: D, window } = sizes;
  const vectors = { input: start.input.slice(), output: start.output.slice() };
  const random = randomBits(sizes.seed);
  const predict = sizes.negatives > 0 ? amongDrawn(sizes, vectors, random.next) : amongAll(sizes, vectors);
  const x = new Float32Array(D);
  let tokens = new Int32Array(0);
  const tokenAt = (at: number): number => (at < 0 || at >= tokens.length ? -1 : tokens[at]);
  const reach = (at: number, step: 1 | -1, span: number): number => {
    let other = at;
    while (Math.abs(other + step - at) <= span && tokenAt(other + step) >= 0) other += step;
    return other;
  };
  const pairs = (at: number, low: number, high: number, rate: number): { loss: number; count: number } => {
    const row = tokens[at] * D;
    let loss = 0;
    const turn = (other: number) => {
      x.set(vectors.input.subarray(row, row + D));
      loss += predict(x, vectors.input, row, { target: tokens[other], rate });
    };
    for (let other = at - 1; other >= low; other--) turn(other);
    for (let other = at + 1; other <= high; other++) turn(other);
    return { loss, count: high - low };
  };
  const bag = (at: number, low: number, high: number, rate: number): { loss: number; count: number } => {
    if (low === high) return { loss: 0, count: 0 };
    const neighbours = [...tokens.subarray(low, at), ...tokens.subarray(at + 1, high + 1)];
    x.fill(0);
    for (const word of neighbours)
      for (let k = 0; k < D; k++) x[k] += vectors.input[word * D + k] / neighbours.length;
    const e = new Float32Array(D);
    const loss = predict(x, e, 0, { target: tokens[at], rate });
    for (const word of neighbours)
      for (let k = 0; k < D; k++) vectors.input[word * D + k] += e[k] / neighbours.length;
    return { loss, count: 1 };
  };
  const learn = sizes.method === "cbow" ? bag : pairs;
  return {
    load: (text) => void (tokens = Int32Array.from(text)),
    train({ from, to, done, total }: Stretch) {
      const sum = { loss: 0, count: 0 };
      for (let at = from; at < to; at++) {
        if (tokenAt(at) < 0) continue;
        const span = window - (random.next() % window);
        const rate = sizes.rate * Math.max(1 - (done + at - from) / total, 1e-4);
        const { loss, count } = learn(at, reach(at, -1, span), reach(at, 1, span), rate);
        sum.loss += loss;
        sum.count += count;
      }
      return sum;
    },
    vectors: () => ({ input: vectors.input.slice(), output: vectors.output.slice() }),
    side: (name) => vectors[name].slice(),
    row: (word) => vectors.input.slice(word * D, (word + 1) * D),
    dispose: () => undefined,
  };
}

/** As many words as the kernel takes at a time: their gradients are taken before any of them moves. */
const TILE = 6;

function amongDrawn(sizes: PairSizes, { output }: PairVectors, next: () => number): Predict {
  const { dimension: D, negatives, noise } = sizes;
  const steps = new Float64Array(TILE);
  const words = new Int32Array(TILE);
  return (x, e, at, { target, rate }) => {
    let loss = 0;
    for (let first = 0; first <= negatives; first += TILE) {
      words.fill(-1);
      for (let n = 0; n < TILE && first + n <= negatives; n++) {
        const isTarget = first + n === 0;
        words[n] = isTarget ? target : drawFrom(noise, next());
        if (!isTarget && words[n] === target) words[n] = -1;
        if (words[n] < 0) continue;
        const score = dot(x, output, D, words[n] * D);
        const p = sigmoid(isTarget ? score : -score);
        loss -= log(Math.max(p, 1e-7));
        steps[n] = rate * (isTarget ? 1 - p : p - 1);
      }
      for (let n = 0; n < TILE; n++)
        if (words[n] >= 0) move(x, e, at, { output, row: words[n] * D, step: steps[n] });
    }
    return loss;
  };
}

function amongAll({ dimension: D, vocabSize: V }: PairSizes, { output }: PairVectors): Predict {
  const probs = new Float32Array(V);
  return (x, e, at, { target, rate }) => {
    for (let j = 0; j < V; j++) probs[j] = dot(x, output, D, j * D);
    const score = probs[target];
    const loss = softmaxRow(probs, probs, 0, V) - score;
    for (let j = 0; j < V; j++)
      move(x, e, at, { output, row: j * D, step: rate * (Number(j === target) - probs[j]) });
    return loss;
  };
}

interface Move {
  output: Float32Array;
  row: number;
  step: number;
}

function move(x: Float32Array, e: Float32Array, at: number, { output, row, step }: Move): void {
  for (let k = 0; k < x.length; k++) {
    const u = output[row + k];
    e[at + k] += step * u;
    output[row + k] = u + step * x[k];
  }
}

/** GloVe with AdaGrad in plain arrays. */
export function gloveReference(
  { vocabSize: V, dimension: D, rate }: GloveSizes,
  records: GloveRecords,
  start: PairVectors,
): GloveEngine {
  const ones = (n: number) => new Float32Array(n).fill(1);
  const side = (matrix: Float32Array) => ({
    vectors: matrix.slice(),
    squares: ones(V * D),
    bias: new Float32Array(V),
    biasSquares: ones(V),
  });
  const [words, neighbours] = [side(start.input), side(start.output)];
  const adjust = (w: Float32Array, squares: Float32Array, at: number, g: number) => {
    w[at] -= (rate * g) / Math.sqrt(squares[at]);
    squares[at] += g * g;
  };
  const learn = (i: number, j: number, record: number): number => {
    let off = words.bias[i] + neighbours.bias[j] - records.floats[4 * record + 2];
    for (let k = 0; k < D; k++) off += words.vectors[i * D + k] * neighbours.vectors[j * D + k];
    const slope = records.floats[4 * record + 3] * off;
    for (let k = 0; k < D; k++) {
      const [w, u] = [words.vectors[i * D + k], neighbours.vectors[j * D + k]];
      adjust(words.vectors, words.squares, i * D + k, slope * u);
      adjust(neighbours.vectors, neighbours.squares, j * D + k, slope * w);
    }
    adjust(words.bias, words.biasSquares, i, slope);
    adjust(neighbours.bias, neighbours.biasSquares, j, slope);
    return 0.5 * slope * off;
  };
  return {
    train: (order) =>
      order.reduce(
        (sum, record) => sum + learn(records.whole[4 * record], records.whole[4 * record + 1], record),
        0,
      ),
    vectors: () => ({
      input: words.vectors.slice(),
      output: neighbours.vectors.slice(),
      inputBias: words.bias.slice(),
      outputBias: neighbours.bias.slice(),
    }),
    dispose: () => undefined,
  };
}
