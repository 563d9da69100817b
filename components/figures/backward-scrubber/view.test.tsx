import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { rnnBackward, rnnForward } from "#src/nn/ref/rnn-sequence.ts";
import { createRng } from "#src/util/rng.ts";
import { backwardSteps, distance, isCut, sumOf } from "./backward.ts";
import { type BackwardScrubberData, describe, schema } from "./schema.ts";
import { signed, View } from "./view.tsx";

const [T, D, H] = [5, 2, 3];
const rng = createRng(3);
const normals = (n: number) => Float64Array.from({ length: n }, () => rng.normal());
const params = { Wx: normals(D * H), Wh: normals(H * H), b: normals(H) };
const x = normals(T * D);
const dh = normals(T * H);
const run = rnnForward({ x, batchSize: 1, timesteps: T }, params);
const part = (all: Float64Array, t: number, n: number) => [...all.subarray(t * n, (t + 1) * n)];
const data: BackwardScrubberData = {
  title: "Who is to blame?",
  steps: Array.from({ length: T }, (_, t) => ({
    input: "abcde"[t],
    x: part(x, t, D),
    h: part(run.h, t, H),
    dh: part(dh, t, H),
    loss: t + 0.5,
    dlogits: [0.5, -0.5],
  })),
  params: { Wx: [...params.Wx], Wh: [...params.Wh], b: [...params.b] },
  window: 2,
};

suite("the backward scrubber", () => {
  test("adds up to the gradients of the reference, when nothing is cut", () => {
    const steps = backwardSteps(data, T);
    const expected = rnnBackward(run, dh);
    const flat = (name: "Wh" | "Wx" | "b") => sumOf(steps, name).flat();
    flat("Wh").forEach((value, k) => expect(value).toBeCloseTo(expected.dWh[k]!, 12));
    flat("Wx").forEach((value, k) => expect(value).toBeCloseTo(expected.dWx[k]!, 12));
    flat("b").forEach((value, k) => expect(value).toBeCloseTo(expected.db[k]!, 12));
  });

  test("is a window the same as separate sequences that start from the carried state?", () => {
    const first = rnnForward({ x: x.slice(0, 2 * D), batchSize: 1, timesteps: 2 }, params);
    const second = rnnForward({ x: x.slice(2 * D, 4 * D), batchSize: 1, timesteps: 2 }, params, {
      h0: first.h.slice(H),
    });
    const expected = rnnBackward(second, dh.slice(2 * H, 4 * H)).dWh;
    const found = sumOf(backwardSteps(data, 2).slice(2, 4), "Wh").flat();
    found.forEach((value, k) => expect(value).toBeCloseTo(expected[k]!, 12));
  });

  test("does a window leave the gradient of W_y alone?", () => {
    const [cut, full] = [1, T].map((tau) => sumOf(backwardSteps(data, tau!), "Wy"));
    expect(distance(cut!, full!)).toBe(0);
  });

  test("where does a window of two steps end?", () => {
    expect([1, 2, 3, 4, 5].filter((t) => isCut(t, 2, 5))).toEqual([2, 4]);
    expect([1, 2, 3, 4].filter((t) => isCut(t, 2, 4))).toEqual([2]);
  });

  test("says in words what it shows", () => {
    expect(describe(data)).toBe(
      "Who is to blame? 5 time steps with a loss at every step; the gradient of each weight is a sum over the steps. " +
        "The gradient is cut after every 2 steps.",
    );
  });

  test("draws three matrices with one reachable cell each, and a table", () => {
    const html = renderToString(<View data={data} id="a-" />);
    expect(html.match(/role="grid"/g)).toHaveLength(3);
    expect(html.match(/tabindex="0" aria-label="1, 1:/g)).toHaveLength(3);
    expect(html).toContain("Sum of steps 5 … 3");
    expect(html).not.toMatch(/NaN|Infinity/);
  });

  test("draws a run without any gradient", () => {
    const still = { ...data, steps: data.steps.map((step) => ({ ...step, dh: [0, 0, 0] })) };
    expect(renderToString(<View data={still} id="a-" />)).not.toMatch(/NaN|Infinity/);
  });

  test.each([
    [0, "0"],
    [0.126, "+0.13"],
    [-0.004, "0.00"],
    [-0.5, "−0.50"],
    [-12345, "−1.2e+4"],
  ])("prints %s as %s", (value, text) => expect(signed(value)).toBe(text));

  test("refuses data that it cannot draw", () => {
    expect(schema.safeParse(data).success).toBe(true);
    expect(schema.safeParse({ ...data, steps: [] }).success).toBe(false);
    expect(schema.safeParse({ ...data, window: 0 }).success).toBe(false);
  });
});
