import type { Floats } from "./floats.ts";

// Matrices are flat and row-major; B is the number of rows of x. Clear, not fast: see matrix.ts for long sequences.

/** out += x @ W, with x [B,K], W [K,N], out [B,N]. */
export function addProduct(out: Floats, x: Floats, W: Floats, B: number): void {
  const K = x.length / B;
  const N = out.length / B;
  for (let b = 0; b < B; b++) {
    for (let n = 0; n < N; n++) {
      let sum = 0;
      for (let k = 0; k < K; k++) sum += x[b * K + k] * W[k * N + n];
      out[b * N + n] += sum;
    }
  }
}

/** dx += dout @ Wᵀ: the gradient of `addProduct` for its input, dx [B,K]. */
export function addInputGradient(dx: Floats, dout: Floats, W: Floats, B: number): void {
  const K = dx.length / B;
  const N = dout.length / B;
  for (let b = 0; b < B; b++) {
    for (let k = 0; k < K; k++) {
      let sum = 0;
      for (let n = 0; n < N; n++) sum += dout[b * N + n] * W[k * N + n];
      dx[b * K + k] += sum;
    }
  }
}

/** dW += xᵀ @ dout: the gradient of `addProduct` for its weights, dW [K,N]. */
export function addWeightGradient(dW: Floats, x: Floats, dout: Floats, B: number): void {
  const K = x.length / B;
  const N = dout.length / B;
  for (let k = 0; k < K; k++) {
    for (let n = 0; n < N; n++) {
      let sum = 0;
      for (let b = 0; b < B; b++) sum += x[b * K + k] * dout[b * N + n];
      dW[k * N + n] += sum;
    }
  }
}

/** out += b in every row, with out [B,N], b [N]. */
export function addBias(out: Floats, b: Floats): void {
  for (let k = 0; k < out.length; k++) out[k] += b[k % b.length];
}

/** db += the sum of dout's rows. */
export function addBiasGradient(db: Floats, dout: Floats): void {
  for (let k = 0; k < dout.length; k++) db[k % db.length] += dout[k];
}
