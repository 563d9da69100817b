import { expect, test } from "vitest";
import { CHECKS_MIME, INPUT_MIME, SVG_MIME, TABLE_MIME, VALUE_MIME, type Tree } from "../runtime/bundle.ts";
import { isInput, isTable, isTree, readBundle } from "./bundle-guards.ts";

const nest = (levels: number): Tree => {
  let tree: Tree = "x";
  for (let i = 0; i < levels; i++) tree = ["g", {}, tree];
  return tree;
};

test("a bundle keeps the parts that are right and loses the others", () => {
  const good = {
    "text/plain": "x",
    [VALUE_MIME]: {
      type: "Array(1)",
      text: "[1]",
      children: [{ type: "number", text: "1", key: "0" }],
      more: 2,
    },
    [TABLE_MIME]: { columns: ["a"], rows: [[1], [null], ["x"], [true]], total: 4 },
    [SVG_MIME]: ["svg", { viewBox: "0 0 1 1" }, "text", ["g", {}]],
    [CHECKS_MIME]: [{ sentence: "h keeps its shape", passed: false, detail: "it has [3]" }],
    [INPUT_MIME]: { cell: "a", name: "n", label: "n", kind: "toggle", value: true },
    "text/latex": "h_t",
    "image/png": "iVBORw0KGgo=",
    "application/vnd.course.beam-tree+json": { any: ["thing"] },
  };
  expect(readBundle(good)).toEqual(good);
  expect(
    readBundle({
      "text/plain": "x",
      "text/html": "<b>",
      [VALUE_MIME]: { type: "Array(1)", text: "[1]", children: {} },
      [TABLE_MIME]: { columns: ["a"], rows: [[1, 2]], total: 1 },
      [SVG_MIME]: ["svg", { width: 3 }],
      [CHECKS_MIME]: [{ sentence: "x" }],
      [INPUT_MIME]: { kind: "constructor" },
      "image/png": "https://example.org/x.png",
      "application/vnd.course.Beam Tree+json": {},
    }),
  ).toEqual({ "text/plain": "x" });
});

test("a bundle without plain text is none", () => {
  for (const value of [{}, null, [], "x", { "text/plain": 3 }]) expect(readBundle(value)).toBeNull();
});

test("a tree may be 64 levels deep and have 60,000 nodes, not more", () => {
  expect(isTree(nest(64))).toBe(true);
  expect(isTree(nest(65))).toBe(false);
  expect(isTree(nest(100_000))).toBe(false);
  const wide = (count: number) => ["svg", {}, ...Array.from({ length: count }, () => "x")];
  expect(isTree(wide(59_999))).toBe(true);
  expect(isTree(wide(60_000))).toBe(false);
});

test("a tree has a tag and attributes of text", () => {
  for (const value of [
    3,
    null,
    [],
    ["g"],
    [["g"], {}],
    ["g", null],
    ["g", []],
    ["g", {}, 1],
    ["g", { a: {} }],
  ]) {
    expect(isTree(value)).toBe(false);
  }
});

test("a table has at most 200 rows, each as long as its columns", () => {
  const table = (rows: unknown[]) => ({ columns: ["a", "b"], rows, total: 1000 });
  expect(isTable(table(Array.from({ length: 200 }, () => [1, "x"])))).toBe(true);
  expect(isTable(table(Array.from({ length: 201 }, () => [1, "x"])))).toBe(false);
  expect(isTable(table([[1]]))).toBe(false);
  expect(isTable(table([[1, {}]]))).toBe(false);
});

test("an input's value has the type of its kind", () => {
  const base = { cell: "a", name: "n", label: "n" };
  const inputs = [
    { ...base, kind: "range", min: 0, max: 1, step: 0.1, value: 0.5, unit: "s" },
    { ...base, kind: "select", options: ["a", "b"], value: "a" },
    { ...base, kind: "text", value: "hello", rows: 3 },
    { ...base, kind: "toggle", value: false },
    { ...base, kind: "button", value: 0 },
    { ...base, kind: "file", maxBytes: 10, value: null },
    { ...base, kind: "file", maxBytes: 10, value: { name: "a.txt", text: "x" } },
  ];
  for (const input of inputs) {
    expect(isInput(input)).toBe(true);
    expect(isInput({ ...input, value: [] })).toBe(false);
    expect(isInput({ ...input, label: undefined })).toBe(false);
  }
});
