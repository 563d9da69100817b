import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { decidedAt, describe, type DigitReaderData, likeliest, schema } from "./schema.ts";
import { View } from "./view.tsx";

const rows = [0, 1, 2, 3].map((top) => ({ top, left: 0, height: 1, width: 4 }));
const data: DigitReaderData = {
  title: "When does it know?",
  classes: ["0", "1"],
  truth: 1,
  image: [
    [0, 1, 0, 0],
    [0, 1, 0, 0],
    [0, 0.5, 0, 0],
    [0, 1, 0, 0],
  ],
  readings: [
    {
      label: "row by row",
      windows: rows,
      probs: [
        [0.6, 0.4],
        [0.3, 0.7],
        [0.2, 0.8],
        [0.1, 0.9],
      ],
    },
    { label: "by glimpses", windows: rows.slice(0, 1), probs: [[0.9, 0.1]] },
  ],
};

suite("the digit reader", () => {
  test("says what each way of reading ends with, and since when it has known", () => {
    expect(describe(data)).toBe(
      "When does it know? A 1. row by row: after 4 looks it says 1 with 90 %, and has known it since look 2; " +
        "by glimpses: after 1 looks it says 0 with 90 %.",
    );
    expect(data.readings.map((reading) => decidedAt(reading, 1))).toEqual([2, undefined]);
    expect(likeliest([0.2, 0.5, 0.3])).toBe(1);
  });

  test("shows the whole picture at the end, the last look framed, and all probabilities in the table", () => {
    const html = renderToString(<View data={data} id="d-" />);
    expect(html).toContain('aria-label="A 1, 4 of 4 looks taken"');
    expect(html).not.toMatch(/digit-covered" d="M/);
    expect(html).toContain("<td>0.90</td>");
  });

  test("refuses a look without probabilities", () => {
    const [reading] = data.readings;
    const bad = { ...data, readings: [{ ...reading, probs: [] }] };
    expect(schema.safeParse(bad).success).toBe(false);
  });
});
