import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { byRatio, describe, type RatioExplorerData, ratioText, schema } from "./schema.ts";
import { View } from "./view.tsx";

const data: RatioExplorerData = {
  title: "Which words tell ice from steam?",
  pairs: [
    {
      a: "ice",
      b: "steam",
      probes: [
        { word: "water", pa: 0.003, pb: 0.0022 },
        { word: "gas", pa: 0.000066, pb: 0.00078 },
        { word: "solid", pa: 0.00019, pb: 0.000022 },
      ],
    },
    { a: "war", b: "peace", probes: [{ word: "cold", pa: 0.01, pb: 0.001 }] },
  ],
};

suite("the ratio explorer", () => {
  test("orders words from the one to the other, and says it in words", () => {
    expect(byRatio(data.pairs[0]!).map(({ word }) => word)).toEqual(["solid", "water", "gas"]);
    expect(describe(data)).toBe(
      "Which words tell ice from steam? P(k|ice) / P(k|steam): from solid 8.6 to gas 0.085. 2 pairs of words in all.",
    );
  });

  test("draws the first pair and the weighting without a script", () => {
    const html = renderToString(<View data={data} id="a-" />);
    for (const text of ["solid", "8.6", "goes with", "f(X) = 1 from 10 on", "0.178"])
      expect(html).toContain(text);
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
  });

  test("stands a single word with the ratio 1", () => {
    const pairs = [{ a: "a", b: "b", probes: [{ word: "the", pa: 0.1, pb: 0.1 }] }];
    expect(renderToString(<View data={{ ...data, pairs }} id="a-" />)).not.toMatch(/NaN|Infinity/);
    expect(ratioText(1)).toBe("1");
  });

  test("refuses a probability of 0, whose ratio nobody can draw", () => {
    expect(schema.safeParse(data).success).toBe(true);
    const pairs = [{ a: "a", b: "b", probes: [{ word: "the", pa: 0, pb: 0.1 }] }];
    expect(schema.safeParse({ ...data, pairs }).success).toBe(false);
  });
});
