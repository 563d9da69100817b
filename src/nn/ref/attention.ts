import { exp } from "#src/util/math.ts";
import { assert } from "#src/util/assert.ts";
import { assertLength } from "#src/util/shape.ts";
import {
  attentionScores,
  attentionScoresBackward,
  type AttentionSizes,
  type Scoring,
  type ScoresGradients,
  type ScoresInput,
} from "./attention-scores.ts";
import { copyLike, toFloat64, type Floats } from "./floats.ts";
import { addMatmul, matrix, transpose } from "./matrix.ts";

export interface AttentionInput<F extends Floats = Floats> extends ScoresInput<F> {
  /** what is averaged, [B,S,Dv]; default the keys */
  values?: F;
  /** which keys a query may see (1 = keep): [B,S] for all queries of a row, or [B,T,S]; default all */
  mask?: ArrayLike<number>;
}

export interface AttentionRun<F extends Floats = Floats> {
  /** [B,T,Dv] */
  context: F;
  /** the weights of the average, [B,T,S]: each row adds to 1, or to 0 when the mask keeps nothing of it */
  alpha: F;
  input: AttentionInput<F>;
  scoring: Scoring<F>;
}

export interface AttentionGradients<F extends Floats = Floats> extends Omit<
  ScoresGradients<F>,
  "dqueries" | "dkeys"
> {
  dqueries: F;
  /** with the values' part when keys are the values */
  dkeys: F;
  /** only when values were given */
  dvalues?: F;
}

/**
 * Attention: scores of queries with keys, alpha = softmax of the scores over the keys that the mask keeps, context =
 * alpha-weighted average of the values.
 *
 * Masked keys get exactly 0; a query that may see nothing gets alpha and context of zeros.
 *
 * @throws RangeError when sizes do not fit together; Error when the mask is neither [B,S] nor [B,T,S]
 */
export function attentionForward<F extends Floats>(
  input: AttentionInput<F>,
  scoring: Scoring<F>,
): AttentionRun<F> {
  const { batchSize: B, timesteps: T, sourceLength: S, mask, queries, keys, values = keys } = input;
  if (mask) assertMask(mask, input);
  const scores = attentionScores(input, scoring);
  assertLength("attention", "values", values.length, [
    { B },
    { S },
    { Dv: Math.floor(values.length / B / S) },
  ]);
  for (let n = 0; n < B * T; n++) maskedSoftmaxRow(scores, n, input);
  const Dv = values.length / B / S;
  const context = matrix(new Float64Array(B * T * Dv), T, Dv);
  const alpha = matrix(scores, T, S);
  for (let b = 0; b < B; b++) {
    const seen = { ...matrix(toFloat64(values), S, Dv), offset: b * S * Dv };
    addMatmul({ ...context, offset: b * T * Dv }, { ...alpha, offset: b * T * S }, seen);
  }
  return { context: copyLike(queries, context.data), alpha: copyLike(queries, scores), input, scoring };
}

/** The gradients of `attentionForward`, from dcontext [B,T,Dv] and, when alpha is used itself, dalpha [B,T,S]. */
export function attentionBackward<F extends Floats>(
  run: AttentionRun<F>,
  dcontext: F,
  dalpha?: F,
): AttentionGradients<F> {
  const { input, scoring } = run;
  const { batchSize: B, timesteps: T, sourceLength: S, queries, keys, values = keys } = input;
  const Dv = values.length / B / S;
  assertLength("attentionBackward", "dcontext", dcontext.length, [{ B }, { T }, { Dv }]);
  const alpha = toFloat64(run.alpha);
  const dscores = dalpha ? new Float64Array(dalpha) : new Float64Array(alpha.length); // first as dalpha
  const dvalues = matrix(new Float64Array(values.length), S, Dv);
  for (let b = 0; b < B; b++) {
    const [ofAlpha, ofValues] = [{ offset: b * T * S }, { offset: b * S * Dv }];
    const d = { ...matrix(toFloat64(dcontext), T, Dv), offset: b * T * Dv };
    const seen = { ...matrix(toFloat64(values), S, Dv), ...ofValues };
    addMatmul({ ...matrix(dscores, T, S), ...ofAlpha }, d, transpose(seen));
    addMatmul({ ...dvalues, ...ofValues }, transpose({ ...matrix(alpha, T, S), ...ofAlpha }), d);
  }
  for (let n = 0; n < B * T; n++) softmaxBackwardRow(dscores, alpha, n * S, S);
  const { dqueries, dkeys, ...weights } = attentionScoresBackward(dscores, input, scoring);
  if (!input.values) for (let k = 0; k < dkeys.length; k++) dkeys[k] += dvalues.data[k];
  return {
    ...weights,
    ...(input.values && { dvalues: copyLike(queries, dvalues.data) }),
    dqueries: copyLike(queries, dqueries),
    dkeys: copyLike(queries, dkeys),
  };
}

/** A mask [B,T,S] that lets step t see steps 0 … t of the T = S of its own row, and of these what `mask` [B,T] keeps. */
export function causalMask(batchSize: number, timesteps: number, mask?: ArrayLike<number>): Uint8Array {
  const [B, T] = [batchSize, timesteps];
  return Uint8Array.from({ length: B * T * T }, (_, n) => {
    const [b, t, s] = [Math.floor(n / T / T), Math.floor(n / T) % T, n % T];
    return s <= t && (!mask || mask[b * T + s]) ? 1 : 0;
  });
}

/** Softmax of row n of [B·T,S] in place, over the keys that the mask keeps. */
function maskedSoftmaxRow(scores: Float64Array, n: number, input: AttentionInput): void {
  const { batchSize: B, timesteps: T, sourceLength: S, mask } = input;
  const row = scores.subarray(n * S, (n + 1) * S);
  const first = mask?.length === B * S ? Math.floor(n / T) * S : n * S;
  const isSeen = (s: number) => !mask || mask[first + s] !== 0;
  let max = -Infinity;
  for (let s = 0; s < S; s++) if (isSeen(s) && row[s] > max) max = row[s];
  let sum = 0;
  for (let s = 0; s < S; s++) {
    row[s] = isSeen(s) ? exp(row[s] - max) : 0;
    sum += row[s];
  }
  if (sum > 0) for (let s = 0; s < S; s++) row[s] /= sum;
}

/** d ← alpha ⊙ (d − Σ alpha ⊙ d), for one row: exactly 0 where alpha is. */
function softmaxBackwardRow(d: Float64Array, alpha: Float64Array, from: number, S: number): void {
  let sum = 0;
  for (let k = from; k < from + S; k++) sum += alpha[k] * d[k];
  for (let k = from; k < from + S; k++) d[k] = alpha[k] * (d[k] - sum);
}

function assertMask(
  mask: ArrayLike<number>,
  { batchSize: B, timesteps: T, sourceLength: S }: AttentionSizes,
) {
  const fits = mask.length === B * S || mask.length === B * T * S;
  assert(
    fits,
    `attention: expected mask of shape [B=${B}, S=${S}] or [B=${B}, T=${T}, S=${S}], got ${mask.length} numbers`,
  );
}
