import { expect, test } from "vitest";
import { parseCell } from "./parse.ts";
import { CellSyntaxError } from "./parsed-cell.ts";

/** `line:column message`, as a reader sees it */
function complaint(source: string): string {
  try {
    parseCell(source);
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    const { line, column } = error.position;
    return `${line}:${column} ${error.message}`;
  }
  return "no complaint";
}

const sentences: [title: string, source: string, complaint: string][] = [
  [
    "a quote is missing",
    "const a = 'abc",
    "1:11 A text in quotes ends on the line where it starts, and its closing `'` is missing. Add it, or use backticks for a text of several lines.",
  ],
  [
    "a backtick is missing",
    "const a = `abc",
    "1:12 The text that starts with a backtick never ends. Add the closing backtick.",
  ],
  ["a comment never ends", "x\n/* abc", "2:1 The comment that starts with `/*` never ends. Add `*/`."],
  [
    "a regular expression never ends",
    "/abc",
    "1:2 A `/` starts a regular expression here, and its closing `/` is missing. Add it; for a division, write the number before the `/`.",
  ],
  [
    "a regular expression is wrong",
    "/(/",
    "1:2 This regular expression is not valid: unterminated group. Put `\\` before a character that stands for itself.",
  ],
  [
    "a name is declared twice",
    "let a = 1\nlet a = 2",
    "2:5 A cell declares a name once, and `a` is declared here a second time. Give it another name; to change a `let`, write `a = …` without `let`.",
  ],
  [
    "a type is declared twice",
    "type A = 1; type A = 2",
    "1:18 A cell declares a type once, and `A` is declared here a second time. Give it another name.",
  ],
  [
    "a cell returns",
    "const a = 1\nreturn a",
    "2:1 `return` works only in functions. A cell shows its last line when that is a value without a semicolon: write the value alone.",
  ],
  [
    "a plain function awaits",
    "function f() { await x }",
    "1:16 `await` works at the top of a cell and in `async` functions, and this is another place. Write `async` before the function, or use another name.",
  ],
  [
    "a plain function awaits in a loop",
    "function f() { for await (const x of y) {} }",
    "1:20 `await` works at the top of a cell and in `async` functions, and this is another place. Write `async` before the function, or use another name.",
  ],
  [
    "a plain function yields",
    "const f = () => { yield 1 }",
    "1:19 `yield` works at the top of a cell and in functions written `function*`, and this is another place. Write `function*`, or use another name.",
  ],
  [
    "a name is a keyword",
    "let class = 3",
    "1:5 `class` is a word of the language and cannot be a name. Choose another, such as `class_`.",
  ],
  [
    "break stands outside of a loop",
    "if (x) break",
    "1:8 `break` works only inside a loop or a `switch`, and there is none around it. Move it there, or use `return` in a function.",
  ],
  [
    "continue stands outside of a loop",
    "continue",
    "1:1 `continue` works only inside a loop, and there is none around it. Move it there, or use `return` in a function.",
  ],
  [
    "break names a label that is not there",
    "for (;;) { break foo }",
    "1:12 `break foo` needs a loop with the label `foo` around it, and there is none. Write `foo:` before the loop, or leave out the label.",
  ],
  [
    "a value is assigned to a call",
    "f() = 3",
    "1:1 Only a name or a part such as `a.b` or `a[0]` can be given a value, and something else stands before this `=`. To compare, write `===`.",
  ],
  [
    "a value is assigned to an optional part",
    "a?.b = 2",
    "1:1 `?.` only reads, and here a value is given. Write `.` instead, or test with `if` first.",
  ],
  [
    "a name starts with a digit",
    "const 2x = 1",
    "1:8 A number ends before the first letter, and a name cannot start with a digit. Put an operator between them, or start the name with a letter.",
  ],
  ["a quote comes from print", "“hi”", '1:1 `“` is a quote of print, not of code. Write `"`.'],
  ["an apostrophe comes from print", "‘hi’", "1:1 `‘` is a quote of print, not of code. Write `'`."],
  ["a dash comes from print", "a – b", "1:3 `–` is a dash of print, not a minus. Write `-`."],
  ["a times sign comes from print", "a × b", "1:3 `×` is a sign of print. To multiply, write `*`."],
  [
    "a character means nothing",
    "a § b",
    "1:3 The character `§` means nothing in code. Remove it, or put it in quotes.",
  ],
  ["a # stands alone", "#", "1:2 The character `#` means nothing in code. Remove it, or put it in quotes."],
  [
    "?? is mixed with ||",
    "a ?? b || c",
    "1:8 `??` cannot stand beside `||` or `&&` without brackets. Write `(a ?? b) || c` or `a ?? (b || c)`.",
  ],
  [
    "try stands alone",
    "try { }",
    "1:1 A `try` needs a `catch` or a `finally`, and neither came. Add `catch (error) { … }`.",
  ],
  [
    "names in brackets get no value",
    "let [a]",
    "1:8 Names in `[…]` or `{…}` take their values from something, and no value came. Write `= …` behind the bracket.",
  ],
  [
    "two parameters have one name",
    "(a, a) => 1",
    "1:5 A function's parameters have different names, and `a` came twice. Rename one of them.",
  ],
  [
    "a number starts with 0",
    "010",
    "1:1 This is not a number that code can read. Write it without a leading 0 and with single `_` between digits, such as `1_000` or `0.5`.",
  ],
  [
    "a throw is broken",
    "throw\nx",
    "1:6 What is thrown starts on the line of its `throw`. Join the two lines.",
  ],
  [
    "an escape is wrong",
    '"\\u{zz}"',
    "1:5 A `\\` starts an escape such as `\\n` or `\\u00e9`, and this is none. For the character itself, write `\\\\` in a text.",
  ],
  [
    "a private field is unknown",
    "class A { m() { this.#x } }",
    "1:22 A class lists its private fields, and `#x` is not in the list. Add `#x;` to the class.",
  ],
  [
    "something else is wrong",
    "switch (x) { default: 1; default: 2 }",
    "1:26 This is not allowed: Multiple default clauses. Change it or remove it.",
  ],
  [
    "an element is written as in JSX",
    "const a = <div className='x'>hi</div>",
    "1:11 Cells are TypeScript without JSX, and this looks like a JSX element. To show HTML or a chart, call a function that makes it, such as `Plot.plot(…)`.",
  ],
  [
    "a type parameter is const in an interface",
    "interface A { f<const T>(x: T): T }",
    "1:16 Type parameters can be `const` only where a function is defined, and `<const …` came in another place. Leave out `const`.",
  ],
];

test.each(sentences)("what am I told when %s?", (_, source, expected) => {
  expect(complaint(source)).toBe(expected);
});

const unexpected: [title: string, source: string, complaint: string][] = [
  ["a bracket is not closed", "f(\n  g(1)\n", "3:1 The `(` of line 1 is never closed. Add the missing `)`."],
  ["a value in a text is not closed", "`${a", "1:5 The `${` of line 1 is never closed. Add the missing `}`."],
  [
    "a bracket is still open on the next line",
    "foo(1, 2\nbar()",
    "2:1 `bar` cannot stand here, because the `(` of line 1 is still open. Close it with `)`, or put a comma before `bar`.",
  ],
  [
    "another bracket must be closed first",
    "const a = [\n1\n}",
    "3:1 The `[` of line 1 must be closed first, and `}` came instead. Add `]` before it.",
  ],
  [
    "a bracket closes nothing",
    'f(")(") )',
    "1:9 This `)` closes nothing: no bracket is open. Remove it, or add what it should close.",
  ],
  [
    "the cell ends too early",
    "const x = 3 +",
    "1:14 The cell ends in the middle of something. Complete its last line.",
  ],
  [
    "a const has no value",
    "const a: number\nlet b = 2",
    "2:1 A `const` gets its value where it is declared. Write `= …` behind `a`, or declare it with `let`.",
  ],
  [
    "a condition has no brackets",
    "if x > 3 {}",
    "1:4 `if` takes what it tests in round brackets, and `x` came instead. Write `if (…) { … }`.",
  ],
  [
    "a function is written as in Python",
    "def f(x): return x",
    "1:5 A function is written `function name(…) { … }` here, and `def` came instead. Write `function`.",
  ],
  [
    "a function has no name",
    "function (x) { return x }",
    "1:10 A function that stands on its own needs a name. Write one before this `(`.",
  ],
  [
    "a class has no name",
    "class {}",
    "1:7 A class that stands on its own needs a name. Write one before this `{`.",
  ],
  [
    "an object stands alone",
    "{ a: 1, b: 2 }",
    "1:10 A line that starts with `{` is a block of code, not an object. To show an object, put it in round brackets: `({ … })`.",
  ],
  [
    "two statements share a line",
    "let a = 1 let b = 2",
    "1:11 `let` starts a statement, and the one before it has not ended. Start a new line; behind `if (…)` or a loop, put it in `{ … }`.",
  ],
  [
    "two values stand side by side",
    "[1 2]",
    "1:4 `2` cannot stand here. Something just before it is missing or too much: an operator, a comma, a bracket or a quote.",
  ],
];

test.each(unexpected)("what am I told when %s?", (_, source, expected) => {
  expect(complaint(source)).toBe(expected);
});

test("does the position cover the whole word that is wrong?", () => {
  expect(() => parseCell("a\nlet class = 1")).toThrow(
    expect.objectContaining({
      name: "SyntaxError",
      position: { line: 2, column: 5, endLine: 2, endColumn: 10 },
    }),
  );
});
