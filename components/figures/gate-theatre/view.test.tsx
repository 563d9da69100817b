import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { describe, type GateTheatreData, schema, strengthIn } from "./schema.ts";
import { View } from "./view.tsx";

const data: GateTheatreData = {
  title: "What does each unit keep?",
  text: ["a", " ", "b"],
  units: ["3", "7"],
  quantities: [
    {
      name: "f",
      values: [
        [0.1, 0.9, 0.5],
        [0.2, 0.3, 1],
      ],
    },
    {
      name: "c",
      values: [
        [-2, 0, 1],
        [0.5, 0.5, 0.5],
      ],
    },
  ],
};

suite("the gate theatre", () => {
  test("says mean and largest value of each quantity", () => {
    expect(describe(data)).toBe(
      "What does each unit keep? 2 units over 3 characters. forget gate f mean 0.50, largest 1.00 in unit 7 at “b” (3); " +
        "cell state c mean 0.08, largest 1.00 in unit 3 at “b” (3).",
    );
  });

  test("has one reachable cell, every gate to choose, and the chosen unit's numbers in the table", () => {
    const html = renderToString(<View data={data} id="g-" />);
    expect(html.match(/role="gridcell"[^>]*tabindex="0"/g)).toHaveLength(1);
    expect(html.match(/type="radio"/g)).toHaveLength(2);
    expect(html).toContain('aria-label="3, ␣: 0.90"');
    expect(html).toContain("<td>-2.000</td>");
  });

  test("colours gates by their value and states by their sign and size", () => {
    expect(strengthIn(data.quantities[0]!)(0.4)).toBe(0.4);
    expect(strengthIn(data.quantities[1]!)(-1)).toBe(-0.5);
  });

  test("refuses a row that is too short", () => {
    const bad = { ...data, text: ["a", "b"] };
    expect(schema.safeParse(bad).error?.issues[0]?.message).toContain("a number for every character");
  });
});
