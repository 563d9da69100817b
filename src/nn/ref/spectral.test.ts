import { describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { glorot, he, orthogonal } from "./initial.ts";
import { identity, jacobianProduct } from "./jacobian.ts";
import { addMatmul, matrix, transpose } from "./matrix.ts";
import { rnnForward } from "./rnn-sequence.ts";
import { spectralNorm, spectralRadius, withSpectralRadius } from "./spectral.ts";

const rng = createRng(2);
const normal = (n: number) => Float64Array.from({ length: n }, rng.normal);

describe("addMatmul", () => {
  it.each([
    [1, 1, 1],
    [2, 4, 4],
    [3, 5, 7],
    [5, 2, 6],
    [4, 9, 3],
  ])("is [%i,%i] @ [%i columns] the product?", (M, K, N) => {
    // prettier-ignore
    const [A, B] = [normal(M * K), normal(K * N)];
    const expected = Float64Array.from({ length: M * N }, (_, n) => {
      let sum = 1;
      for (let k = 0; k < K; k++) sum += A[Math.floor(n / N) * K + k] * B[k * N + (n % N)];
      return sum;
    });
    const turned = (u: Float64Array, columns: number) =>
      Float64Array.from(
        u,
        (_, k) => u[(k % (u.length / columns)) * columns + Math.floor(k / (u.length / columns))],
      );
    const C = matrix(new Float64Array(M * N).fill(1), M, N);
    addMatmul(C, matrix(A, M, K), matrix(B, K, N));
    C.data.forEach((c, k) => expect(c).toBeCloseTo(expected[k], 12));
    const D = matrix(new Float64Array(M * N).fill(1), M, N);
    addMatmul(D, transpose(matrix(turned(A, K), K, M)), transpose(matrix(turned(B, N), N, K)));
    D.data.forEach((c, k) => expect(c).toBeCloseTo(expected[k], 12));
  });
});

describe("first weights", () => {
  it("does a layer of ReLUs keep the size of its input with He's, and does Glorot's a linear one?", () => {
    const [n, columns] = [400, 300];
    const x = normal(n);
    const meanSquare = (u: Float64Array) => u.reduce((sum, value) => sum + value * value, 0) / u.length;
    const through = (W: Float64Array, wide: number) => {
      const y = matrix(new Float64Array(wide), 1, wide);
      addMatmul(y, matrix(x, 1, n), matrix(W, n, wide));
      return y.data;
    };
    const relu = through(he(n, columns, createRng(3)), columns).map((u) => Math.max(0, u));
    expect(meanSquare(relu) / meanSquare(x)).toBeCloseTo(1, 0);
    expect(Math.abs(meanSquare(through(glorot(n, n, createRng(4)), n)) / meanSquare(x) - 1)).toBeLessThan(
      0.2,
    );
  });
});

describe("spectralRadius and spectralNorm", () => {
  it("is the radius the largest eigenvalue, also of a complex pair and of a defective matrix?", () => {
    expect(spectralRadius(Float64Array.of(3, 0, 0, -2))).toBeCloseTo(3, 9);
    expect(spectralRadius(Float64Array.of(0, -2, 2, 0))).toBeCloseTo(2, 9);
    expect(spectralRadius(Float64Array.of(0.5, 1, 0, 0.5))).toBeCloseTo(0.5, 8);
    expect(spectralRadius(Float64Array.of(0, 1, 0, 0))).toBe(0);
    expect(spectralRadius(orthogonal(33, rng))).toBeCloseTo(1, 9);
  });

  it("is the norm the largest singular value?", () => {
    expect(spectralNorm(Float64Array.of(0, 5, 0, 0))).toBeCloseTo(5, 9);
    expect(spectralNorm(Float64Array.of(3, 0, 0, 4, 0, 0), 2)).toBeCloseTo(4, 9);
    expect(spectralNorm(Float64Array.of(1, -1, -1, 1))).toBeCloseTo(2, 9);
    expect(spectralNorm(orthogonal(16, rng))).toBeCloseTo(1, 9);
    expect(spectralNorm(new Float64Array(4))).toBe(0);
  });

  it("does withSpectralRadius give the radius that is asked for?", () => {
    const W = Float32Array.from(glorot(16, 16, rng));
    const scaled = withSpectralRadius(W, 1.3);
    expect(scaled).toBeInstanceOf(Float32Array);
    expect(spectralRadius(scaled)).toBeCloseTo(1.3, 5);
    expect(() => withSpectralRadius(new Float64Array(4), 1)).toThrow("the matrix has spectral radius 0");
    expect(() => withSpectralRadius(W, -1)).toThrow("rho must be at least 0, got -1");
    expect(() => spectralRadius(new Float64Array(5))).toThrow("expected a full matrix");
  });
});

describe("jacobianProduct", () => {
  const [T, H] = [6, 4];
  const params = { Wx: normal(H), Wh: normal(H * H), b: normal(H) };
  const forward = (h0: Float64Array) =>
    rnnForward({ x: new Float64Array(T), batchSize: 1, timesteps: T }, params, { h0 });

  it("is it the derivative of a later state for an earlier one?", () => {
    const h0 = normal(H);
    const product = jacobianProduct(forward(h0), { from: 0, to: T });
    for (let j = 0; j < H; j++) {
      const shifted = (by: number) => forward(h0.map((u, k) => (k === j ? u + by : u))).h.slice(-H);
      const [above, below] = [shifted(1e-5), shifted(-1e-5)];
      for (let i = 0; i < H; i++) expect(product[i * H + j]).toBeCloseTo((above[i] - below[i]) / 2e-5, 7);
    }
  });

  it("is the product over no step the identity, and an impossible span refused?", () => {
    const run = forward(normal(H));
    expect(jacobianProduct(run, { from: 3, to: 3 })).toEqual(identity(H));
    expect(() => jacobianProduct(run, { from: 4, to: 3 })).toThrow("expected 0 ≤ from ≤ to ≤ 6, got 4, 3");
    expect(() => jacobianProduct(run, { from: 0, to: 1, row: 1 })).toThrow("expected a row of 0 … 0, got 1");
  });
});
