import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { lastOf, momentAfter } from "./learn.ts";
import { describe, type PairNetworkData, schema } from "./schema.ts";
import { View } from "./view.tsx";

const data: PairNetworkData = {
  title: "What does one pair move?",
  words: ["cat", "dog", "bread"],
  pairs: [
    [0, 1],
    [1, 0],
    [2, 2],
  ],
  input: [0.1, 0.2, -0.1, 0.1, 0.2, -0.2],
  output: [0, 0, 0, 0, 0, 0],
  rate: 0.5,
  passes: 20,
};
const show = (own = data) => renderToString(<View data={own} id="a-" />);

suite("the pair network", () => {
  test("begins with every word alike, and says what learning the pair will change", () => {
    const html = show();
    expect(html).toContain("0.333");
    expect(html).toContain("cat → dog");
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
    expect(momentAfter(data, 0).after).toBeGreaterThan(1 / 3);
  });

  test("moves by the rate against the gradient, and only the centre word's vector", () => {
    const { input, output, moved, prediction } = momentAfter(data, 0);
    expect(moved.output[2]).toBeCloseTo(output[2]! - 0.5 * prediction.dU[2]!, 12);
    expect([...moved.input.subarray(2)]).toEqual([...input.subarray(2)]);
    expect(momentAfter(data, 1).output).toEqual(moved.output);
  });

  test("learns: the loss of a pass falls", () => {
    expect(momentAfter(data, lastOf(data)).meanLoss).toBeLessThan(momentAfter(data, 3).meanLoss! / 2);
  });

  test("says in words what it shows", () => expect(describe(data)).toContain("learns 3 pairs of neighbours"));

  test("refuses data that it cannot draw", () => {
    expect(schema.safeParse(data).success).toBe(true);
    expect(schema.safeParse({ ...data, input: [1, 2, 3, 4] }).success).toBe(false);
    expect(schema.safeParse({ ...data, pairs: [[0, 7]] }).success).toBe(false);
  });
});
