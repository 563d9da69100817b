import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { describe, momentsOf, schema, shownAt, type UnrolledGraphData } from "./schema.ts";
import { nodeOf, View } from "./view.tsx";

const data: UnrolledGraphData = {
  title: "Two steps",
  inputs: ["a", "b"],
  outputs: ["a", "b"],
  targets: ["b", "a"],
  x: [
    [1, 0],
    [0, 1],
  ],
  h: [[0], [0.5], [-0.25]],
  y: [
    [0.4, 0.6],
    [0.7, 0.3],
  ],
  error: [
    [0.4, -0.4],
    [-0.3, 0.3],
  ],
  later: [[0.01], [0.02], [0]],
  total: [[0.01], [0.12], [0.4]],
};

suite("the unrolled graph", () => {
  test("goes forward through states and outputs and backward in the opposite order", () => {
    expect(momentsOf(2).map((m) => `${m.direction} ${m.part} ${m.t}`)).toEqual([
      "forward state 1",
      "forward output 1",
      "forward state 2",
      "forward output 2",
      "backward output 2",
      "backward state 2",
      "backward output 1",
      "backward state 1",
    ]);
  });

  test("shows no vector before it is computed, and its gradient once it is there", () => {
    const [first, , , , back, further] = momentsOf(2);
    expect(shownAt(data, first!, "y", 1).isKnown).toBe(false);
    expect(shownAt(data, first!, "h", 1)).toEqual({ values: [0.5], isGradient: false, isKnown: true });
    expect(shownAt(data, first!, "h", 0).isKnown).toBe(true);
    expect(shownAt(data, back!, "h", 2)).toEqual({ values: [0.4], isGradient: true, isKnown: true });
    expect(shownAt(data, back!, "h", 1).isGradient).toBe(false);
    expect(shownAt(data, further!, "h", 1).values).toEqual([0.02]);
  });

  test("lights the node that a moment computes", () => {
    expect(nodeOf({ direction: "forward", part: "output", t: 2 })).toEqual({ kind: "y", t: 2 });
    expect(nodeOf({ direction: "backward", part: "state", t: 2 })).toEqual({ kind: "h", t: 1 });
  });

  test("starts at the last output, with its equation, its line of code and its numbers", () => {
    const html = renderToString(<View data={data} id="a" />);
    expect(html).toContain("forward, t = 2");
    expect(html.match(/aria-current/g)).toHaveLength(1);
    expect(html).toContain("0.700");
    expect(html).not.toContain("NaN");
  });

  test("says its finding in words", () => {
    expect(describe(data)).toBe(
      "Two steps. step 1 reads a and gives b the probability 0.60; step 2 reads b and gives a the probability 0.70. " +
        "The gradient has size 0.4 at the last hidden state and 0.01 at h₀.",
    );
  });

  test("refuses rows that do not belong together", () => {
    expect(schema.safeParse(data).success).toBe(true);
    expect(schema.safeParse({ ...data, h: data.h.slice(1) }).success).toBe(false);
  });
});
