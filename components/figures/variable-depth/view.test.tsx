import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { heights } from "./drawing.tsx";
import { describe, ownParameters, schema, sharedParameters, type VariableDepthData } from "./schema.ts";
import { View } from "./view.tsx";

const data: VariableDepthData = {
  title: "Late layers learn rarely",
  inputSize: 3,
  hiddenSize: 2,
  sentences: 10,
  layers: [
    { reached: 10, gradient: 1 },
    { reached: 6, gradient: 2 },
    { reached: 1, gradient: 0.5 },
  ],
  shared: { reached: 10, gradient: 3.5 },
};

suite("the variable-depth figure", () => {
  test("counts the weights of both networks", () => {
    expect(ownParameters(data, 1)).toBe(3 * 2 + 2);
    expect(ownParameters(data, 3)).toBe(8 + 2 * 12);
    expect(sharedParameters(data)).toBe(12);
  });

  test("says what the last layer costs and how often it learns", () => {
    expect(describe(data)).toBe(
      "Late layers learn rarely. A layer for each of 3 tokens needs 32 parameters, shared weights 12. Of 10 sentences, " +
        "10 give layer 1 a gradient and 1 give one to layer 3; the shared weights get one from 10.",
    );
  });

  test("starts at the longest sentence and has a table with every layer", () => {
    const html = renderToString(<View data={data} id="a" />);
    expect(html).toContain("T = 3");
    expect(html).toContain("10 %");
    expect(html.match(/<tr/g)).toHaveLength(5);
    expect(html).not.toMatch(/NaN|Infinity/);
  });

  test("shows how often or how strongly a layer was trained", () => {
    expect(heights(data, "often")).toEqual({ own: [1, 0.6, 0.1], shared: 1 });
    expect(heights(data, "strongly").own[1]).toBeCloseTo(0.2);
  });

  test("refuses data that it cannot draw", () => {
    expect(schema.safeParse(data).success).toBe(true);
    expect(schema.safeParse({ ...data, layers: [] }).success).toBe(false);
    expect(schema.safeParse({ ...data, sentences: 0 }).success).toBe(false);
  });
});
