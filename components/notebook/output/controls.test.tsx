import { renderToString } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import type { InputSpec, InputValue } from "#src/notebook/runtime/bundle.ts";
import { Control, rangeText } from "./controls.tsx";
import { readTextFile } from "./read-text-file.ts";

const base = { cell: "settings", name: "hidden", label: "Hidden units" };
const show = (spec: InputSpec) => renderToString(<Control spec={spec} prefix="p-settings-hidden-" />);
const id = "p-settings-hidden-hidden";

describe("before any script a control is complete:", () => {
  test("a slider has label, range, value and unit", () => {
    const html = show({ ...base, kind: "range", min: 8, max: 64, step: 8, value: 32, unit: "units" });
    expect(html).toContain(`<label for="${id}">Hidden units</label>`);
    expect(html).toMatch(/type="range" min="8" max="64" step="8" value="32" aria-valuetext="32\u202funits"/);
    expect(html).toContain(`<output for="${id}" class="control-value">32\u202funits</output>`);
    expect(html).toContain('data-input="hidden" data-cell="settings"');
  });

  test("a choice has its options and the chosen one", () => {
    const html = show({ ...base, kind: "select", options: ["rnn", "lstm"], value: "lstm" });
    expect(html).toContain('<option value="rnn">rnn</option>');
    expect(html).toMatch(/<option (selected value="lstm"|value="lstm" selected)>lstm<\/option>/);
  });

  test("a text is a line or a box", () => {
    expect(show({ ...base, kind: "text", value: "hello", maxLength: 9 })).toMatch(
      /<input[^>]*value="hello"[^>]*maxlength="9"/,
    );
    expect(show({ ...base, kind: "text", value: "a\nb", rows: 4 })).toMatch(
      /<textarea[^>]*rows="4"[^>]*>a\nb<\/textarea>/,
    );
  });

  test("a long text is in use, and its beginning is in the box", () => {
    const html = show({ ...base, kind: "text", value: "whale ".repeat(50_000), rows: 4 });
    expect(html).toContain("In use: 300,000 characters. The box shows the first 2,000.");
    expect(html).toMatch(/<textarea[^>]*readonly/i);
    expect(html.length).toBeLessThan(3000);
  });

  test("a toggle is a checkbox", () => {
    expect(show({ ...base, kind: "toggle", value: true })).toMatch(/<input[^>]*type="checkbox" checked/);
    expect(show({ ...base, kind: "toggle", value: false })).not.toMatch(/checked/);
  });

  test("a button is a button", () => {
    expect(show({ ...base, kind: "button", value: 0 })).toMatch(
      /<button[^>]*type="button">Hidden units<\/button>/,
    );
  });

  test("a file says its limit, then what is in use", () => {
    const spec: InputSpec = { ...base, kind: "file", maxBytes: 5_000_000, accept: ".txt", value: null };
    expect(show(spec)).toContain("A text file of at most 5 MB. It stays on this computer.");
    expect(show({ ...spec, value: { name: "a.txt", text: "abc" } })).toContain(
      "In use: a.txt, 3 characters.",
    );
  });
});

describe("what the reader gave a control before it was live", () => {
  const held = (spec: InputSpec, value: InputValue) =>
    renderToString(<Control spec={spec} prefix="p-" held={value} />);
  const range: InputSpec = { ...base, kind: "range", min: 8, max: 64, step: 8, value: 32 };

  test("stands in it", () => {
    expect(held(range, 48)).toContain('value="48"');
    expect(held({ ...base, kind: "text", value: "", rows: 2 }, "mine")).toMatch(/<textarea[^>]*>mine</);
    const file: InputSpec = { ...base, kind: "file", maxBytes: 9, value: null };
    expect(held(file, { name: "a.txt", text: "abc" })).toContain("In use: a.txt, 3 characters.");
  });

  test("is dropped when the control does not take it any more", () => {
    expect(held(range, 72)).toContain('value="32"');
  });
});

test("a slider's text has as many decimals as its step", () => {
  expect([rangeText(0.5, 0.05), rangeText(-3, 1), rangeText(1e-8, 1e-9)]).toEqual(["0.50", "−3", "1.000e−8"]);
});

describe("a file of the reader's", () => {
  const file = (name: string, bytes: number[] | string, size?: number) => {
    const data = typeof bytes === "string" ? new TextEncoder().encode(bytes) : new Uint8Array(bytes);
    return { name, size: size ?? data.length, arrayBuffer: async () => data.buffer as ArrayBuffer };
  };

  test("is read as text, with plain line ends and without a byte-order mark", async () => {
    const read = await readTextFile(file("a.txt", "\ufeffCall me\r\nIshmael"), 100);
    expect(read).toEqual({ value: { name: "a.txt", text: "Call me\nIshmael" } });
  });

  test("that is too large is refused with the limit", async () => {
    expect(await readTextFile(file("big.txt", "", 6_200_000), 5_000_000)).toEqual({
      problem:
        "“big.txt” is 6.2 MB, and this input takes at most 5 MB. Choose a smaller file, or cut a part out of this one.",
    });
  });

  test("that is not text is refused", async () => {
    const problem =
      "“cat.png” is not plain text: its bytes are not UTF-8. Save it as a text file (.txt) in UTF-8 and choose that one.";
    expect(await readTextFile(file("cat.png", [0x89, 0x50, 0x4e]), 100)).toEqual({ problem });
    expect(await readTextFile(file("cat.png", [65, 0, 66]), 100)).toEqual({ problem });
  });

  test("that vanished is reported", async () => {
    const gone = { name: "a.txt", size: 1, arrayBuffer: () => Promise.reject(new Error("NotFoundError")) };
    expect(await readTextFile(gone, 100)).toEqual({
      problem: "“a.txt” could not be read. Check that it still exists, and choose it again.",
    });
  });
});
