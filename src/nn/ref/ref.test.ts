import { describe, expect, it } from "vitest";
import charRnnFixture from "../fixtures/char-rnn.json";
import gruFixtures from "../fixtures/gru-step.json";
import lstmFixtures from "../fixtures/lstm-step.json";
import rnnFixtures from "../fixtures/rnn-step.json";
import sequenceFixtures from "../fixtures/rnn-sequence.json";
import type { Activation } from "./activation.ts";
import type { Floats } from "./floats.ts";
import { gruStep, gruStepBackward, type GruReset } from "./gru.ts";
import { linearCrossEntropyBackward, linearCrossEntropyForward } from "./linear-cross-entropy.ts";
import { lstmStep, lstmStepBackward } from "./lstm.ts";
import { rnnStep, rnnStepBackward } from "./rnn.ts";
import { rnnBackward, rnnForward, type RnnOptions, type SequenceInput } from "./rnn-sequence.ts";

type Arrays<F> = Record<string, F>;
const PRECISIONS = [
  { name: "double", make: (u: number[]) => Float64Array.from(u) as Floats, tolerance: 1e-10 },
  { name: "single", make: (u: number[]) => Float32Array.from(u) as Floats, tolerance: 1e-4 },
];

/** The fixture's lists as typed arrays. */
function arraysOf(fixture: object, make: (u: number[]) => Floats): Arrays<Floats> {
  const lists = Object.entries(fixture).filter(([, value]) => Array.isArray(value)) as [string, number[]][];
  return Object.fromEntries(lists.map(([name, list]) => [name, make(list)]));
}

/** Largest deviation from the oracle, relative to the oracle's largest number. */
function expectClose(actual: object, expected: Arrays<Floats>, names: string[], tolerance: number): void {
  for (const name of names) {
    const ours = (actual as Arrays<Floats>)[name];
    const theirs = expected[name];
    expect(ours.length, name).toBe(theirs.length);
    const scale = Math.max(1e-3, ...theirs.map(Math.abs));
    for (let k = 0; k < ours.length; k++)
      expect(Math.abs(ours[k] - theirs[k]) / scale, name).toBeLessThan(tolerance);
  }
}

describe.each(PRECISIONS)("in $name precision", ({ make, tolerance }) => {
  it.each(rnnFixtures)("does an RNN step ($activation) give PyTorch's numbers and gradients?", (fixture) => {
    const u = arraysOf(fixture, make);
    const { x, hPrev, dh, Wx, Wh, b } = u;
    const activation = fixture.activation as Activation;
    const h = rnnStep(x, hPrev, { Wx, Wh, b }, activation);
    expectClose({ h }, u, ["h"], tolerance);
    const gradients = rnnStepBackward(dh, { x, hPrev, h }, { Wx, Wh, b }, activation);
    expectClose(gradients, u, ["dx", "dhPrev", "dWx", "dWh", "db"], tolerance);
  });

  it.each(lstmFixtures)("does an LSTM step give PyTorch's numbers and gradients?", (fixture) => {
    const u = arraysOf(fixture, make);
    const { x, hPrev, cPrev, dh, dc, Wx, Wh, b } = u;
    const step = lstmStep({ x, hPrev, cPrev }, { Wx, Wh, b });
    expectClose(step, u, ["h", "c"], tolerance);
    const gradients = lstmStepBackward({ dh, dc }, { x, hPrev, cPrev, ...step }, { Wx, Wh, b });
    expectClose(gradients, u, ["dx", "dhPrev", "dcPrev", "dWx", "dWh", "db"], tolerance);
  });

  it.each(gruFixtures)("does a GRU step (reset $reset) give PyTorch's numbers and gradients?", (fixture) => {
    const u = arraysOf(fixture, make);
    const { x, hPrev, dh, Wx, Wh, b, bhn } = u;
    const reset = fixture.reset as GruReset;
    const step = gruStep({ x, hPrev }, { Wx, Wh, b, bhn }, reset);
    expectClose(step, u, ["h"], tolerance);
    const gradients = gruStepBackward(dh, { x, hPrev, ...step }, { Wx, Wh, b, bhn }, reset);
    expectClose(gradients, u, ["dx", "dhPrev", "dWx", "dWh", "db", "dbhn"], tolerance);
  });

  it.each(sequenceFixtures)(
    "do whole sequences (B=$batchSize, T=$timesteps, $activation) too?",
    (fixture) => {
      const u = arraysOf(fixture, make);
      const { x, h0, dh, Wx, Wh, b } = u;
      const { batchSize, timesteps } = fixture;
      const options: RnnOptions = { h0, activation: fixture.activation as Activation };
      const run = rnnForward({ x, batchSize, timesteps }, { Wx, Wh, b }, options);
      expectClose(run, u, ["h"], tolerance);
      const norms = new Float64Array(timesteps);
      const gradients = rnnBackward(run, dh, { norms });
      expectClose({ ...gradients, norms }, u, ["dx", "dh0", "dWx", "dWh", "db", "norms"], tolerance);
    },
  );

  it("does the loss of a character model match the first that PyTorch saw?", () => {
    const { batchSize, timesteps, tokens, losses } = charRnnFixture;
    const { Wx, Wh, b, Wy, by } = arraysOf(charRnnFixture.start, make);
    const [inputs, targets] = inputsAndTargets(tokens[0], batchSize, timesteps);
    const { h } = rnnForward({ tokens: inputs, batchSize, timesteps }, { Wx, Wh, b });
    const { loss } = linearCrossEntropyForward(h, { Wy, by }, targets);
    expect(Math.abs(loss - losses[0]) / losses[0]).toBeLessThan(tolerance);
  });
});

/** Rows of T + 1 tokens → the first T and the last T of each. */
function inputsAndTargets(rows: number[], B: number, T: number): [Int32Array, Int32Array] {
  const cut = (from: number) =>
    Int32Array.from({ length: B * T }, (_, k) => rows[Math.floor(k / T) * (T + 1) + (k % T) + from]);
  return [cut(0), cut(1)];
}

describe("rnnForward and rnnBackward", () => {
  const { batchSize, timesteps, tokens } = charRnnFixture;
  const start = arraysOf(charRnnFixture.start, PRECISIONS[0].make) as Arrays<Float64Array>;
  const { Wx, Wh, b, Wy, by } = start;
  const [ids, targets] = inputsAndTargets(tokens[0], batchSize, timesteps);
  const sizes = { batchSize, timesteps };
  const lossOf = (input: SequenceInput<Float64Array>, mask?: number[]) => {
    const run = rnnForward(input, { Wx, Wh, b });
    return { run, head: linearCrossEntropyForward(run.h, { Wy, by }, targets, mask) };
  };

  it("is a token the same as its one-hot vector?", () => {
    const V = by.length;
    const x = new Float64Array(ids.length * V);
    ids.forEach((token, k) => (x[k * V + token] = 1));
    const byToken = lossOf({ tokens: ids, ...sizes });
    const byVector = lossOf({ x, ...sizes });
    expect(byToken.head.loss).toBeCloseTo(byVector.head.loss, 14);
    const gradient = (side: typeof byToken) =>
      rnnBackward(side.run, linearCrossEntropyBackward(side.head).dh);
    const names = ["dWx", "dWh", "db", "dh0"];
    expectClose(gradient(byToken), gradient(byVector) as unknown as Arrays<Float64Array>, names, 1e-12);
  });

  it.each([
    ["all tokens", undefined],
    ["a mask", ids.map((_, k) => +(k % 3 > 0))],
  ])(
    // prettier-ignore
    "do central differences of the loss agree with every gradient (%s)?",
    (_, masked) => {
      const mask = masked && [...masked];
      const loss = () => lossOf({ tokens: ids, ...sizes }, mask).head.loss;
      const { run, head } = lossOf({ tokens: ids, ...sizes }, mask);
      const { dh, ...output } = linearCrossEntropyBackward(head);
      const gradients = { ...output, ...rnnBackward(run, dh) } as unknown as Arrays<Float64Array>;
      for (const [name, u] of Object.entries(start)) {
        for (let k = 0; k < u.length; k++) {
          const centre = u[k];
          u[k] = centre + 1e-5;
          const above = loss();
          u[k] = centre - 1e-5;
          const below = loss();
          u[k] = centre;
          expect(gradients[`d${name}`][k]).toBeCloseTo((above - below) / 2e-5, 8);
        }
      }
    },
  );

  it("does a sequence equal its steps taken one by one?", () => {
    const [{ x, h0 }, T, D, H] = [arraysOf(sequenceFixtures[0], PRECISIONS[0].make), 6, 4, 7];
    const params = arraysOf(sequenceFixtures[0], PRECISIONS[0].make) as unknown as Parameters<
      typeof rnnStep
    >[2];
    const run = rnnForward({ x, batchSize: 3, timesteps: T }, params, { h0 });
    const pick = (u: Floats, t: number, n: number) =>
      Float64Array.from({ length: 3 * n }, (_, k) => u[(Math.floor(k / n) * T + t) * n + (k % n)]);
    let h = h0;
    for (let t = 0; t < T; t++) {
      h = rnnStep(pick(x, t, D), h, params);
      expectClose({ h }, { h: pick(run.h, t, H) }, ["h"], 1e-12);
    }
  });

  it("does it say which token or size is wrong?", () => {
    const bad = Int32Array.from(ids);
    bad[4] = 77;
    expect(() => rnnForward({ tokens: bad, ...sizes }, { Wx, Wh, b })).toThrow(
      "rnn: expected tokens of 0 … 4, got 77 at row 0, step 4",
    );
    expect(() => rnnForward({ tokens: ids, ...sizes }, { Wx, Wh: Wx, b })).toThrow(
      "rnn: expected Wh of shape [H=7, H=7] (49 numbers), got 35 numbers",
    );
    expect(() => rnnStep(Wx, Wh, { Wx: by, Wh, b })).toThrow("rnnStep: expected Wx of shape [D=5, H=7]");
    const { h } = rnnForward({ tokens: ids, ...sizes }, { Wx, Wh, b });
    const none = targets.map(() => 0);
    expect(() => linearCrossEntropyForward(h, { Wy, by }, targets, none)).toThrow("keeps at least one token");
    expect(() => linearCrossEntropyForward(h, { Wy, by }, bad)).toThrow(
      "expected targets of 0 … 4, got 77 at 4",
    );
  });
});
