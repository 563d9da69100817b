import { assertLength } from "#src/util/shape.ts";
import { copyLike, toFloat64, type Floats } from "./floats.ts";
import { addMatmul, matrix, transpose } from "./matrix.ts";
import { softmaxCrossEntropy, softmaxCrossEntropyBackward, type CrossEntropy } from "./softmax.ts";

/** The output layer: Wy [H,V], by [V]. */
export interface LinearParams<F extends Floats = Floats> {
  Wy: F;
  by: F;
}

/** logits [N,V] = h Wy + by, in double precision, with h [N,H]. */
export function linearForward(h: Floats, { Wy, by }: LinearParams): Float64Array {
  const V = by.length;
  const H = Wy.length / V;
  const N = h.length / H;
  assertLength("linear", "h", h.length, [{ N: Math.ceil(N) }, { H }]);
  const logits = matrix(new Float64Array(N * V), N, V);
  for (let n = 0; n < N; n++) logits.data.set(by, n * V);
  addMatmul(logits, matrix(toFloat64(h), N, H), matrix(toFloat64(Wy), H, V));
  return logits.data;
}

/** A forward run of the output layer with its loss. */
export interface LinearCrossEntropy<F extends Floats = Floats> extends CrossEntropy<Float64Array> {
  h: F;
  params: LinearParams<F>;
}

/**
 * Output layer and loss in one: logits = h Wy + by, loss = mean over kept tokens of −log softmax(logits)[target].
 *
 * Shapes: h [N,H] with N = B·T, targets [N], mask [N] (1 = keep; default: all). The loss is in nats.
 *
 * @throws Error when sizes do not fit, a target is not in the vocabulary, or no token is kept
 */
export function linearCrossEntropyForward<F extends Floats>(
  h: F,
  params: LinearParams<F>,
  targets: Int32Array,
  mask?: ArrayLike<number>,
): LinearCrossEntropy<F> {
  const H = params.Wy.length / params.by.length;
  assertLength("linearCrossEntropy", "h", h.length, [{ N: targets.length }, { H }]);
  return { ...softmaxCrossEntropy(linearForward(h, params), targets, mask), h, params };
}

/** The gradients for h, Wy and by. */
export function linearCrossEntropyBackward<F extends Floats>(
  run: LinearCrossEntropy<F>,
  dloss = 1,
): { dh: F; dWy: F; dby: F } {
  const { h, params } = run;
  const N = run.targets.length;
  const V = params.by.length;
  const H = params.Wy.length / V;
  const dlogits = matrix(softmaxCrossEntropyBackward(run, dloss), N, V);
  const dh = matrix(new Float64Array(N * H), N, H);
  const dWy = matrix(new Float64Array(H * V), H, V);
  const dby = new Float64Array(V);
  addMatmul(dh, dlogits, transpose(matrix(toFloat64(params.Wy), H, V)));
  addMatmul(dWy, transpose(matrix(toFloat64(h), N, H)), dlogits);
  for (let k = 0; k < dlogits.data.length;) for (let j = 0; j < V; j++) dby[j] += dlogits.data[k++];
  return { dh: copyLike(h, dh.data), dWy: copyLike(h, dWy.data), dby: copyLike(h, dby) };
}
