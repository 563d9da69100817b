import { describe, expect, it } from "vitest";
import { INPUT_MIME } from "./bundle.ts";
import { testNotebook } from "./test-runtime.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("which cells run", () => {
  it("runs what a cell reads before the cell, and nothing else", async () => {
    const notebook = await testNotebook({
      a: "const a: number = 1",
      b: "const b = a + 1",
      c: "const c = 100",
      d: "b * 10",
    });
    await notebook.run(["d"]);
    expect(notebook.shown("d")).toBe("20");
    expect(notebook.order()).toEqual(["a", "b", "d"]);
  });

  it("runs cells in dependency order whatever their order on the page", async () => {
    const notebook = await testNotebook({ z: "y + 1", y: "const y = await Promise.resolve(41)" });
    await notebook.run();
    expect(notebook.shown("z")).toBe("42");
  });

  it("reruns the readers of an edited cell and leaves the others alone", async () => {
    const notebook = await testNotebook({ a: "const a = 1", b: "a + 1", c: "'other'" });
    await notebook.run();
    notebook.forget();
    await notebook.edit({ a: "const a = 5" });
    expect(notebook.states("b")).toEqual(["stale"]);
    await notebook.run(["a"]);
    expect(notebook.shown("b")).toBe("6");
    expect(notebook.order()).toEqual(["a", "b"]);
  });

  it("marks a click cell stale with the reason instead of running it, and what reads it too", async () => {
    const notebook = await testNotebook({
      a: "const a = 1",
      b: { source: "const b = a + 1", run: "click" },
      c: "b * 2",
    });
    await notebook.run();
    await notebook.edit({ a: "const a = 2" });
    notebook.forget();
    await notebook.run(["a"]);
    expect(notebook.order()).toEqual(["a"]);
    const stale = notebook.messages.filter((m) => m.type === "state" && m.state === "stale");
    expect(stale).toMatchObject([
      { cell: "b", why: { kind: "upstream", cell: "a" } },
      { cell: "c", why: { kind: "upstream", cell: "a" } },
    ]);
    await notebook.run("stale");
    expect(notebook.shown("c")).toBe("6");
  });

  it("runs a reader that has only the author's output when the cell it reads was changed, not when it was not", async () => {
    const notebook = await testNotebook({ a: "const a = 1", b: "a + 1" });
    await notebook.run(["a"]);
    expect(notebook.order()).toEqual(["a"]);
    await notebook.edit({ a: "const a = 2" });
    await notebook.run(["a"]);
    expect(notebook.order()).toEqual(["a", "a", "b"]);
  });

  it("does not run check cells unless asked", async () => {
    const notebook = await testNotebook({
      f: "const f = 1",
      k: { source: "check('f is 1', () => f === 1)", run: "check" },
    });
    await notebook.run();
    expect(notebook.order()).toEqual(["f"]);
    await notebook.run(["k"]);
    expect(notebook.cell("k").outputs[0]!.bundle["application/vnd.course.checks+json"]).toEqual([
      { sentence: "f is 1", passed: true },
    ]);
  });
});

describe("values", () => {
  it("shows the last expression unless a semicolon follows it", async () => {
    const notebook = await testNotebook({ a: "1 + 1", b: "1 + 1;" });
    await notebook.run();
    expect(notebook.shown("a")).toBe("2");
    expect(notebook.shown("b")).toBeUndefined();
  });

  it("awaits a promise that another cell reads", async () => {
    const notebook = await testNotebook({ a: "const a = Promise.resolve(3)", b: "a * 2" });
    await notebook.run();
    expect(notebook.shown("b")).toBe("6");
  });

  it("tells the numbers, texts and booleans of a cell by name", async () => {
    const notebook = await testNotebook({ a: "const n = 2, s = 'x', on = true, list = [1]" });
    await notebook.run();
    expect(notebook.cell("a").values).toEqual({ n: 2, s: "x", on: true });
  });

  it("tells shape and first entries of arrays of numbers and of nothing else", async () => {
    const notebook = await testNotebook({
      a: "const h = Float32Array.of(0.5, -1), list = [1, 2], names = ['a'], empty = [], ids = Int32Array.of(1, 2, 3, 4, 5, 6)",
    });
    await notebook.run();
    expect(notebook.cell("a").arrays).toEqual({
      h: "[2] 0.5, -1",
      list: "[2] 1, 2",
      ids: "[6] 1, 2, 3, 4, 5, …",
    });
  });

  it("gives the same random numbers at every run", async () => {
    const notebook = await testNotebook({ a: "Math.random()" });
    await notebook.run(["a"]);
    const first = notebook.shown("a");
    await notebook.run(["a"]);
    expect(notebook.shown("a")).toBe(first);
  });
});

describe("streams", () => {
  it("shows the last value of a yielding cell and lets readers run after it", async () => {
    const notebook = await testNotebook({
      g: "let s = 0;\nfor (let i = 0; i < 5; i++) { s += i; yield `at ${i}` }",
      u: "s",
    });
    await notebook.run();
    expect(notebook.shown("g")).toBe("at 4");
    expect(notebook.shown("u")).toBe("10");
  });

  it("sends far fewer pictures than a fast cell yields, and always the last", async () => {
    const notebook = await testNotebook({ g: "for (let i = 0; i <= 20000; i++) yield i" });
    await notebook.run();
    expect(notebook.shown("g")).toBe("20000");
    expect(notebook.messages.filter((m) => m.type === "output").length).toBeLessThan(100);
  });

  it("drains an async generator that is the cell's value", async () => {
    const notebook = await testNotebook({
      f: "async function* count() { for (let i = 0; i < 3; i++) yield i }",
      g: "count()",
    });
    await notebook.run();
    expect(notebook.shown("g")).toBe("2");
  });

  it("runs the finally block of a stopped stream", async () => {
    const notebook = await testNotebook({
      g: "try { for (let i = 0; ; i++) { yield i; await new Promise(r => setTimeout(r, 2)) } } finally { console.log('over') }",
    });
    const run = notebook.run();
    await pause(40);
    notebook.stop();
    await run;
    expect(notebook.states("g").at(-1)).toBe("stopped");
    expect(notebook.cell("g").logs.map((log) => log.text)).toEqual(["over"]);
  });
});

describe("stop", () => {
  it("ends a loop that reports its progress", async () => {
    const notebook = await testNotebook({
      g: "for (let i = 0; ; i++) { await new Promise(r => setTimeout(r, 1)); progress(i, 1e9) }",
    });
    const run = notebook.run();
    await pause(40);
    notebook.stop();
    await run;
    expect(notebook.states("g").at(-1)).toBe("stopped");
    expect(notebook.messages.some((m) => m.type === "unstoppable")).toBe(false);
  });

  it("says when a cell goes on computing after it was stopped", async () => {
    const notebook = await testNotebook({
      g: "for (let i = 0; i < 60; i++) { const end = performance.now() + 10; while (performance.now() < end); await new Promise(r => setTimeout(r)) }",
    });
    const run = notebook.run();
    await pause(30);
    notebook.stop();
    await run;
    expect(notebook.messages.some((m) => m.type === "unstoppable")).toBe(true);
  });

  it("does not run what was waiting", async () => {
    const notebook = await testNotebook({
      a: "const a = await new Promise(r => setTimeout(r, 500, 1))",
      b: "a",
    });
    const run = notebook.run();
    await pause(20);
    notebook.stop();
    await run;
    expect(notebook.order()).toEqual(["a"]);
    expect(notebook.states("b").at(-1)).toBe("idle");
  });
});

describe("inputs", () => {
  it("gives other cells the control's value, and reruns them when it moves", async () => {
    const notebook = await testNotebook({
      k: "const lr = input.range([0, 10], { value: 2 })",
      b: "lr * 2",
      c: "'other'",
    });
    await notebook.run();
    expect(notebook.shown("b")).toBe("4");
    notebook.forget();
    await notebook.input("k", "lr", 5);
    expect(notebook.shown("b")).toBe("10");
    expect(notebook.order()).toEqual(["b"]);
  });

  it("can be set before anything has run", async () => {
    const notebook = await testNotebook({ k: "const lr = input.range([0, 10], { value: 2 })", b: "lr * 2" });
    await notebook.input("k", "lr", 7);
    expect(notebook.shown("b")).toBe("14");
  });

  it("bring along what else the readers need, when only the control's cell has run", async () => {
    const notebook = await testNotebook({
      k: "const n = input.range([0, 10], { value: 1 })",
      big: "const big = 100",
      b: "n + big",
    });
    await notebook.input("k", "n", 3);
    expect(notebook.shown("b")).toBe("103");
  });

  it("keeps the reader's value when its cell runs again, and drops it when it no longer fits", async () => {
    const notebook = await testNotebook({
      k: "const n = input.range([0, 10], { value: 2, step: 1 })",
      b: "n",
    });
    await notebook.run();
    await notebook.input("k", "n", 9);
    await notebook.run(["k"]);
    expect(notebook.shown("b")).toBe("9");
    await notebook.edit({ k: "const n = input.range([0, 5], { value: 3, step: 1 })" });
    await notebook.run(["k"]);
    expect(notebook.shown("b")).toBe("3");
  });

  it("aborts a running reader and runs it again with the new value", async () => {
    const notebook = await testNotebook({
      k: "const n = input.range([0, 10], { value: 1 })",
      g: "for (let i = 0; i < 500; i++) { yield n; await new Promise(r => setTimeout(r, 2)); if (n > 1) break }",
    });
    const run = notebook.run();
    await pause(60);
    await notebook.input("k", "n", 2);
    await run;
    expect(notebook.states("g").at(-1)).toBe("done");
    expect(notebook.shown("g")).toBe("2");
  });

  it("run a reader that fails once, and what reads that says so", async () => {
    const notebook = await testNotebook({
      k: "const n = input.range([0, 10], { value: 1 })",
      // the timer lets the test end when the cell runs again and again
      a: "await new Promise((r) => setTimeout(r, 5)); if (n > 1) throw new Error('too many'); const a = n",
      b: "a + 1",
    });
    await notebook.run();
    notebook.forget();
    const isOver = await Promise.race([notebook.input("k", "n", 2).then(() => true), pause(300)]);
    notebook.stop();
    expect(isOver).toBe(true);
    expect(notebook.order()).toEqual(["a", "b"]);
    expect(notebook.cell("b").error?.kind).toBe("upstream");
    await notebook.input("k", "n", 1);
    expect(notebook.shown("b")).toBe("2");
  });

  it("does not send a long text back to the page, but its beginning", async () => {
    const notebook = await testNotebook({ k: "const own = input.text({ rows: 3 })", b: "own.length" });
    await notebook.input("k", "own", "whale ".repeat(500_000));
    expect(notebook.shown("b")).toBe("3000000");
    const [control] = notebook.cell("k").outputs;
    expect(control!.bundle[INPUT_MIME]).toMatchObject({ kind: "text", name: "own" });
    expect(JSON.stringify(control).length).toBeLessThan(600_000);
  });

  it.each([
    ["input.range([3, 1])", "input.range: expected [min, max] with min < max, got [3, 1]"],
    ["input.range([0, 1], { value: 4 })", "input.range: value 4 is outside [0, 1]"],
    ["input.select(['a'], { value: 'b' })", 'input.select: "b" is not one of ["a"]'],
  ])("refuses %s", async (source, message) => {
    const notebook = await testNotebook({ k: `const n = ${source}` });
    await notebook.run();
    expect(notebook.cell("k").error?.message).toBe(message);
  });
});

describe("invalidation", () => {
  it("resolves when the cell runs again and when the notebook ends", async () => {
    const notebook = await testNotebook({
      a: "const box = { ended: 0 }",
      b: "invalidation.then(() => void box.ended++); box",
    });
    await notebook.run();
    await notebook.run(["b"]);
    await pause(5);
    await notebook.run(["b"]);
    expect(notebook.shown("b")).toBe("{ ended: 2 }");
    notebook.dispose();
  });
});

describe("errors", () => {
  const failing: [string, Record<string, string>, string, object][] = [
    [
      "the place of a runtime error, behind types",
      { a: "interface P {\n  x: number\n}\nconst p = null as unknown as P;\n\np.x.toFixed(2)" },
      "a",
      { name: "TypeError", kind: "runtime", position: { line: 6 } },
    ],
    [
      "the place of a syntax error",
      { a: "const a = 1;\nconst b: number = ;" },
      "a",
      { kind: "syntax", position: { line: 2, column: 19 } },
    ],
    [
      "an undefined name, with the nearest one",
      { a: "const hidden = 1", b: "hiden + 1" },
      "b",
      {
        kind: "undefined",
        message: "`hiden` is not defined in any cell of this lesson.",
        hint: "Did you mean `hidden`?",
      },
    ],
    [
      "a name that two cells define, with both places",
      { a: "const v = 1", b: "\nlet v = 2" },
      "a",
      {
        kind: "duplicate",
        message: "`v` is defined here and in cell `b` (line 2). A name belongs to one cell.",
        hint: "Rename one of them, or delete the cell you do not need.",
        cells: ["a", "b"],
      },
    ],
    [
      "a circle, with its path",
      { a: "const a = b + 1", b: "const b = a + 1" },
      "a",
      {
        kind: "cycle",
        message: "This cell waits for itself: `a` → `b` → `a` (each reads the next). It reads `b`.",
        hint: "Break the circle: move what both need into a cell of its own.",
      },
    ],
    [
      "an upstream failure, with the cell to mend",
      { a: "const a = null.x", b: "a + 1" },
      "b",
      {
        kind: "upstream",
        message: "`a` has no value, because cell `a` failed.",
        hint: "Mend cell `a` first.",
        cells: ["a"],
      },
    ],
    [
      "a thrown value that is no error",
      { a: "throw { code: 1 }" },
      "a",
      { message: "The cell threw { code: 1 }, which is not an Error." },
    ],
    [
      "endless recursion, with what to look at",
      { a: "function f(): number { return f() + 1 }\nf()" },
      "a",
      {
        name: "RangeError",
        hint: "A function calls itself without an end: check the case in which it should stop.",
      },
    ],
  ];
  it.each(failing)("reports %s", async (_, cells, id, expected) => {
    const notebook = await testNotebook(cells);
    await notebook.run();
    expect(notebook.cell(id).error).toMatchObject(expected);
    expect(notebook.cell(id).state).toBe("error");
  });

  it("names the frames of a function from another cell, innermost first", async () => {
    const notebook = await testNotebook({
      lib: "function f(n: number): number {\n  if (n > 2) throw new RangeError('too big')\n  return n\n}",
      use: "const q = 1\nf(1);\nf(q + 5)",
    });
    await notebook.run();
    const error = notebook.cell("use").error!;
    expect(error.position).toMatchObject({ line: 3, column: 1 });
    expect(error.frames).toMatchObject([
      { cell: "lib", line: 2, function: "f" },
      { cell: "use", line: 3 },
    ]);
  });

  it("recovers when the source is mended", async () => {
    const notebook = await testNotebook({ a: "const a = ;", b: "a" });
    await notebook.run();
    expect(notebook.cell("b").error?.kind).toBe("upstream");
    await notebook.edit({ a: "const a = 1" });
    await notebook.run(["a"]);
    expect(notebook.shown("b")).toBe("1");
  });

  it("says how many lines and outputs are shown when a cell floods", async () => {
    const notebook = await testNotebook({
      a: "for (let i = 0; i < 1000; i++) { console.log(i); display(i) }",
    });
    await notebook.run();
    const { logs, outputs } = notebook.cell("a");
    expect(logs.length).toBe(401);
    expect(logs.at(-1)!.text).toBe("(only the first 400 lines are shown)");
    expect(outputs.at(-1)!.bundle["text/plain"]).toMatch(/^display\(\) was called for more than 200 outputs/);
  });
});

describe("console and display", () => {
  it("attributes lines to the cell and its line number, and replaces outputs of the same id", async () => {
    const notebook = await testNotebook({
      a: "display(1, { id: 'x' })\ndisplay(2)\nconsole.warn('hi', [1, 2])\ndisplay(3, { id: 'x' });",
    });
    await notebook.run();
    expect(notebook.cell("a").logs).toEqual([{ level: "warn", text: "hi [1, 2]", line: 3 }]);
    const shown = notebook.cell("a").outputs.map(({ slot, bundle }) => [slot, bundle["text/plain"]]);
    expect(shown).toEqual([
      ["id:x", "3"],
      ["d0", "2"],
    ]);
  });

  it("shows rows of objects as a table", async () => {
    const notebook = await testNotebook({ a: "[{ x: 1, y: 'q' }, { x: 2, y: null }]" });
    await notebook.run();
    expect(notebook.cell("a").outputs[0]!.bundle["application/vnd.course.table+json"]).toEqual({
      columns: ["x", "y"],
      rows: [
        [1, "q"],
        [2, null],
      ],
      total: 2,
    });
  });
});

describe("messages", () => {
  it("are handled in order, also when a run follows an edit before it is parsed", async () => {
    const notebook = await testNotebook({ a: "1" });
    const edited = notebook.receive({
      type: "cells",
      seed: 1,
      cells: [{ id: "a", source: "6 * 7", run: "auto", isOriginal: false }],
    });
    await notebook.receive({ type: "run", cells: ["a"] });
    await edited;
    expect(notebook.shown("a")).toBe("42");
  });
});
