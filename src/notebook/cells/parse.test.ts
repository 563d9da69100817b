import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCell } from "./parse.ts";
import { CellSyntaxError } from "./parsed-cell.ts";

/** Runs a cell as the runtime does; the value that it shows, and where it threw. */
async function run(source: string, names: Record<string, unknown> = {}): Promise<unknown> {
  const { body } = parseCell(source);
  const shown: unknown[] = [];
  const scope = { $value: (...values: unknown[]) => void shown.push(...values), ...names };
  const make = new Function(`return async (${Object.keys(scope).join(",")}) => {"use strict";\n${body}\n}`);
  await (make() as (...values: unknown[]) => Promise<void>)(...Object.values(scope));
  return shown.length < 2 ? shown[0] : shown;
}

describe("what does a cell show?", () => {
  test.each([
    ["const a = 1\na + 1", 2],
    ["1 + 1;", undefined],
    ["const a = 1", undefined],
    ["3 // three", 3],
    ["3 /* three\n*/\n\n", 3],
    ["// nothing", undefined],
    ["", undefined],
    ["'use words'", "use words"],
    ["(1, 2)", 2],
    ["1, 2", 2],
    ["(1), (2, 3)", 3],
    ["1 as number, /* , */ 2 as number", 2],
    ["({ a: 1 }).a", 1],
    ["({ a: 1 } as A).a!", 1],
    ["let b = 1\nb = 5", 5],
    ["await Promise.resolve(7)", 7],
    ["4 satisfies number", 4],
    ["4\ninterface A {}\ntype B = 1", 4],
    ["const a = 1 as number\n(2, 3)", 3],
    ["const a = 1\ntype A = 2\n[a, 2].length", 2],
    ["const a = 1\n`${a}`", undefined],
    ["(<T,>(x: T):\n T => x)(8)", 8],
    ["function f() { return 1 }", undefined],
    ["if (true) 3", undefined],
    ["x => x;", undefined],
  ])("%j", async (source, expected) => {
    if (source.includes("`${a}`")) await expect(run(source)).rejects.toThrow();
    else expect(await run(source)).toEqual(expected);
  });

  test("does a stream's last `yield` count as a value?", () => {
    expect(parseCell("yield 1").hasValue).toBe(false);
    expect(parseCell("yield 1").body).toBe("yield 1");
  });

  test("where does the value start?", () => {
    expect(parseCell("const a = 1\n  a + 1")).toMatchObject({
      body: "const a = 1\n  $value(a + 1\n)",
      hasValue: true,
      valueStart: { line: 2, column: 3 },
    });
    expect(parseCell("a, (b)").valueStart).toEqual({ line: 1, column: 4 });
    expect(parseCell("a;")).not.toHaveProperty("valueStart");
  });
});

test("what is a whole cell as data?", () => {
  expect(parseCell("const batch: Batch = corpus.next()\nbatch.inputs as Tensor")).toEqual({
    body: "const batch        = corpus.next()\n$value(batch.inputs          \n)",
    inputs: ["corpus"],
    outputs: ["batch"],
    isGenerator: false,
    hasValue: true,
    valueStart: { line: 2, column: 1 },
    inputPositions: { corpus: { line: 1, column: 22, endLine: 1, endColumn: 28 } },
    outputPositions: { batch: { line: 1, column: 7, endLine: 1, endColumn: 12 } },
  });
});

test("does a cell survive the way through JSON?", () => {
  const parsed = parseCell("const { a, b = c } = d as E\na\nb");
  expect(JSON.parse(JSON.stringify(parsed))).toEqual(parsed);
});

test("is an error on the line and column where the reader wrote it?", async () => {
  const source = "type A = {\n  b: number\n}\nconst a = {} as A; (a as any).b!.c";
  const stack = await run(source).then(
    () => "",
    (error: Error) => error.stack ?? "",
  );
  const [, line, column] = /<anonymous>:(\d+):(\d+)/.exec(stack) ?? [];
  // two lines of `new Function` and one of the wrapper come before; 7 columns are the wrapper's
  expect([Number(line) - 3, Number(column) - 7]).toEqual([4, source.split("\n")[3]!.indexOf("c", 30) + 1]);
});

test("is every failure a CellSyntaxError with a place, whatever the reader types?", () => {
  const piece = fc.constantFrom(
    ...[
      "const",
      "a",
      "=",
      "1",
      "(",
      ")",
      "{",
      "}",
      "[",
      "]",
      "`",
      "${",
      "'",
      "<",
      ">",
      ":",
      "as",
      "T",
      "yield",
      "await",
    ],
    ...[
      "=>",
      ",",
      ";",
      "\n",
      " ",
      "/",
      "class",
      "function",
      "import",
      "export",
      "enum",
      "@",
      "?",
      "!",
      ".",
      "async",
      "for",
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const source = pieces.join(pieces.length % 2 ? " " : "");
      try {
        parseCell(source);
      } catch (error) {
        expect(error).toBeInstanceOf(CellSyntaxError);
        const { position, message } = error as CellSyntaxError;
        expect(position.line).toBeGreaterThan(0);
        expect(position.column).toBeGreaterThan(0);
        expect(message).toMatch(/^[^]*\.$/);
      }
    }),
    { numRuns: 1000, seed: 5 },
  );
});
