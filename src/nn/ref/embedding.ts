import { assert } from "#src/util/assert.ts";
import { assertLength } from "#src/util/shape.ts";
import { copyLike, floatsLike, type Floats } from "./floats.ts";

/**
 * The rows of E that the tokens name: x [N,D] from tokens [N] and E [V,D], with D = embeddingSize.
 *
 * @throws RangeError when E is not whole rows of D; Error when a token is not a row of E
 */
export function embeddingForward<F extends Floats>(tokens: Int32Array, E: F, embeddingSize: number): F {
  const D = embeddingSize;
  const V = Math.floor(E.length / D);
  assertLength("embedding", "E", E.length, [{ V }, { D }]);
  const x = floatsLike(E, tokens.length * D);
  for (let n = 0; n < tokens.length; n++) {
    const token = tokens[n];
    assert(token >= 0 && token < V, `embedding: expected tokens of 0 … ${V - 1}, got ${token} at index ${n}`);
    x.set(E.subarray(token * D, (token + 1) * D), n * D);
  }
  return x;
}

/** dE [V,D] from dx [N,D]: every use of a row adds to its gradient. */
export function embeddingBackward<F extends Floats>(tokens: Int32Array, E: F, dx: F): F {
  const D = dx.length / tokens.length;
  const dE = new Float64Array(E.length);
  for (let n = 0; n < tokens.length; n++) {
    for (let j = 0; j < D; j++) dE[tokens[n] * D + j] += dx[n * D + j];
  }
  return copyLike(E, dE);
}
