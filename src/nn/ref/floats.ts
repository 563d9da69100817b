/** The arrays that `ref` computes with: Float64Array to check, Float32Array to train. */
export type Floats = Float32Array | Float64Array;

/** A new array of n zeros, of the same type as the model array. */
export function floatsLike<F extends Floats>(model: F, n: number): F {
  return (model instanceof Float64Array ? new Float64Array(n) : new Float32Array(n)) as F;
}

/** The array itself if it is one of Float64, else a copy that is. */
export function toFloat64(array: Floats): Float64Array {
  return array instanceof Float64Array ? array : new Float64Array(array);
}

/** A copy of the numbers, of the same type as the model array. */
export function copyLike<F extends Floats>(model: F, numbers: Floats): F {
  const copy = floatsLike(model, numbers.length);
  copy.set(numbers);
  return copy;
}
