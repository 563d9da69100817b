import { floatsLike, type Floats } from "./floats.ts";

/** [N,P] and [N,Q] → [N,P+Q]. */
export function join<F extends Floats>(left: F, right: F, N: number): F {
  const [P, Q] = [left.length / N, right.length / N];
  const out = floatsLike(left, left.length + right.length);
  for (let n = 0; n < N; n++) {
    out.set(left.subarray(n * P, (n + 1) * P), n * (P + Q));
    out.set(right.subarray(n * Q, (n + 1) * Q), n * (P + Q) + P);
  }
  return out;
}

/** The gradient of `join`: [N,P+Q] → [N,P] and [N,Q]. */
export function split<F extends Floats>(joined: F, N: number, P: number): [left: F, right: F] {
  const width = joined.length / N;
  const left = floatsLike(joined, N * P);
  const right = floatsLike(joined, N * (width - P));
  for (let n = 0; n < N; n++) {
    left.set(joined.subarray(n * width, n * width + P), n * P);
    right.set(joined.subarray(n * width + P, (n + 1) * width), n * (width - P));
  }
  return [left, right];
}

/** u + v, entry by entry. */
export function plus<F extends Floats>(u: F, v: F): F {
  const sum = floatsLike(u, u.length);
  for (let k = 0; k < u.length; k++) sum[k] = u[k] + v[k];
  return sum;
}
