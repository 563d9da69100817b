import { tanh } from "#src/util/math.ts";
import { assertLength } from "#src/util/shape.ts";
import { copyLike, toFloat64, type Floats } from "./floats.ts";
import { addMatmul, matrix, transpose } from "./matrix.ts";

/** How a query q [D] and a key k [Dk] make a score. */
export type Scoring<F extends Floats = Floats> =
  /** q · k; Luong, Pham & Manning 2015 */
  | { kind: "dot" }
  /** q · k / √D; Vaswani et al. 2017 */
  | { kind: "scaled" }
  /** q Wa · k with Wa [D,Dk]; Luong, Pham & Manning 2015 */
  | { kind: "general"; Wa: F }
  /** v · tanh(q Wq + k Wk) with Wq [D,A], Wk [Dk,A], v [A]; Bahdanau, Cho & Bengio 2015 */
  | { kind: "additive"; Wq: F; Wk: F; v: F };

/** B rows with T queries and S keys each. */
export interface AttentionSizes {
  batchSize: number;
  timesteps: number;
  sourceLength: number;
}

export interface ScoresInput<F extends Floats = Floats> extends AttentionSizes {
  /** [B,T,D] */
  queries: F;
  /** [B,S,Dk] */
  keys: F;
}

/** The gradients of `attentionScores`, in double precision: what the kind of scoring has weights for. */
export interface ScoresGradients<F extends Floats = Floats> {
  dqueries: Float64Array;
  dkeys: Float64Array;
  dWa?: F;
  dWq?: F;
  dWk?: F;
  dv?: F;
}

/**
 * The scores of every query with every key of its row, [B,T,S], in double precision.
 *
 * @throws RangeError when sizes do not fit together
 */
export function attentionScores<F extends Floats>(input: ScoresInput<F>, scoring: Scoring<F>): Float64Array {
  const { batchSize: B, timesteps: T, sourceLength: S } = input;
  const queries = toFloat64(input.queries);
  const keys = toFloat64(input.keys);
  const D = queries.length / B / T;
  const Dk = keys.length / B / S;
  assertLength("attention", "queries", queries.length, [{ B }, { T }, { D: Math.floor(D) }]);
  assertLength("attention", "keys", keys.length, [{ B }, { S }, { Dk: Math.floor(Dk) }]);
  if (scoring.kind === "additive") return additiveScores(input, scoring);
  if (scoring.kind === "general") {
    assertLength("attention", "Wa", scoring.Wa.length, [{ D }, { Dk }]);
    return dotScores(product(queries, scoring.Wa, B * T), keys, input);
  }
  assertLength("attention", "keys", keys.length, [{ B }, { S }, { D }]);
  const scores = dotScores(queries, keys, input);
  if (scoring.kind === "scaled") multiply(scores, 1 / Math.sqrt(D));
  return scores;
}

/** The gradients of `attentionScores`, from dscores [B,T,S]. */
export function attentionScoresBackward<F extends Floats>(
  dscores: Float64Array,
  input: ScoresInput<F>,
  scoring: Scoring<F>,
): ScoresGradients<F> {
  const { batchSize: B, timesteps: T } = input;
  const queries = toFloat64(input.queries);
  const keys = toFloat64(input.keys);
  if (scoring.kind === "additive") return additiveScoresBackward(dscores, input, scoring);
  if (scoring.kind === "general") {
    const { Wa } = scoring;
    const along = dotScoresBackward(dscores, product(queries, Wa, B * T), keys, input);
    const { dx, dW } = productBackward(along.dqueries, queries, Wa, B * T);
    return { dqueries: dx, dkeys: along.dkeys, dWa: copyLike(Wa, dW) };
  }
  const d = Float64Array.from(dscores);
  if (scoring.kind === "scaled") multiply(d, 1 / Math.sqrt(queries.length / B / T));
  return dotScoresBackward(d, queries, keys, input);
}

function dotScores(queries: Float64Array, keys: Float64Array, sizes: AttentionSizes): Float64Array {
  const { batchSize: B, timesteps: T, sourceLength: S } = sizes;
  const D = queries.length / B / T;
  const scores = matrix(new Float64Array(B * T * S), T, S);
  const [q, k] = [matrix(queries, T, D), transpose(matrix(keys, S, D))];
  for (let b = 0; b < B; b++) {
    const at = (n: number) => ({ offset: b * n });
    addMatmul({ ...scores, ...at(T * S) }, { ...q, ...at(T * D) }, { ...k, ...at(S * D) });
  }
  return scores.data;
}

function dotScoresBackward(
  dscores: Float64Array,
  queries: Float64Array,
  keys: Float64Array,
  { batchSize: B, timesteps: T, sourceLength: S }: AttentionSizes,
): { dqueries: Float64Array; dkeys: Float64Array } {
  const D = queries.length / B / T;
  const dqueries = matrix(new Float64Array(queries.length), T, D);
  const dkeys = matrix(new Float64Array(keys.length), S, D);
  for (let b = 0; b < B; b++) {
    const d = { ...matrix(dscores, T, S), offset: b * T * S };
    const [ofQueries, ofKeys] = [{ offset: b * T * D }, { offset: b * S * D }];
    addMatmul({ ...dqueries, ...ofQueries }, d, { ...matrix(keys, S, D), ...ofKeys });
    addMatmul({ ...dkeys, ...ofKeys }, transpose(d), { ...matrix(queries, T, D), ...ofQueries });
  }
  return { dqueries: dqueries.data, dkeys: dkeys.data };
}

type Additive<F extends Floats> = Extract<Scoring<F>, { kind: "additive" }>;

function additiveScores({ queries, keys, ...sizes }: ScoresInput, scoring: Additive<Floats>): Float64Array {
  const { batchSize: B, timesteps: T, sourceLength: S } = sizes;
  const { Wq, Wk, v } = scoring;
  const A = v.length;
  assertLength("attention", "Wq", Wq.length, [{ D: queries.length / B / T }, { A }]);
  assertLength("attention", "Wk", Wk.length, [{ Dk: keys.length / B / S }, { A }]);
  const q = product(toFloat64(queries), Wq, B * T);
  const k = product(toFloat64(keys), Wk, B * S);
  const scores = new Float64Array(B * T * S);
  for (let n = 0; n < scores.length; n++) {
    const { ofQuery, ofKey } = pairOf(n, sizes);
    for (let a = 0; a < A; a++) scores[n] += v[a] * tanh(q[ofQuery * A + a] + k[ofKey * A + a]);
  }
  return scores;
}

function additiveScoresBackward<F extends Floats>(
  dscores: Float64Array,
  { queries, keys, ...sizes }: ScoresInput<F>,
  { Wq, Wk, v }: Additive<F>,
): ScoresGradients<F> {
  const { batchSize: B, timesteps: T, sourceLength: S } = sizes;
  const A = v.length;
  const q = product(toFloat64(queries), Wq, B * T);
  const k = product(toFloat64(keys), Wk, B * S);
  const [dq, dk, dv] = [q, k, toFloat64(v)].map((u) => new Float64Array(u.length));
  for (let n = 0; n < dscores.length; n++) {
    const { ofQuery, ofKey } = pairOf(n, sizes);
    for (let a = 0; a < A; a++) {
      const y = tanh(q[ofQuery * A + a] + k[ofKey * A + a]);
      const dpre = dscores[n] * v[a] * (1 - y * y);
      dv[a] += dscores[n] * y;
      dq[ofQuery * A + a] += dpre;
      dk[ofKey * A + a] += dpre;
    }
  }
  const fromQueries = productBackward(dq, toFloat64(queries), Wq, B * T);
  const fromKeys = productBackward(dk, toFloat64(keys), Wk, B * S);
  const [dWq, dWk] = [copyLike(v, fromQueries.dW), copyLike(v, fromKeys.dW)];
  return { dqueries: fromQueries.dx, dkeys: fromKeys.dx, dWq, dWk, dv: copyLike(v, dv) };
}

/** Which query of [B,T] and which key of [B,S] meet in entry n of [B,T,S]. */
function pairOf(n: number, { timesteps: T, sourceLength: S }: AttentionSizes) {
  const ofQuery = Math.floor(n / S);
  return { ofQuery, ofKey: Math.floor(ofQuery / T) * S + (n % S) };
}

function multiply(u: Float64Array, factor: number): void {
  for (let k = 0; k < u.length; k++) u[k] *= factor;
}

/** x W, with x of N rows. */
function product(x: Float64Array, W: Floats, N: number): Float64Array {
  const K = x.length / N;
  const M = W.length / K;
  const out = matrix(new Float64Array(N * M), N, M);
  addMatmul(out, matrix(x, N, K), matrix(toFloat64(W), K, M));
  return out.data;
}

function productBackward(dout: Float64Array, x: Float64Array, W: Floats, N: number) {
  const K = x.length / N;
  const M = W.length / K;
  const dx = matrix(new Float64Array(x.length), N, K);
  const dW = matrix(new Float64Array(W.length), K, M);
  const d = matrix(dout, N, M);
  addMatmul(dx, d, transpose(matrix(toFloat64(W), K, M)));
  addMatmul(dW, transpose(matrix(x, N, K)), d);
  return { dx: dx.data, dW: dW.data };
}
