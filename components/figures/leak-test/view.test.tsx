import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { describe, leaksOf, type LeakTestData, schema } from "./schema.ts";
import { View } from "./view.tsx";

const data: LeakTestData = {
  title: "Who saw the future?",
  columns: ["a", "b", "c"],
  models: [
    {
      label: "one direction",
      changes: [
        [0.5, 0.2, 0.1],
        [0, 0.4, 0.1],
        [0, 0, 0.3],
      ],
    },
    {
      label: "two directions",
      changes: [
        [0.5, 0.2, 0.1],
        [0.1, 0.4, 0.1],
        [0, 0.00002, 0.3],
      ],
    },
  ],
};

suite("the leak test", () => {
  test("counts only outputs before the changed input", () => {
    expect(data.models.map(leaksOf)).toEqual([
      { leaks: 0, of: 3, largest: 0 },
      { leaks: 2, of: 3, largest: 0.1 },
    ]);
  });

  test("says in words who leaks", () => {
    expect(describe(data)).toBe(
      "Who saw the future? one direction: no output changes before the changed input, in 3 cases; " +
        "two directions: an earlier output changes in 2 of 3 cases, by up to 0.1.",
    );
  });

  test("colours nothing that is exactly zero, however small the rest", () => {
    const html = renderToString(<View data={data} id="a-" />);
    const cell = (name: string) => new RegExp(`--strength:(\\d+)%[^>]*aria-label="${name}"`).exec(html)?.[1];
    expect(cell("3 c, a: 0")).toBe("0");
    expect(Number(cell("3 c, b: 2.0e-5"))).toBeGreaterThan(5);
    expect(html.match(/is-marked/g)).toHaveLength(6);
  });

  test("draws models that never move", () => {
    const still = { ...data, models: [{ label: "stone", changes: data.columns.map(() => [0, 0, 0]) }] };
    expect(renderToString(<View data={still} id="a-" />)).not.toMatch(/NaN|Infinity/);
  });

  test("refuses a matrix that is not square", () => {
    expect(schema.safeParse(data).success).toBe(true);
    const short = { ...data, models: [{ label: "x", changes: [[0, 0, 0]] }] };
    expect(schema.safeParse(short).success).toBe(false);
  });
});
