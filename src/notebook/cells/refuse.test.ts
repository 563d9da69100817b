import { describe, expect, test } from "vitest";
import { type ParseOptions, RESERVED_NAMES, parseCell } from "./parse.ts";
import { CellSyntaxError } from "./parsed-cell.ts";

function refusal(source: string, options?: ParseOptions): string {
  try {
    parseCell(source, options);
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    const { line, column } = error.position;
    return `${line}:${column} ${error.message}`;
  }
  return "accepted";
}

const ERASED = "Cells take only types that can be erased, and";
const IMPORT =
  "Cells cannot import: the names of the course's library are already there, and nothing else can be loaded. Remove this line.";
const EXPORT =
  "A cell's top-level names are visible in all cells, so there is nothing to export. Remove this line.";
const DECORATOR =
  "Cells have no decorators, because no browser runs them yet. Remove this `@…` and call the function on the class or method instead.";

describe("syntax that cells refuse", () => {
  test.each([
    [
      "enum A { B }",
      `1:1 ${ERASED} an \`enum\` is not one. Use an object, \`const Color = { red: 0, blue: 1 } as const\`, or a type such as \`"red" | "blue"\`.`,
    ],
    [
      "namespace A { export const b = 1 }",
      `1:1 ${ERASED} a \`namespace\` is not one. Use an object: \`const name = { … }\`.`,
    ],
    [
      "class A { constructor(private x: number) {} }",
      `1:23 ${ERASED} a parameter such as \`private x\` is not one. Declare the field in the class, and set it in the constructor: \`this.x = x\`.`,
    ],
    ["f(<T>x)", `1:3 ${ERASED} \`<T>value\` is not one. Write \`value as T\`.`],
    ["1\nimport x from 'y'", `2:1 ${IMPORT}`],
    ["import x = require('y')", `1:1 ${IMPORT}`],
    [
      "import * as tf from '@tensorflow/tfjs'",
      "1:1 Cells cannot import, and need not: `tf` is already there. Remove this line.",
    ],
    [
      "const m = await import('x')",
      "1:17 Cells cannot load modules with `import(…)`: they run without a network. Use the names of the course's library, which are already there.",
    ],
    ["import.meta.url", "1:1 Cells are not modules, so there is no `import.meta`. Remove it."],
    ["const a = 1\nexport { a }", `2:1 ${EXPORT}`],
    ["export { a }", `1:10 ${EXPORT}`],
    ["export * from 'x'", `1:1 ${EXPORT}`],
    [
      "export default 3",
      "1:1 A cell has no default export: its top-level names are visible in all cells. Write `const name = …` instead.",
    ],
    ["@dec class X {}", `1:1 ${DECORATOR}`],
    ["class X { @dec x = 1 }", `1:11 ${DECORATOR}`],
    [
      "class A { accessor x = 1 }",
      "1:11 Cells have no `accessor` fields, because no browser runs them yet. Write a `get` and a `set` method.",
    ],
  ])("why can a cell not contain %j?", (source, expected) => {
    expect(refusal(source)).toBe(expected);
  });

  test("may types be imported, and declarations exported?", () => {
    expect(parseCell("import type { A } from 'a'\nexport const b: A = 1").body).toBe(
      ";                         \n       const b    = 1",
    );
  });

  test("may enums and namespaces be declared without code?", () => {
    expect(refusal("declare enum A {}\ndeclare namespace B {}\ndeclare global {}")).toBe("accepted");
  });
});

describe("names that belong to others", () => {
  const taken = (name: string, other: string) =>
    `\`${name}\` is a name that the notebook gives to all cells, and it cannot be redefined. Choose another, such as \`${other}\`.`;
  const foreign = (name: string) =>
    `Only the cell that defines \`${name}\` can change it, and this cell does not. For a new name, write \`let ${name} = …\`; to change it, do so where it is defined; for a changed copy, use another name.`;

  test.each([...RESERVED_NAMES])("can a cell define %s?", (name) => {
    expect(refusal(`const ${name} = 1`)).toContain(`\`${name}\` is a name that the notebook gives`);
    expect(refusal(`for (const ${name} of [1]) { f(${name}) }`)).toBe("accepted");
  });

  test.each([
    ["a\nconst { x: [input] } = b", `2:13 ${taken("input", "myInput")}`],
    ["function display() {}", `1:10 ${taken("display", "myDisplay")}`],
    ["tf = 1", `1:1 ${taken("tf", "myTf")}`],
    ["const $value = 1", `1:7 ${taken("$value", "value")}`],
    ["n = 3", `1:1 ${foreign("n")}`],
    ["let a = 1\na = n++", `2:5 ${foreign("n")}`],
    ["function f() { [n.x, n] = [1, 2] }", `1:22 ${foreign("n")}`],
    ["({ a: n = 1 } = b)", `1:7 ${foreign("n")}`],
    ["for (n of [1, 2]) {}", `1:6 ${foreign("n")}`],
    ["(n as number) += 1", `1:2 ${foreign("n")}`],
  ])("why can a cell not run %j?", (source, expected) => {
    expect(refusal(source)).toBe(expected);
  });

  test("which names are reserved is up to the caller?", () => {
    expect(refusal("const tf = 1", { reserved: new Set() })).toBe("accepted");
    expect(refusal("const beam = 1", { reserved: new Set(["beam"]) })).toBe(`1:7 ${taken("beam", "myBeam")}`);
  });

  test("may a cell change parts of what another cell defines?", () => {
    expect(refusal("model.rate = 3; list[0]++; delete map.key")).toBe("accepted");
  });
});
