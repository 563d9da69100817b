import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { describe, type LayerTimeMapData, schema, shortNumber, strengthIn } from "./schema.ts";
import { View } from "./view.tsx";

const data: LayerTimeMapData = {
  title: "Which layers are busy?",
  columns: ["a", "b", "c"],
  maps: [
    {
      label: "activity",
      quantity: "mean |h|",
      values: [
        [0.1, 0.2, 0.4],
        [0.3, 0, 0.2],
      ],
    },
    {
      label: "gradient",
      quantity: "‖∂L/∂h‖",
      scale: "log",
      values: [
        [1e-9, 1e-3, 1],
        [0, 1e-2, 1],
      ],
    },
  ],
};

suite("the layer × time map", () => {
  test("says where each quantity is largest and smallest", () => {
    expect(describe(data)).toBe(
      "Which layers are busy? 3 time steps. " +
        "activity: mean |h| from 0 (layer 2, step 2) to 0.4 (layer 1, step 3); " +
        "gradient: ‖∂L/∂h‖ from 0 (layer 2, step 1) to 1 (layer 1, step 3).",
    );
  });

  test("draws the last layer at the top, with one reachable cell, the last step of it", () => {
    const html = renderToString(<View data={data} id="a-" />);
    expect(html.indexOf("layer 2")).toBeLessThan(html.indexOf("layer 1"));
    expect(html.match(/tabindex="0" aria-label="layer 2, c: 0.2"/g)).toHaveLength(1);
    expect(html).not.toMatch(/NaN|Infinity/);
  });

  test("offers a choice only where there is one, by names of its own on a page", () => {
    expect(renderToString(<View data={data} id="a-" />)).toContain('name="a-map"');
    const single = { ...data, maps: data.maps.slice(0, 1) };
    expect(renderToString(<View data={single} id="a-" />)).not.toContain("radio");
  });

  test("does a logarithmic colour reach six powers of ten down?", () => {
    const strength = strengthIn(data.maps[1]!);
    expect([0, 1e-9, 1e-3, 1].map(strength)).toEqual([0, 0.08, expect.closeTo(0.54, 6), 1]);
  });

  test("does a map of zeros have a colour?", () => {
    const still = { ...data.maps[0]!, values: [[0, 0, 0]] };
    expect(strengthIn(still)(0)).toBe(0);
    expect(strengthIn({ ...still, scale: "log" })(0)).toBe(0);
  });

  test.each([
    [0.0039, "0.0039"],
    [0.00039, "3.9e-4"],
    [12.345, "12.3"],
  ])("prints %s as %s", (value, text) => expect(shortNumber(value)).toBe(text));

  test("refuses rows that do not fit the columns, and values below zero", () => {
    expect(schema.safeParse(data).success).toBe(true);
    expect(schema.safeParse({ ...data, columns: ["a", "b"] }).success).toBe(false);
    expect(schema.safeParse({ ...data, maps: [{ ...data.maps[0], values: [[1, 2, -1]] }] }).success).toBe(
      false,
    );
  });
});
