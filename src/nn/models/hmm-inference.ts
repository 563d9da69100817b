import { exp, log } from "#src/util/math.ts";
import { softmax } from "../ref/softmax.ts";

/** The logarithms of a model's probabilities, −Infinity for what cannot happen. Row-major. */
export interface HmmLogs {
  /** N, the number of states */
  states: number;
  /** V, the number of symbols */
  symbols: number;
  /** [N] */
  start: Float64Array;
  /** [N,N], from row to column */
  transition: Float64Array;
  /** [N,V] */
  emission: Float64Array;
}

/** log Σ e^u over `count` numbers from `from` on; −Infinity when all are. */
export function logSumExp(u: Float64Array, from = 0, count = u.length): number {
  let max = -Infinity;
  for (let k = from; k < from + count; k++) if (u[k] > max) max = u[k];
  if (max === -Infinity) return max;
  let sum = 0;
  for (let k = from; k < from + count; k++) sum += exp(u[k] - max);
  return max + log(sum);
}

/** log p(x₁ … x_t, state at t = j), [T,N]. */
export function forwardLogs({ states: N, symbols: V, ...logs }: HmmLogs, x: Int32Array): Float64Array {
  const alpha = new Float64Array(x.length * N);
  const terms = new Float64Array(N);
  for (let j = 0; j < N; j++) alpha[j] = logs.start[j] + logs.emission[j * V + x[0]];
  for (let t = 1; t < x.length; t++) {
    for (let j = 0; j < N; j++) {
      for (let i = 0; i < N; i++) terms[i] = alpha[(t - 1) * N + i] + logs.transition[i * N + j];
      alpha[t * N + j] = logSumExp(terms) + logs.emission[j * V + x[t]];
    }
  }
  return alpha;
}

/** log p(x_(t+1) … x_T | state at t = i), [T,N]; 0 at the last step. */
export function backwardLogs({ states: N, symbols: V, ...logs }: HmmLogs, x: Int32Array): Float64Array {
  const beta = new Float64Array(x.length * N);
  const terms = new Float64Array(N);
  for (let t = x.length - 2; t >= 0; t--) {
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < N; j++) {
        terms[j] = logs.transition[i * N + j] + logs.emission[j * V + x[t + 1]] + beta[(t + 1) * N + j];
      }
      beta[t * N + i] = logSumExp(terms);
    }
  }
  return beta;
}

/** p(state at t | x), [T,N], each row adding up to 1; all zeros when x is impossible. */
export function posteriorOf(alpha: Float64Array, beta: Float64Array, N: number): Float64Array {
  const joint = alpha.map((u, n) => u + beta[n]);
  // An impossible x has no state with a probability at any step.
  if (joint.subarray(0, N).every((u) => u === -Infinity)) return joint.fill(0);
  // Each row sums to p(x) up to rounding; scaled by its own sum, it adds up to 1 whatever the length of x.
  return softmax(joint, N);
}

/** The likeliest states for x and log p(states, x); no states and −Infinity when x is impossible. */
export function likeliestPath(logs: HmmLogs, x: Int32Array): { path: Int32Array; logProbability: number } {
  const { states: N, symbols: V, start, transition, emission } = logs;
  const T = x.length;
  let best = Float64Array.from(start, (p, j) => p + emission[j * V + x[0]]);
  // from[t, j]: the state before j on the best path that ends in j at t; of equals the first
  const from = new Int32Array(T * N);
  for (let t = 1; t < T; t++) {
    const next = new Float64Array(N);
    for (let j = 0; j < N; j++) {
      const i = likeliest(N, (i) => best[i] + transition[i * N + j]);
      from[t * N + j] = i;
      next[j] = best[i] + transition[i * N + j] + emission[j * V + x[t]];
    }
    best = next;
  }
  const last = likeliest(N, (j) => best[j]);
  if (best[last] === -Infinity) return { path: new Int32Array(0), logProbability: -Infinity };
  const path = new Int32Array(T);
  path[T - 1] = last;
  for (let t = T - 1; t > 0; t--) path[t - 1] = from[t * N + path[t]];
  return { path, logProbability: best[last] };
}

function likeliest(count: number, logOf: (k: number) => number): number {
  let best = 0;
  for (let k = 1; k < count; k++) if (logOf(k) > logOf(best)) best = k;
  return best;
}
