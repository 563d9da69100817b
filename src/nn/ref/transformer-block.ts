import { assert } from "#src/util/assert.ts";
import { assertLength } from "#src/util/shape.ts";
import { attentionBackward, attentionForward, causalMask, type AttentionRun } from "./attention.ts";
import { denseBackward, denseForward, type DenseRun } from "./dense.ts";
import { floatsLike, type Floats } from "./floats.ts";
import { plus } from "./join.ts";
import { layerNormBackward, layerNormForward, type LayerNormRun } from "./layer-norm.ts";

/** Weights of a block, with width D and feed-forward width M. */
export interface TransformerParams<F extends Floats = Floats> {
  /** before the attention, [D] */
  gamma1: F;
  beta1: F;
  /** queries, keys, values in this order, [D,3D] and [3D] */
  Wqkv: F;
  bqkv: F;
  /** joins the heads, [D,D] and [D] */
  Wo: F;
  bo: F;
  /** before the feed-forward part, [D] */
  gamma2: F;
  beta2: F;
  /** [D,M] and [M] */
  W1: F;
  b1: F;
  /** [M,D] and [D] */
  W2: F;
  b2: F;
}

export interface TransformerInput<F extends Floats = Floats> {
  /** [B,T,D] */
  x: F;
  batchSize: number;
  timesteps: number;
  /** which steps may be seen, [B,T]; default all */
  mask?: ArrayLike<number>;
}

export interface TransformerOptions {
  /** K, the number of heads; must divide D; default 1 */
  heads?: number;
  /** whether a step sees itself and earlier ones only; default true */
  isCausal?: boolean;
}

export interface TransformerRun<F extends Floats = Floats> {
  /** [B,T,D] */
  y: F;
  /** what each step looks at, by head: [B,K,T,T] */
  alpha: F;
  sizes: Sizes;
  norms: [LayerNormRun<F>, LayerNormRun<F>];
  qkv: DenseRun<F>;
  attention: AttentionRun<F>;
  out: DenseRun<F>;
  hidden: DenseRun<F>;
  fed: DenseRun<F>;
}

type Sizes = { B: number; T: number; K: number };

/** One gradient for every weight, dgamma1 … db2, and dx [B,T,D]. */
export type TransformerGradients<F extends Floats = Floats> = { dx: F } & {
  [Name in keyof TransformerParams as `d${Name}`]: F;
};

/**
 * A pre-norm transformer block: u = x + attention(norm(x)), y = u + relu(norm(u) W1 + b1) W2 + b2, with scaled
 * dot-product self-attention of K heads. Positions must already be in x. No dropout.
 *
 * Source: Vaswani et al. 2017; the norm before each part: Xiong et al. 2020.
 *
 * @throws RangeError when sizes do not fit together; Error when heads do not divide D
 */
export function transformerForward<F extends Floats>(
  { x, batchSize: B, timesteps: T, mask }: TransformerInput<F>,
  params: TransformerParams<F>,
  { heads: K = 1, isCausal = true }: TransformerOptions = {},
): TransformerRun<F> {
  const D = params.gamma1.length;
  assertLength("transformer", "x", x.length, [{ B }, { T }, { D }]);
  if (mask) assertLength("transformer", "mask", mask.length, [{ B }, { T }]);
  assert(D % K === 0, `transformer: expected heads that divide D=${D}, got ${K}`);
  const sizes = { B, T, K };
  const { gamma1, beta1, gamma2, beta2, Wqkv, bqkv, Wo, bo, W1, b1, W2, b2 } = params;
  const norm1 = layerNormForward(x, { gamma: gamma1, beta: beta1 });
  const qkv = denseForward(norm1.y, { W: Wqkv, b: bqkv });
  const [queries, keys, values] = splitHeads(qkv.y, sizes, 3); // each [B·K,T,D/K]
  const seen = isCausal ? causalMask(B, T, mask) : mask;
  const attention = attentionForward(
    {
      ...{ queries, keys, values, batchSize: B * K, timesteps: T, sourceLength: T },
      mask: seen && eachHead(seen, B, K),
    },
    { kind: "scaled" },
  );
  const out = denseForward(joinHeads([attention.context], sizes), { W: Wo, b: bo });
  const u = plus(x, out.y);
  const norm2 = layerNormForward(u, { gamma: gamma2, beta: beta2 });
  const hidden = denseForward(norm2.y, { W: W1, b: b1 }, "relu");
  const fed = denseForward(hidden.y, { W: W2, b: b2 });
  const y = plus(u, fed.y);
  return { y, alpha: attention.alpha, sizes, norms: [norm1, norm2], qkv, attention, out, hidden, fed };
}

/** The gradients of `transformerForward`, from dy [B,T,D] and, when alpha is used itself, dalpha [B,K,T,T]. */
export function transformerBackward<F extends Floats>(
  run: TransformerRun<F>,
  dy: F,
  dalpha?: F,
): TransformerGradients<F> {
  const { sizes, norms } = run;
  const fed = denseBackward(run.fed, dy);
  const hidden = denseBackward(run.hidden, fed.dx);
  const norm2 = layerNormBackward(norms[1], hidden.dx);
  const du = plus(dy, norm2.dx);
  const out = denseBackward(run.out, du);
  const [dcontext] = splitHeads(out.dx, sizes, 1);
  const { dqueries, dkeys, dvalues } = attentionBackward(run.attention, dcontext, dalpha);
  const qkv = denseBackward(run.qkv, joinHeads([dqueries, dkeys, dvalues!], sizes));
  const norm1 = layerNormBackward(norms[0], qkv.dx);
  return {
    dx: plus(du, norm1.dx),
    ...{ dgamma1: norm1.dgamma, dbeta1: norm1.dbeta, dgamma2: norm2.dgamma, dbeta2: norm2.dbeta },
    ...{ dWqkv: qkv.dW, dbqkv: qkv.db, dWo: out.dW, dbo: out.db },
    ...{ dW1: hidden.dW, db1: hidden.db, dW2: fed.dW, db2: fed.db },
  };
}

/** Where number k of part p of [B·K,T,n] stands in the packed [B,T,parts·K·n]. */
function packedAt(k: number, p: number, parts: number, { sizes, n }: { sizes: Sizes; n: number }): number {
  const { T, K } = sizes;
  const j = k % n;
  const t = Math.floor(k / n) % T;
  const head = Math.floor(k / n / T) % K;
  const b = Math.floor(k / n / T / K);
  return (((b * T + t) * parts + p) * K + head) * n + j;
}

/** [B,T,parts·D] → as many of [B·K,T,D/K]. */
function splitHeads<F extends Floats>(packed: F, sizes: Sizes, parts: number): F[] {
  const { B, T, K } = sizes;
  const n = packed.length / B / T / K / parts;
  return Array.from({ length: parts }, (_, p) => {
    const part = floatsLike(packed, packed.length / parts);
    for (let k = 0; k < part.length; k++) part[k] = packed[packedAt(k, p, parts, { sizes, n })];
    return part;
  });
}

/** The way back: parts of [B·K,T,D/K] → [B,T,parts·D]. */
function joinHeads<F extends Floats>(parts: F[], sizes: Sizes): F {
  const { B, T, K } = sizes;
  const n = parts[0].length / B / T / K;
  const packed = floatsLike(parts[0], parts[0].length * parts.length);
  parts.forEach((part, p) => {
    for (let k = 0; k < part.length; k++) packed[packedAt(k, p, parts.length, { sizes, n })] = part[k];
  });
  return packed;
}

/** A mask of B rows, each row K times. */
function eachHead(mask: ArrayLike<number>, B: number, K: number): Float64Array {
  const n = mask.length / B;
  return Float64Array.from({ length: K * mask.length }, (_, k) => mask[Math.floor(k / n / K) * n + (k % n)]);
}
