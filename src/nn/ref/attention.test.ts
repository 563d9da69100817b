import { describe, expect, it } from "vitest";
import fixtures from "../fixtures/attention.json";
import transformerFixtures from "../fixtures/transformer-block.json";
import { attentionBackward, attentionForward, causalMask, type AttentionInput } from "./attention.ts";
import type { Scoring } from "./attention-scores.ts";
import type { Floats } from "./floats.ts";
import { PRECISIONS, arraysOf, dot, double, expectCentralDifferences, expectClose } from "./test-case.ts";
import { transformerBackward, transformerForward, type TransformerParams } from "./transformer-block.ts";

type Fixture = Omit<(typeof fixtures)[number], "mask"> & { mask?: number[] };
type Inputs<F extends Floats> = { queries: F; keys: F; values?: F } & Record<"Wa" | "Wq" | "Wk" | "v", F>;

/** What attentionForward takes, from a fixture; the arrays stay the same ones. */
function taken<F extends Floats>(fixture: Fixture, arrays: Inputs<F>): [AttentionInput<F>, Scoring<F>] {
  const { batchSize, timesteps, sourceLength, mask, kind } = fixture;
  const { queries, keys, values, ...weights } = arrays;
  const input = { queries, keys, values, batchSize, timesteps, sourceLength, mask };
  return [input, { kind, ...weights } as Scoring<F>];
}

describe.each(PRECISIONS)("in $name precision", ({ make, tolerance }) => {
  it.each(fixtures as Fixture[])(
    "does attention ($kind, B=$batchSize, T=$timesteps, S=$sourceLength) give PyTorch's numbers and gradients?",
    (fixture) => {
      const run = attentionForward(...taken(fixture, arraysOf<Floats, Inputs<Floats>>(fixture.inputs, make)));
      expectClose(run, fixture.outputs, tolerance);
      const { dcontext, dalpha } = fixture.upstream;
      expectClose(attentionBackward(run, make(dcontext), make(dalpha)), fixture.gradients, tolerance);
    },
  );

  type Block<F extends Floats> = TransformerParams<F> & { x: F };
  type BlockFixture = Omit<(typeof transformerFixtures)[number], "mask"> & { mask?: number[] };
  it.each(transformerFixtures as BlockFixture[])(
    "does a transformer block ($heads heads, causal: $isCausal) give PyTorch's numbers and gradients?",
    ({ inputs, outputs, gradients, upstream, ...fixture }) => {
      const { x, ...params } = arraysOf<Floats, Block<Floats>>(inputs, make);
      const run = transformerForward({ x, ...fixture }, params, fixture);
      expectClose(run, outputs, tolerance);
      const { dy, dalpha } = upstream;
      expectClose(transformerBackward(run, make(dy), make(dalpha)), gradients, tolerance);
    },
  );
});

describe("attention", () => {
  const sizes = { batchSize: 2, timesteps: 2, sourceLength: 3 };
  const queries = double([1, 2, -1, 0.5, 3, -2, 0, 1]);
  const keys = double([1, 0, 0, 1, 2, -1, 0.5, 0.5, -1, 1, 1, 1]);
  const kinds: Scoring<Float64Array>[] = [
    { kind: "dot" },
    { kind: "scaled" },
    { kind: "general", Wa: double([1, -2, 0.5, 3]) },
    { kind: "additive", Wq: double([1, -2, 0.5, 3]), Wk: double([0, 1, -1, 2]), v: double([1, -1]) },
  ];

  it.each(kinds)("do masked keys get exactly 0 and the others a sum of 1 ($kind)?", (scoring) => {
    const mask = [1, 0, 1, 0, 0, 1];
    const { alpha } = attentionForward({ queries, keys, mask, ...sizes }, scoring);
    alpha.forEach((each, n) => mask[Math.floor(n / 6) * 3 + (n % 3)] || expect(each).toBe(0));
    for (let n = 0; n < 12; n += 3) expect(alpha[n] + alpha[n + 1] + alpha[n + 2]).toBeCloseTo(1, 14);
  });

  it.each(kinds)(
    "does a query that may see nothing get zeros and no NaN, backward too ($kind)?",
    (scoring) => {
      const mask = [0, 0, 0, 1, 1, 1];
      const run = attentionForward({ queries, keys, mask, ...sizes }, scoring);
      expect([...run.alpha.slice(0, 6), ...run.context.slice(0, 4)]).toEqual(Array(10).fill(0));
      const gradients = attentionBackward(
        run,
        run.context.map(() => 1),
      );
      for (const [name, u] of Object.entries(gradients)) expect(u.every(Number.isFinite), name).toBe(true);
      expect(gradients.dkeys.slice(0, 6).every((u) => u === 0)).toBe(true);
    },
  );

  it("does a masked key's own number not matter, even a huge one?", () => {
    const mask = [1, 0, 1, 1, 1, 1];
    const { alpha } = attentionForward({ queries, keys, mask, ...sizes }, { kind: "dot" });
    const wild = keys.slice();
    wild[2] = 1e300;
    expect(attentionForward({ queries, keys: wild, mask, ...sizes }, { kind: "dot" }).alpha).toEqual(alpha);
  });

  it("do huge scores neither overflow nor give NaN?", () => {
    const { alpha } = attentionForward({ queries: queries.map((u) => u * 1e6), keys, ...sizes }, kinds[0]);
    expect(alpha.every((each) => each >= 0 && each <= 1)).toBe(true);
  });

  it.each(kinds)("do central differences agree when keys and values are the same ($kind)?", (scoring) => {
    const { kind: _, ...weights } = scoring;
    const forward = () => attentionForward({ queries, keys, mask: [1, 0, 1, 1, 1, 1], ...sizes }, scoring);
    const loss = () => dot(forward().context, forward().context) / 2;
    const run = forward();
    expectCentralDifferences(loss, { queries, keys, ...weights }, attentionBackward(run, run.context));
  });

  it("what does a causal mask let each step see?", () => {
    expect([...causalMask(1, 3)]).toEqual([1, 0, 0, 1, 1, 0, 1, 1, 1]);
    expect([...causalMask(2, 2, [0, 1, 1, 0])]).toEqual([0, 0, 0, 1, 1, 0, 1, 0]);
  });

  it("does it say which size is wrong?", () => {
    const from =
      (wrong: object, scoring = kinds[0]) =>
      () =>
        attentionForward({ queries, keys, ...sizes, ...wrong }, scoring);
    expect(from({ mask: [1, 1] })).toThrow(
      "attention: expected mask of shape [B=2, S=3] or [B=2, T=2, S=3], got 2 numbers",
    );
    expect(from({ queries: keys.slice(1) })).toThrow("attention: expected queries of shape [B=2, T=2, D=2]");
    expect(from({ keys: keys.slice(1) })).toThrow("attention: expected keys of shape [B=2, S=3, Dk=1]");
    expect(from({ keys: keys.slice(6) })).toThrow(
      "attention: expected keys of shape [B=2, S=3, D=2] (12 numbers)",
    );
    expect(from({ values: keys.slice(1) })).toThrow("attention: expected values of shape [B=2, S=3, Dv=1]");
    expect(from({}, { kind: "general", Wa: keys })).toThrow("attention: expected Wa of shape [D=2, Dk=2]");
    const additive = { kind: "additive", Wq: keys, Wk: keys, v: queries } as const;
    expect(from({}, additive)).toThrow("attention: expected Wq of shape [D=2, A=8] (16 numbers), got 12");
    const narrow = { ...additive, Wq: queries, v: queries.slice(4) };
    expect(from({}, narrow)).toThrow("attention: expected Wk of shape [Dk=2, A=4] (8 numbers), got 12");
    const run = attentionForward({ queries, keys, ...sizes }, kinds[0]);
    expect(() => attentionBackward(run, keys)).toThrow("attentionBackward: expected dcontext of shape [B=2");
  });
});

describe("a transformer block", () => {
  const fixture = transformerFixtures[0];
  const { x, ...params } = arraysOf<Float64Array, TransformerParams<Float64Array> & { x: Float64Array }>(
    fixture.inputs,
    double,
  );
  const { batchSize, timesteps } = fixture;

  it("does no step see a later one?", () => {
    const { y } = transformerForward({ x, batchSize, timesteps }, params, { heads: 2 });
    const later = x.slice();
    const D = x.length / batchSize / timesteps;
    for (let k = 2 * D; k < 3 * D; k++) later[k] += 1; // step 2 of row 0
    const other = transformerForward({ x: later, batchSize, timesteps }, params, { heads: 2 }).y;
    expect(other.slice(0, 2 * D)).toEqual(y.slice(0, 2 * D));
    expect(other.slice(2 * D, 3 * D)).not.toEqual(y.slice(2 * D, 3 * D));
  });

  it("does it say which size is wrong?", () => {
    const from = (input: object, heads?: number) => () =>
      transformerForward({ x, batchSize, timesteps, ...input }, params, { heads });
    expect(from({}, 3)).toThrow("transformer: expected heads that divide D=4, got 3");
    expect(from({ timesteps: 4 })).toThrow("transformer: expected x of shape [B=2, T=4, D=4] (32 numbers)");
    expect(from({ mask: [1] })).toThrow("transformer: expected mask of shape [B=2, T=3] (6 numbers), got 1");
  });
});
