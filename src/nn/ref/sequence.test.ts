import { describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import gruFixtures from "../fixtures/gru-sequence.json";
import highwayFixtures from "../fixtures/highway-sequence.json";
import lstmFixtures from "../fixtures/lstm-sequence.json";
import type { Floats } from "./floats.ts";
import { gruStep, type GruParams, type GruReset } from "./gru.ts";
import { gruBackward, gruForward } from "./gru-sequence.ts";
import { highwayStep, highwayStepBackward, type HighwayParams } from "./highway.ts";
import { highwayBackward, highwayForward } from "./highway-sequence.ts";
import { lstmStep } from "./lstm.ts";
import { lstmBackward, lstmForward, type LstmSequenceParams } from "./lstm-sequence.ts";
import type { MaskedInput } from "./sequence-input.ts";
import { PRECISIONS, arraysOf, dot, double, expectCentralDifferences, expectClose } from "./test-case.ts";

type Lstm<F extends Floats = Floats> = LstmSequenceParams<F> & { x: F; h0: F; c0: F };
type Gru<F extends Floats = Floats> = GruParams<F> & { x: F; h0: F };
type Highway<F extends Floats = Floats> = HighwayParams<F> & { x: F; h0: F };
type Upstream = { dh: Floats; dhLast: Floats; dcLast: Floats };

interface Sizes {
  batchSize: number;
  timesteps: number;
  mask?: number[];
}
const inputOf = <F extends Floats>(x: F, { batchSize, timesteps, mask }: Sizes): MaskedInput<F> => ({
  ...{ x, batchSize, timesteps, mask },
});
const titleOf = ({ batchSize: B, timesteps: T, mask }: Sizes) =>
  `B=${B}, T=${T}${mask ? `, mask ${mask.join("")}` : ""}`;
const named = <C extends Sizes>(cases: C[]) => cases.map((each) => [titleOf(each), each] as const);

describe.each(PRECISIONS)("in $name precision", ({ make, tolerance }) => {
  it.each(named(lstmFixtures as (Sizes & (typeof lstmFixtures)[number])[]))(
    "does an LSTM over sequences (%s) give PyTorch's numbers and gradients?",
    (_, fixture) => {
      const { x, h0, c0, ...params } = arraysOf<Floats, Lstm>(fixture.inputs, make);
      const { dh, dhLast, dcLast } = arraysOf<Floats, Upstream>(fixture.upstream, make);
      const run = lstmForward(inputOf(x, fixture), params, { h0, c0 });
      expectClose(run, fixture.outputs, tolerance);
      const norms = new Float64Array(fixture.timesteps);
      expectClose(lstmBackward(run, dh, { dhLast, dcLast, norms }), fixture.gradients, tolerance);
      expectClose({ norms }, { norms: fixture.norms }, tolerance);
    },
  );

  it.each(named(gruFixtures as (Sizes & (typeof gruFixtures)[number])[]))(
    "does a GRU over sequences (%s) give PyTorch's numbers and gradients?",
    (_, fixture) => {
      const { x, h0, ...params } = arraysOf<Floats, Gru>(fixture.inputs, make);
      const { dh, dhLast } = arraysOf<Floats, Upstream>(fixture.upstream, make);
      const run = gruForward(inputOf(x, fixture), params, { h0, reset: fixture.reset as GruReset });
      expectClose(run, fixture.outputs, tolerance);
      const norms = new Float64Array(fixture.timesteps);
      expectClose(gruBackward(run, dh, { dhLast, norms }), fixture.gradients, tolerance);
      expectClose({ norms }, { norms: fixture.norms }, tolerance);
    },
  );

  it.each(named(highwayFixtures as (Sizes & (typeof highwayFixtures)[number])[]))(
    "does a highway RNN (%s) give the numbers and gradients of autograd?",
    (_, fixture) => {
      const { x, h0, ...params } = arraysOf<Floats, Highway>(fixture.inputs, make);
      const { dh, dhLast } = arraysOf<Floats, Upstream>(fixture.upstream, make);
      const run = highwayForward(inputOf(x, fixture), params, { h0 });
      expectClose(run, fixture.outputs, tolerance);
      const norms = new Float64Array(fixture.timesteps);
      expectClose(highwayBackward(run, dh, { dhLast, norms }), fixture.gradients, tolerance);
      expectClose({ norms }, { norms: fixture.norms }, tolerance);
    },
  );
});

const [B, T, D, H] = [3, 4, 2, 3];
const mask = [1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 0]; // whole, with holes, all dropped
const normal = (seed: number) => {
  const rng = createRng(seed);
  return (n: number, scale = 0.7) => Float64Array.from({ length: n }, () => scale * rng.normal());
};

describe("central differences", () => {
  const draw = normal(3);
  const [x, h0, c0] = [draw(B * T * D), draw(B * H), draw(B * H)];
  const [dh, dhLast, dcLast] = [draw(B * T * H), draw(B * H), draw(B * H)];
  const input = { x, batchSize: B, timesteps: T, mask };
  const params = (gates: number) => ({
    ...{ Wx: draw(D * gates * H), Wh: draw(H * gates * H), b: draw(gates * H) },
  });

  it("do they agree with the LSTM's gradients, peepholes and mask included?", () => {
    const p = { ...params(4), Wp: draw(3 * H) };
    const forward = () => lstmForward(input, p, { h0, c0 });
    const loss = () => {
      const { h, hLast, cLast } = forward();
      return dot(h, dh) + dot(hLast, dhLast) + dot(cLast, dcLast);
    };
    expectCentralDifferences(loss, { x, h0, c0, ...p }, lstmBackward(forward(), dh, { dhLast, dcLast }));
  });

  it.each<GruReset>(["before", "after"])("do they agree with the GRU's gradients, reset %s?", (reset) => {
    const p = { ...params(3), bhn: draw(H) };
    const forward = () => gruForward(input, p, { h0, reset });
    const loss = () => dot(forward().h, dh) + dot(forward().hLast, dhLast);
    expectCentralDifferences(loss, { x, h0, ...p }, gruBackward(forward(), dh, { dhLast }));
  });

  it("do they agree with the highway RNN's gradients?", () => {
    const p = params(2);
    const forward = () => highwayForward(input, p, { h0 });
    const loss = () => dot(forward().h, dh) + dot(forward().hLast, dhLast);
    expectCentralDifferences(loss, { x, h0, ...p }, highwayBackward(forward(), dh, { dhLast }));
  });
});

describe("sequences", () => {
  const draw = normal(5);
  const p = { Wx: draw(D * 4 * H), Wh: draw(H * 4 * H), b: draw(4 * H) };
  const x = draw(B * T * D);
  const sizes = { batchSize: B, timesteps: T };
  const at = (u: Float64Array, t: number, n: number) =>
    Float64Array.from({ length: B * n }, (_, k) => u[(Math.floor(k / n) * T + t) * n + (k % n)]);

  it("is an LSTM over a sequence the same as its steps one by one?", () => {
    const run = lstmForward({ x, ...sizes }, p);
    let [h, c] = [new Float64Array(B * H), new Float64Array(B * H)];
    for (let t = 0; t < T; t++) {
      ({ h, c } = lstmStep({ x: at(x, t, D), hPrev: h, cPrev: c }, p));
      expectClose({ h: at(run.h, t, H) }, { h: [...h] }, 1e-12);
    }
    expectClose(run, { hLast: [...h], cLast: [...c] }, 1e-12);
  });

  it.each<GruReset>(["before", "after"])("is a GRU too, reset %s?", (reset) => {
    const own = { Wx: draw(D * 3 * H), Wh: draw(H * 3 * H), b: draw(3 * H), bhn: draw(H) };
    const run = gruForward({ x, ...sizes }, own, { reset });
    let h = new Float64Array(B * H);
    for (let t = 0; t < T; t++) {
      ({ h } = gruStep({ x: at(x, t, D), hPrev: h }, own, reset));
      expectClose({ h: at(run.h, t, H) }, { h: [...h] }, 1e-12);
    }
  });

  it("is a highway RNN too, and do its steps' gradients add up to the sequence's?", () => {
    const own = { Wx: draw(D * 2 * H), Wh: draw(H * 2 * H), b: draw(2 * H) };
    const run = highwayForward({ x, ...sizes }, own);
    const steps: Parameters<typeof highwayStepBackward<Float64Array>>[1][] = [];
    let h: Float64Array = new Float64Array(B * H);
    for (let t = 0; t < T; t++) {
      const seen = { x: at(x, t, D), hPrev: h };
      const step = highwayStep(seen, own);
      steps.push({ ...seen, ...step });
      h = step.h;
      expectClose({ h: at(run.h, t, H) }, { h: [...h] }, 1e-12);
    }
    const dhLast = draw(B * H);
    const whole = highwayBackward(run, new Float64Array(B * T * H), { dhLast });
    const sum = { dWx: own.Wx.map(() => 0), dWh: own.Wh.map(() => 0), db: own.b.map(() => 0) };
    let dh: Float64Array = dhLast;
    for (const step of steps.reverse()) {
      const { dhPrev, ...gradients } = highwayStepBackward(dh, step, own);
      for (const name of ["dWx", "dWh", "db"] as const)
        gradients[name].forEach((u, k) => (sum[name][k] += u));
      dh = dhPrev;
    }
    expectClose(whole, { dWx: [...sum.dWx], dWh: [...sum.dWh], db: [...sum.db], dh0: [...dh] }, 1e-12);
  });

  it("does padding change nothing for the steps that count?", () => {
    const lengths = [2, 4, 0];
    const padded = Array.from({ length: B * T }, (_, n) => +(n % T < lengths[Math.floor(n / T)]));
    const run = lstmForward({ x, ...sizes, mask: padded }, p);
    const short = lstmForward({ x: x.slice(0, 2 * D), batchSize: 1, timesteps: 2 }, p);
    expect([...run.hLast.slice(0, H)]).toEqual([...short.hLast]);
    expect([...run.h.slice(0, T * H)]).toEqual([...short.h, ...new Float64Array(2 * H)]);
    expect([...run.h.slice(2 * T * H), ...run.hLast.slice(2 * H)].every((u) => u === 0)).toBe(true);
    const { dx } = lstmBackward(run, run.h);
    padded.forEach((kept, n) => kept || expect([...dx!.slice(n * D, (n + 1) * D)]).toEqual([0, 0]));
  });

  it("is a token the same as its one-hot vector?", () => {
    const tokens = Int32Array.from([1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1]);
    const oneHot = double([...tokens].flatMap((token) => [1 - token, token]));
    const runs = [lstmForward({ tokens, ...sizes }, p), lstmForward({ x: oneHot, ...sizes }, p)];
    expectClose(runs[0], { h: [...runs[1].h] }, 1e-14);
    const [byToken, byVector] = runs.map((run) => lstmBackward(run, run.h));
    expect(byToken.dx).toBeUndefined();
    expectClose(byToken, { dWx: [...byVector.dWx], db: [...byVector.db] }, 1e-14);
  });

  it("how does the gradient that reaches each c of an LSTM grow and fade?", () => {
    const run = lstmForward({ x, ...sizes }, p);
    const cellNorms = new Float64Array(T);
    const { dc0 } = lstmBackward(run, new Float64Array(B * T * H), { dcLast: run.cLast, cellNorms });
    expect(cellNorms[T - 1]).toBeCloseTo(Math.sqrt(dot(run.cLast, run.cLast)), 12);
    expect(cellNorms.every((each) => each > 0)).toBe(true);
    expect(dot(dc0, dc0)).toBeGreaterThan(0);
  });

  it("does it say which size or token is wrong?", () => {
    const input = { x, ...sizes };
    const from = (wrong: object) => () => lstmForward(input, { ...p, ...wrong });
    expect(from({ Wh: p.Wx })).toThrow(
      "lstm: expected Wh of shape [H=3, 4H=12] (36 numbers), got 24 numbers",
    );
    expect(from({ Wp: p.b })).toThrow("lstm: expected Wp of shape [3H=9] (9 numbers), got 12 numbers");
    expect(from({ Wx: p.Wh })).toThrow("lstm: expected x of shape [B=3, T=4, D=3] (36 numbers), got 24");
    expect(from({ Wx: p.Wx.slice(1) })).toThrow(
      "lstm: expected Wx of shape [D=1, G=12] (12 numbers), got 23",
    );
    expect(() => lstmForward(input, p, { c0: p.b })).toThrow(
      "lstm: expected c0 of shape [B=3, H=3] (9 numbers)",
    );
    expect(() => lstmForward({ ...input, mask: [1] }, p)).toThrow("lstm: expected mask of shape [B=3, T=4]");
    const tokens = new Int32Array(B * T).fill(2, 7, 8);
    expect(() => lstmForward({ tokens, ...sizes }, p)).toThrow(
      "lstm: expected tokens of 0 … 1, got 2 at index 7",
    );
    expect(() => lstmForward({ tokens: tokens.slice(1), ...sizes }, p)).toThrow(
      "lstm: expected tokens of shape",
    );
    expect(() => lstmBackward(lstmForward(input, p), x)).toThrow("lstmBackward: expected dh of shape [B=3");
    const last = { dhLast: x };
    expect(() => lstmBackward(lstmForward(input, p), draw(36), last)).toThrow(
      "lstmBackward: expected dhLast of shape [B=3, H=3] (9 numbers), got 24 numbers",
    );
    const three = { Wx: draw(D * 9), Wh: draw(27), b: draw(9) };
    expect(() => gruForward(input, { ...three, Wh: three.Wx })).toThrow(
      "gru: expected Wh of shape [H=3, 3H=9]",
    );
    expect(() => gruForward(input, { ...three, bhn: x })).toThrow("gru: expected bhn of shape [H=3]");
    expect(() => gruBackward(gruForward(input, three), x)).toThrow("gruBackward: expected dh of shape [B=3");
    const two = { Wx: draw(D * 6), Wh: draw(18), b: draw(6) };
    expect(() => highwayForward(input, { ...two, Wh: two.b })).toThrow(
      "highway: expected Wh of shape [H=3, 2H=6]",
    );
    expect(() => highwayStep({ x, hPrev: x }, { ...two, Wh: x })).toThrow(
      "highwayStep: expected Wh of shape [H=3",
    );
    expect(() => highwayStep({ x, hPrev: x }, two)).toThrow("highwayStep: expected Wx of shape [D=3, 2H=6]");
    expect(() => highwayBackward(highwayForward(input, two), x)).toThrow(
      "highwayBackward: expected dh of shape",
    );
  });
});
