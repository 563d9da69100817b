import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { describe, frameAt, type GradientMicroscopeData, schema, shortNumber } from "./schema.ts";
import { View } from "./view.tsx";

const data: GradientMicroscopeData = {
  title: "How far back does it reach?",
  series: [
    {
      label: "RNN",
      kind: "rnn",
      frames: [
        { iteration: 0, norms: [0.1, 0.2, 0.4] },
        { iteration: 10, norms: [1e-6, 1e-3, 0.5] },
      ],
    },
    { label: "Bound", kind: "bound", frames: [{ iteration: 0, norms: [0.2, 0.3, 0.5] }] },
  ],
};
const show = (own = data) => renderToString(<View data={own} id="a-" />);

suite("the gradient microscope", () => {
  test("says its finding in words, without the bound", () => {
    expect(describe(data)).toBe(
      "How far back does it reach? Size of the gradient at the hidden state: RNN: 0.5 at step 3, 1.0e-6 at step 1.",
    );
  });

  test("starts at the last iteration and the first step, and can be read as a table", () => {
    const html = show();
    expect(html).toContain("2 steps back");
    expect(html).toContain("1.0e-6");
    expect(html.match(/<tr/g)).toHaveLength(4);
  });

  test("has no player when there is one moment only", () => {
    expect(show()).toContain("Training iteration");
    const once = { ...data, series: data.series.map((one) => ({ ...one, frames: one.frames.slice(0, 1) })) };
    expect(show(once)).not.toContain("Training iteration");
  });

  test("draws nothing that is no number, and says what it is", () => {
    const broken = {
      ...data,
      series: [{ ...data.series[0]!, frames: [{ iteration: 0, norms: [0, Infinity, NaN] }] }],
    };
    expect(show(broken)).not.toMatch(/(?:cx|cy|d)="[^"]*(?:NaN|Infinity)/);
  });

  test("ends a line that falls under its axis, and says so", () => {
    const only = (norms: number[]) => ({
      ...data,
      series: [{ ...data.series[0]!, frames: [{ iteration: 0, norms }] }],
    });
    const points = (html: string) => /<path d="([^"]*)"/.exec(html)![1]!.split("L").length;
    expect(points(show(only([1e-20, 1e-18, 1e-9, 1])))).toBe(2);
    expect(show(only([1e-20, 1e-18, 1e-9, 1]))).toContain("has fallen under 10⁻¹⁶");
    expect(points(show(only([1e-12, 1e-9, 1e-5, 1])))).toBe(4);
    expect(show(only([1e-12, 1e-9, 1e-5, 1]))).not.toContain("fallen under");
  });

  test("takes the frame that is not later than the moment asked for", () => {
    expect(frameAt(data.series[0]!, 9).iteration).toBe(0);
    expect(frameAt(data.series[0]!, 10).iteration).toBe(10);
    expect(frameAt(data.series[0]!, -1).iteration).toBe(0);
  });

  test.each([
    [0, "0"],
    [0.0039, "0.0039"],
    [0.00039, "3.9e-4"],
    [0.12345, "0.123"],
    [4567, "4.6e+3"],
    [NaN, "not a number"],
    [Infinity, "infinite"],
  ])("prints %s as %s", (value, text) => expect(shortNumber(value)).toBe(text));

  test("refuses data that it cannot draw", () => {
    expect(schema.safeParse(data).success).toBe(true);
    expect(schema.safeParse({ ...data, series: [] }).success).toBe(false);
    expect(schema.safeParse({ ...data, series: [{ ...data.series[0], kind: "tree" }] }).success).toBe(false);
  });
});
