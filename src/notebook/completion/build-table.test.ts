import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildCompletionTable } from "./build-table.ts";

const SOURCE = `
/** Adds two numbers. Not more. */
export function add(a: number, b: number): number { return a + b }
const tools = {
  /** The best. */
  best: 1,
  add,
  deep: { er: { est: { out: 1 } } } };
export const create = () => ({ tools, add });
`;

describe("the table of completions", () => {
  const file = join(mkdtempSync(join(tmpdir(), "types-")), "tools.ts");
  writeFileSync(file, SOURCE);
  const table = buildCompletionTable([file]);

  it("has the names that a library file gives, with signature and first sentence", () => {
    expect(table[""]).toContainEqual({
      label: "add",
      kind: "function",
      detail: "(a: number, b: number): number",
      doc: "Adds two numbers.",
    });
  });

  it("has the members of each name by its path, a few levels deep", () => {
    expect(table["tools"]!.map(({ label, doc }) => [label, doc])).toEqual([
      ["best", "The best."],
      ["add", "Adds two numbers."],
      ["deep", undefined],
    ]);
    expect(Object.keys(table)).toEqual(["", "tools", "tools.deep", "tools.deep.er"]);
  });
});
