import { renderToString } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import type { InspectNode, TableData } from "#src/notebook/runtime/bundle.ts";
import { Checks } from "./checks.tsx";
import { InspectValue } from "./inspect-value.tsx";
import { Log } from "./log.tsx";
import { columnFormat, numberText } from "./number-text.ts";
import { PlainText } from "./plain-text.tsx";
import { Progress } from "./progress.tsx";
import { Table } from "./table.tsx";

describe("a value", () => {
  const show = (node: InspectNode) => renderToString(<InspectValue node={node} />);

  test("that is simple is one line", () => {
    expect(show({ type: "number", text: "42" })).toContain('<span class="value-text is-number">42</span>');
  });

  test("with entries opens without script", () => {
    const children = [{ type: "number", key: "loss", text: "0.5" }];
    const html = show({ type: "Object", text: "{ loss: 0.5 }", children, more: 3 });
    expect(html).toMatch(/<details><summary>.*\{ loss: 0\.5 \}.*<\/summary><ul role="list"><li>/);
    expect(html).toContain('<span class="value-key">loss: </span>');
    expect(html).toContain("… 3 more");
  });

  test("that is a tensor shows its type and shape once", () => {
    const html = show({ type: "Tensor float32[2, 3]", text: "Tensor float32[2, 3] [[1, 2, 3], [4, 5, 6]]" });
    expect(html.match(/Tensor float32\[2, 3\]/g)).toHaveLength(1);
    expect(html).toContain("[[1, 2, 3], [4, 5, 6]]");
  });

  test("that is a text of several lines opens into its lines", () => {
    expect(show({ type: "string", text: '"one\\ntwo"' })).toContain(
      '<pre class="value-lines">one\ntwo</pre>',
    );
    expect(show({ type: "string", text: '"C:\\\\new"' })).not.toContain("<pre");
  });
});

describe("a table", () => {
  const table = (count: number, total = count): TableData => ({
    columns: ["word", "count"],
    rows: Array.from({ length: count }, (_, k) => [`w${k}`, k / 2]),
    total,
  });
  const show = (data: TableData) => renderToString(<Table table={data} id="p-a-0-" />);

  test("says how many rows it has, and names its columns", () => {
    const html = show(table(3));
    expect(html).toContain("<caption>3 rows</caption>");
    expect(html).toContain('<th scope="col">word</th><th scope="col" class="is-number">count</th>');
    expect(show(table(1))).toContain("<caption>1 row</caption>");
  });

  test("aligns the decimal points of a column", () => {
    expect(show(table(2))).toContain('<td class="is-number">0.0</td>');
    expect(show(table(2))).toContain('<td class="is-number">0.5</td>');
  });

  test("shows 20 rows at first, and the rest after a click that needs no script", () => {
    const html = show(table(25));
    expect(html.match(/class="is-rest"/g)).toHaveLength(5);
    expect(html).toContain('<input type="checkbox" id="p-a-0-all"/> Show all 25 rows');
    expect(html).toContain('tabindex="0" role="group"');
    expect(show(table(20))).not.toContain("checkbox");
  });

  test("says which rows did not travel", () => {
    const html = show(table(200, 5000));
    expect(html).toContain("<caption>5,000 rows, the first 200 of them here</caption>");
    expect(html).toContain("Show the first 200 rows");
  });

  test("leaves empty what is missing, and mixed columns to the left", () => {
    const data: TableData = { columns: ["a"], rows: [[1], ["x"], [null]], total: 3 };
    expect(show(data)).toContain("<tr><td>1</td></tr><tr><td>x</td></tr><tr><td></td></tr>");
  });

  test("with two columns of one name shows both", () => {
    expect(show({ columns: ["a", "a"], rows: [[1, 2]], total: 1 }).match(/<td/g)).toHaveLength(2);
  });
});

test("numbers have six digits at most and a true minus", () => {
  expect([0.1 + 0.2, -1.5, 1e-7, 12345678.9, -Infinity, NaN].map(numberText)).toEqual([
    "0.3",
    "−1.5",
    "1.0000e−7",
    "1.2346e+7",
    "−∞",
    "NaN",
  ]);
  expect([0.5, 0.25, 3].map(columnFormat([0.5, 0.25, 3]))).toEqual(["0.50", "0.25", "3.00"]);
});

test("progress says how far it is, in words and as a bar", () => {
  const html = renderToString(<Progress progress={{ value: 120, total: 400, label: "Training" }} />);
  expect(html).toContain('<progress aria-label="Training" value="120" max="400"></progress>');
  expect(html).toContain("120 of 400 · 30\u202f%");
});

test("progress of unknown length has no percent", () => {
  const html = renderToString(<Progress progress={{ value: 7 }} />);
  expect(html).toContain('<progress aria-label="Progress"></progress>');
  expect(html).not.toContain("%");
});

test("checks say in words what passed and what failed", () => {
  const html = renderToString(
    <Checks
      results={[
        { sentence: "The sum is 1.", passed: true },
        { sentence: "No probability is negative.", passed: false, detail: "p[2] is -0.1" },
      ]}
    />,
  );
  expect(html).toContain("1 of 2 passed");
  expect(html).toContain('<span aria-hidden="true">✓</span> passed');
  expect(html).toContain('<span aria-hidden="true">✗</span> failed');
  expect(html).toContain("p[2] is -0.1");
});

test("logs name their level and line", () => {
  const logs = [
    { level: "log" as const, text: "plain" },
    { level: "warn" as const, text: "careful", line: 3 },
  ];
  const html = renderToString(<Log cell="train" logs={logs} />);
  expect(html).toContain('<span class="log-text">plain</span>');
  expect(html).toContain("<strong>Warning </strong>");
  expect(html).toContain('<a href="#cell-train">line 3</a>');
});

test("long logs show their end, and say what they leave out", () => {
  const logs = Array.from({ length: 1700 }, (_, k) => ({ level: "log" as const, text: `n${k}` }));
  const html = renderToString(<Log cell="a" logs={logs} />);
  expect(html).toContain("1,200 earlier lines are not shown.");
  expect(html).toContain("n1699");
  expect(html).not.toContain("n1199<");
});

test("long texts can be scrolled by keyboard", () => {
  expect(renderToString(<PlainText text={"x".repeat(200)} />)).toContain('tabindex="0"');
  expect(renderToString(<PlainText text="short" />)).not.toContain("tabindex");
});
