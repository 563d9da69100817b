import { TSNE } from "@keckelt/tsne";
import { assertCount } from "#src/util/assert.ts";
import { createBreather } from "../train/breathe.ts";
import { pca } from "./pca.ts";

export interface TsneOptions {
  /** how many neighbours a point has, roughly; default 30, at most (N − 1) / 3. Not a language model's perplexity. */
  perplexity?: number;
  /** default 300 */
  iterations?: number;
  /** iterations between two reports, default 10 */
  yieldEvery?: number;
  /** where the points begin, [N,2]; the default is their PCA */
  start?: ArrayLike<number>;
}

export interface TsneProgress {
  iteration: number;
  iterations: number;
  /** [N,2], a copy */
  points: Float64Array;
  /** Kullback–Leibler divergence of the map's neighbourhoods from the vectors', in nats */
  cost: number;
}

const LARGEST = 4000;
const BREATHE_EVERY = 40;
/** standard deviation of the points at the start: so near to each other, all are neighbours */
const START_SIZE = 1e-2;

/**
 * t-SNE in two dimensions: neighbours in D dimensions become neighbours in the plane; large distances mean nothing.
 * The package @keckelt/tsne steps; neighbourhoods and gradient are computed here, in pieces, and over each pair once.
 *
 * Shapes: rows [N,D] flat. Source: van der Maaten & Hinton 2008.
 *
 * @throws RangeError for fewer than 4 or more than 4,000 points
 */
export async function* tsne(
  rows: ArrayLike<number>,
  dimension: number,
  options: TsneOptions = {},
): AsyncGenerator<TsneProgress, void, undefined> {
  const N = rows.length / dimension;
  if (!Number.isInteger(N) || N < 4 || N > LARGEST)
    throw new RangeError(`tsne: expected 4 … ${LARGEST} rows of ${dimension} numbers, got ${N}`);
  const { iterations = 300, yieldEvery = 10, perplexity = 30 } = options;
  assertCount("tsne", "iterations", iterations);
  assertCount("tsne", "yieldEvery", yieldEvery);
  const breather = createBreather(BREATHE_EVERY);
  try {
    const affinities = createAffinities(rows, dimension, Math.min(perplexity, (N - 1) / 3));
    for (let row = 0; row < N; row++) {
      affinities.fill(row);
      if (breather.isDue()) await breather.breathe();
    }
    const start = options.start ?? pca(rows, dimension).project(rows);
    const map = new PairwiseTsne(affinities.joint(), small(start), Math.max(10, N / 8));
    for (let iteration = 1; iteration <= iterations; iteration++) {
      map.wantsCost = iteration === iterations || iteration % yieldEvery === 0;
      const cost = map.step();
      if (breather.isDue()) await breather.breathe();
      if (map.wantsCost) yield { iteration, iterations, points: map.points(), cost };
    }
  } finally {
    breather.close();
  }
}

function small(start: ArrayLike<number>): number[][] {
  let sum = 0;
  for (let k = 0; k < start.length; k++) sum += start[k] ** 2;
  const scale = START_SIZE / (Math.sqrt(sum / start.length) || 1);
  return Array.from({ length: start.length / 2 }, (_, n) => [scale * start[2 * n], scale * start[2 * n + 1]]);
}

/** P [N,N]: how likely one point picks another as its neighbour, row by row, then made symmetric. */
function createAffinities(rows: ArrayLike<number>, D: number, perplexity: number) {
  const N = rows.length / D;
  const P = new Float32Array(N * N);
  const squares = new Float64Array(N);
  const target = Math.log(perplexity);
  const distance = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k < D; k++) sum += (rows[i * D + k] - rows[j * D + k]) ** 2;
    return sum;
  };
  return {
    /** the row whose entropy is log perplexity, by bisection on the precision of its Gaussian */
    fill(i: number): void {
      for (let j = 0; j < N; j++) squares[j] = j === i ? Infinity : distance(i, j);
      const least = squares.reduce((a, b) => Math.min(a, b));
      let [beta, low, high] = [1, 0, Infinity];
      for (let attempt = 0; attempt < 50; attempt++) {
        const off = entropyOf(squares, least, beta) - target;
        if (Math.abs(off) < 1e-4) break;
        if (off > 0) low = beta;
        else high = beta;
        beta = high === Infinity ? beta * 2 : (low + high) / 2;
      }
      let sum = 0;
      for (let j = 0; j < N; j++) sum += P[i * N + j] = Math.exp((least - squares[j]) * beta);
      for (let j = 0; j < N; j++) P[i * N + j] /= sum;
    },
    joint(): Float32Array {
      for (let i = 0; i < N; i++)
        for (let j = 0; j < i; j++)
          P[i * N + j] = P[j * N + i] = Math.max(1e-12, (P[i * N + j] + P[j * N + i]) / (2 * N));
      return P;
    },
  };
}

function entropyOf(squares: Float64Array, least: number, beta: number): number {
  let [sum, weighted] = [0, 0];
  for (const square of squares) {
    if (square === Infinity) continue;
    const p = Math.exp((least - square) * beta);
    sum += p;
    weighted += p * (square - least);
  }
  return Math.log(sum) + (beta * weighted) / sum;
}

/** What the package keeps to itself. */
interface Inner {
  N: number;
  P: Float32Array;
  Y: number[][];
  iter: number;
}

/** The package's optimiser with a gradient that visits each pair once and takes logarithms only when asked for the cost. */
class PairwiseTsne extends TSNE {
  wantsCost = true;
  readonly #half: Float32Array;

  constructor(P: Float32Array, start: number[][], epsilon: number) {
    super({ dim: 2, epsilon });
    const inner = this as unknown as Inner;
    inner.N = start.length;
    inner.P = P;
    this.initSolution();
    inner.Y = start;
    this.#half = new Float32Array((start.length * (start.length - 1)) / 2);
  }

  points(): Float64Array {
    return Float64Array.from(this.getSolution().flat());
  }

  override costGrad(Y: number[][]): { cost: number; grad: number[][] } {
    const { P, N, iter } = this as unknown as Inner;
    const [x, y] = [0, 1].map((axis) => Float64Array.from(Y, (point) => point[axis]));
    const half = this.#half;
    let sum = 0;
    for (let i = 1, n = 0; i < N; i++)
      for (let j = 0; j < i; j++, n++) {
        const q = 1 / (1 + (x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2);
        half[n] = q;
        sum += q;
      }
    const total = 2 * sum;
    // the package's exaggeration: at first neighbours attract four times as much
    const pull = iter < 100 ? 4 : 1;
    const [gx, gy] = [new Float64Array(N), new Float64Array(N)];
    for (let i = 1, n = 0; i < N; i++)
      for (let j = 0; j < i; j++, n++) {
        const q = half[n];
        const force = 4 * (pull * P[i * N + j] - q / total) * q;
        const [fx, fy] = [force * (x[i] - x[j]), force * (y[i] - y[j])];
        gx[i] += fx;
        gy[i] += fy;
        gx[j] -= fx;
        gy[j] -= fy;
      }
    const cost = this.wantsCost ? divergence(P, half, total, N) : 0;
    return { cost, grad: Array.from(gx, (g, i) => [g, gy[i]]) };
  }
}

function divergence(P: Float32Array, half: Float32Array, total: number, N: number): number {
  let cost = 0;
  for (let i = 1, n = 0; i < N; i++)
    for (let j = 0; j < i; j++, n++) {
      const p = P[i * N + j];
      if (p > 1e-11) cost += 2 * p * Math.log((p * total) / half[n]);
    }
  return cost;
}
