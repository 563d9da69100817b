import { renderToString } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { type Bundle, SVG_MIME, VALUE_MIME, figureMime } from "#src/notebook/runtime/bundle.ts";
import type { FigureModule } from "./figure-registry.ts";
import { spotAfter, readPoints, type Line } from "./hover-points.ts";
import { createMaths } from "./maths.ts";
import { outputId } from "./output-id.ts";
import { OutputView, type OutputViewProps } from "./output-view.tsx";

const show = (bundle: Bundle, more: Partial<OutputViewProps> = {}) =>
  renderToString(
    <OutputView cell="a" outputs={[{ slot: "0", bundle }]} logs={[]} isLive={false} {...more} />,
  );

const gate: FigureModule = {
  schema: z.object({ gates: z.array(z.number()) }),
  View: ({ data, id }) => <b id={`${id}gate`}>{(data as { gates: number[] }).gates.join(" ")}</b>,
  describe: () => "Two gates, one open.",
};
const figures = { get: (name: string) => (name === "gate" ? gate : undefined) };

describe("an output", () => {
  test("is drawn by the richest part that the page knows", () => {
    const value = { type: "number", text: "1" };
    expect(show({ "text/plain": "plain", [VALUE_MIME]: value })).toContain("value-text");
    expect(show({ "text/plain": "plain", [VALUE_MIME]: value, [SVG_MIME]: ["svg", {}] })).toContain("<svg");
    expect(show({ "text/plain": "plain" })).toContain('<pre class="output-text">plain</pre>');
    expect(show({ "text/plain": "a dot", "image/png": "AA==" })).toContain('alt="a dot"');
  });

  test("has ids that no other output of the page has", () => {
    expect(outputId("char lm", "loss/1")).toBe("p-char_lm-loss_1-");
  });

  test("stands in a group that names its cell, with logs before and errors after it", () => {
    const error = { name: "Error", kind: "runtime" as const, message: "no" };
    const html = show(
      { "text/plain": "mid" },
      { logs: [{ level: "log", text: "first" }], error, progress: { value: 1 } },
    );
    expect(html).toContain('role="group" aria-label="Output of a"');
    const places = ["first", "mid", "<progress", "no</p>"].map((part) => html.indexOf(part));
    expect(places).toEqual([...places].sort((x, y) => x - y));
    expect(Math.min(...places)).toBeGreaterThan(0);
  });
});

describe("a figure", () => {
  test("is drawn by the component of its name, with its description", () => {
    const html = show({ "text/plain": "gates 0 1", [figureMime("gate")]: { gates: [0, 1] } }, { figures });
    expect(html).toContain('<b id="p-a-0-gate">0 1</b>');
    expect(html).toContain('id="p-a-0-description">Two gates, one open.</p>');
  });

  test("that nobody knows gives its text and says so", () => {
    const html = show({ "text/plain": "gates", [figureMime("beam-tree")]: {} }, { figures });
    expect(html).toContain(">gates</pre>");
    expect(html).toContain("This page has no figure named “beam-tree”, so its text stands here.");
  });

  test("with data that do not fit gives its text and the reason", () => {
    const html = show({ "text/plain": "gates", [figureMime("gate")]: { gates: ["x"] } }, { figures });
    expect(html).toContain(
      "The figure “gate” cannot draw these data, so their text stands here. At gates.0: ",
    );
  });
});

describe("a formula", () => {
  const maths = createMaths();
  const tex = (source: string) => show({ "text/plain": source, "text/latex": source }, { maths });

  test("is MathML at build", () => {
    const html = tex("\\frac{a}{b} < \\R");
    expect(html).toContain("<mfrac><mi>a</mi><mi>b</mi></mfrac><mo>&lt;</mo>");
    expect(html).toContain('<math display="block">');
    expect(html).toContain("<mi>ℝ</mi>");
  });

  test("has bold and script letters that browsers show", () => {
    const html = tex("\\mathbf{W2} \\mathcal{L} \\boldsymbol{\\alpha}");
    for (const letter of ["𝐖", "𝟐", "ℒ", "𝜶"]) expect(html).toContain(letter);
  });

  test("that is broken shows its source and the reason", () => {
    const html = tex("\\frac{a}{");
    expect(html).toContain("<pre>\\frac{a}{</pre>");
    expect(html).toContain("This formula could not be set. KaTeX parse error");
  });

  test("cannot link or load", () => {
    expect(tex("\\href{javascript:x}{a} \\includegraphics{http://x} \\htmlStyle{color:red}{y}")).not.toMatch(
      /<a[ >]| href=|<img| style=/,
    );
  });

  test("shows its source until the typesetter has come", () => {
    expect(show({ "text/plain": "x", "text/latex": "x^2" })).toContain("<pre>x^2</pre>");
  });
});

describe("the points of a chart", () => {
  const line = (points: Line["points"]): Line => ({
    group: { points } as unknown as SVGGraphicsElement,
    points,
  });
  const loss = line(readPoints('{"x":[0,1,2],"y":[5,3,2],"label":["a","b","c"]}'));
  const other = line(readPoints('{"x":[0,2],"y":[1,1],"label":["d","e"]}'));
  const after = (key: string, label?: string) => {
    const owner = [loss, other].find(({ points }) => points.some((point) => point.label === label));
    const point = owner?.points.find((one) => one.label === label);
    return spotAfter(key, [loss, other], owner && point ? { line: owner, point } : undefined)?.point.label;
  };

  test("are reached by arrow keys", () => {
    expect(after("ArrowRight")).toBe("a");
    expect(after("ArrowRight", "a")).toBe("b");
    expect(after("ArrowRight", "c")).toBe("c");
    expect(after("ArrowLeft", "b")).toBe("a");
    expect(after("End", "a")).toBe("c");
    expect(after("ArrowDown", "c")).toBe("e");
    expect(after("ArrowUp", "d")).toBe("a");
    expect(after("ArrowUp", "a")).toBeUndefined();
    expect(after("x", "a")).toBeUndefined();
  });

  test("that are broken are none", () => {
    expect(readPoints("{")).toEqual([]);
    expect(readPoints('{"x":[1],"y":["no"],"label":["a"]}')).toEqual([]);
  });
});
