import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { type AlignmentMapData, describe, frameAt, schema } from "./schema.ts";
import { View } from "./view.tsx";

const frames = [
  {
    iteration: 0,
    weights: [
      [0.5, 0.5, 0],
      [0.4, 0.6, 0],
    ],
  },
  {
    iteration: 50,
    weights: [
      [0.9, 0.1, 0],
      [0.125, 0.875, 0],
    ],
  },
];
const data: AlignmentMapData = {
  title: "Where does each output look?",
  examples: [
    {
      source: ["a", "b", "·"],
      target: ["A", "B"],
      known: [[0], [1]],
      maps: [{ label: "attention", frames }],
    },
    {
      source: ["c"],
      target: ["C"],
      maps: [{ label: "attention", frames: [{ iteration: 0, weights: [[1]] }] }],
    },
  ],
};

suite("the alignment map", () => {
  test("says where each output looks most at the end", () => {
    expect(describe(data)).toBe(
      "Where does each output look? Reading “a b ·”, each output looks most: A at a (0.90), B at b (0.88). " +
        "Reading “c”, each output looks most: C at c (1.00).",
    );
  });

  test("starts at the last moment, with one reachable cell, the true places outlined and every number in the table", () => {
    const html = renderToString(<View data={data} id="a-" />);
    expect(html.match(/role="gridcell"[^>]*tabindex="0"/g)).toHaveLength(1);
    expect(html.match(/is-marked/g)).toHaveLength(2);
    expect(html).toContain('aria-label="B, b: 0.875"');
    expect(html).toContain(", where it truly comes from");
    expect(html).toContain("<td>0.88</td>");
    expect(html).toContain('name="a-example"');
    expect(html).toContain("Training iteration");
  });

  test("shows the last frame that is not later than the moment", () => {
    const [map] = data.examples[0].maps;
    expect(frameAt(map, 49).iteration).toBe(0);
    expect(frameAt(map, 50).iteration).toBe(50);
  });

  test("refuses weights that do not fit the words", () => {
    const [example] = data.examples;
    const bad = { ...data, examples: [{ ...example, target: ["A"] }] };
    expect(schema.safeParse(bad).error?.issues[0]?.message).toContain("a row for each output");
  });
});
