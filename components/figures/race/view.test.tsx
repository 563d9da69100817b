import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { describe, pointAt, type RaceData, schema, shortNumber } from "./schema.ts";
import { View } from "./view.tsx";

const points = [
  { x: 100, low: 0.15, middle: 0.17, high: 0.2 },
  { x: 200, low: 0.001, middle: 0.002, high: 0.01 },
];
const data: RaceData = {
  title: "Who can add?",
  quantity: "squared error",
  against: "iteration",
  seeds: 5,
  baseline: { label: "always saying 1", value: 1 / 6 },
  runners: [
    { label: "LSTM", kind: "lstm", points },
    { label: "RNN", kind: "rnn", points: points.slice(0, 1) },
  ],
};

suite("the race", () => {
  test("says where everybody ends, and what guessing gives", () => {
    expect(describe(data)).toBe(
      "Who can add? squared error, median and range over 5 seeds: LSTM 0.002 (0.001 to 0.01) at iteration 200; " +
        "RNN 0.17 (0.15 to 0.2) at iteration 100. always saying 1: 0.167.",
    );
  });

  test("draws a line and a band for each, and has every number in its table", () => {
    const html = renderToString(<View data={data} id="r-" />);
    expect(html.match(/race-band/g)).toHaveLength(2);
    expect(html).toContain("<td>0.002 (0.001–0.01)</td>");
    expect(html).toContain("always saying 1");
    expect(html).not.toContain("NaN");
  });

  test("shows the last point that is not later, and numbers in three digits", () => {
    expect(pointAt(data.runners[0]!, 150).x).toBe(100);
    expect([0, 0.00012, 0.1234, 7].map(shortNumber)).toEqual(["0", "1.2e-4", "0.123", "7"]);
  });

  test("refuses a race without runners", () => {
    expect(schema.safeParse({ ...data, runners: [] }).success).toBe(false);
  });
});
