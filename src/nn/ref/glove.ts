import { exp, log } from "#src/util/math.ts";
import { assert } from "#src/util/assert.ts";
import { floatsLike, type Floats } from "./floats.ts";
import { dot } from "./skip-gram.ts";

export interface GloveWeighting {
  /** counts from here on weigh 1; 100 in the paper, 10 by default here, since our texts are small */
  xMax?: number;
  /** default 0.75 */
  alpha?: number;
}

/** f(x) = (x / xMax)^α below xMax, 1 from there on; 0 for a pair that never occurred. */
export function gloveWeight(x: number, { xMax = 10, alpha = 0.75 }: GloveWeighting = {}): number {
  assert(
    x >= 0 && xMax > 0,
    `gloveWeight: expected a count of at least 0 and xMax > 0, got ${x} and ${xMax}`,
  );
  if (x === 0) return 0;
  return x < xMax ? exp(alpha * log(x / xMax)) : 1;
}

/** The vectors of one pair of words: of the word and of its neighbour, with their biases. */
export interface GlovePair<F extends Floats> {
  w: F;
  u: F;
  bw: number;
  bu: number;
}

/**
 * One term of GloVe's loss, ½ f(x) (w·u + b_w + b_u − log x)², and its gradient. A pair that never occurred costs nothing.
 *
 * Shapes: w, u [D]. Source: Pennington et al. 2014, equation 8 (there without the ½).
 */
export function gloveTerm<F extends Floats>(
  { w, u, bw, bu }: GlovePair<F>,
  x: number,
  weighting?: GloveWeighting,
) {
  const D = w.length;
  const f = gloveWeight(x, weighting);
  const off = f === 0 ? 0 : dot(w, u, D) + bw + bu - log(x);
  const slope = f * off;
  const [dw, du] = [floatsLike(w, D), floatsLike(w, D)];
  for (let k = 0; k < D; k++) {
    dw[k] = slope * u[k];
    du[k] = slope * w[k];
  }
  return { loss: 0.5 * slope * off, dw, du, dbw: slope, dbu: slope };
}

/**
 * AdaGrad in place: w ← w − rate · g / √G, then G ← G + g². Start G at 1, so that the first steps are small.
 *
 * Source: Duchi et al. 2011; the order is that of GloVe's program.
 */
export function adaGradStep(w: Floats, g: Floats, squares: Floats, rate: number): void {
  for (let k = 0; k < w.length; k++) {
    w[k] -= (rate * g[k]) / Math.sqrt(squares[k]);
    squares[k] += g[k] * g[k];
  }
}
