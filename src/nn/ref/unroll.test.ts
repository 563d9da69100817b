import { describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { rnnBackward, rnnForward } from "./rnn-sequence.ts";
import { unrollGru, unrollLstm, unrollRnn, type Unrolled } from "./unroll.ts";

const rng = createRng(6);
const normal = (n: number) => Float64Array.from({ length: n }, () => 0.5 * rng.normal());
const [T, D, H] = [5, 3, 4];
const x = Array.from({ length: T }, () => normal(D));
const dh = normal(H);
const weights = (gates: number) => ({
  Wx: normal(D * gates * H),
  Wh: normal(H * gates * H),
  b: normal(gates * H),
});

describe("unroll", () => {
  it("does it follow the gradient as the sequence engine does?", () => {
    const params = weights(1);
    const unrolled = unrollRnn(x, params);
    const flat = Float64Array.from(x.flatMap((xt) => [...xt]));
    const run = rnnForward({ x: flat, batchSize: 1, timesteps: T }, params);
    const above = new Float64Array(T * H);
    above.set(dh, (T - 1) * H);
    const norms = new Float64Array(T);
    rnnBackward(run, above, { norms });
    unrolled.gradientNorms(dh).h.forEach((norm, t) => expect(norm).toBeCloseTo(norms[t], 12));
    expect([...unrolled.h[T - 1]]).toEqual([...run.h.slice(-H)].map((u) => expect.closeTo(u, 12)));
  });

  it("does an LSTM with open forget gates carry its gradient, and one with shut gates lose it?", () => {
    const withForgetBias = (bias: number) => {
      const params = weights(4);
      params.b.fill(bias, H, 2 * H);
      return unrollLstm(x, params).gradientNorms(dh).c!;
    };
    const open = withForgetBias(8);
    const shut = withForgetBias(-8);
    expect(open[0] / open[T - 1]).toBeGreaterThan(0.2);
    expect(shut[0] / shut[T - 1]).toBeLessThan(0.05);
  });

  it("does a GRU with z = 1 pass its gradient on unchanged?", () => {
    const params = weights(3);
    params.b.fill(40, H, 2 * H);
    const { h } = unrollGru(x, params).gradientNorms(dh);
    for (const norm of h) expect(norm).toBeCloseTo(h[T - 1], 9);
  });

  it("is an empty input refused?", () => {
    const empty = (): Unrolled => unrollRnn([], weights(1));
    expect(empty).toThrow("unroll: expected at least one step of input, got none");
  });
});
