import { h } from "preact";
import { render } from "preact-render-to-string";
import { parseHTML } from "linkedom";
import { beforeEach, describe, expect, it } from "vitest";
import { ExerciseView } from "#components/exercises/exercise-view.tsx";
import { CHECKS_MIME, INPUT_MIME } from "#src/notebook/runtime/bundle.ts";
import type { CellState, PageMessage, RuntimeMessage } from "#src/notebook/runtime/message.ts";
import type { SandboxOptions } from "#src/notebook/sandbox/client.ts";
import { CellView } from "./cell-view.tsx";
import { NotebookBar } from "./notebook-bar.tsx";
import { openNotebook } from "./notebook.ts";
import type { NotebookParts } from "./parts.ts";
import { lessonControl, lessonData } from "./test-lesson.ts";

const data = lessonData();
const [dataCell, trainCell, clipCell, clipCheck] = data.cells;

const controls = ["title", "text"].map((name) => ({
  slot: `input:${name}`,
  bundle: { "text/plain": name, [INPUT_MIME]: lessonControl(name) },
}));

function lessonPage(): Document {
  const tokens = (source: string) => [{ text: source, classes: "" }];
  const run = (id: string, text: string) => ({
    id,
    state: "done" as const,
    ms: 40,
    outputs: [{ slot: "0", bundle: { "text/plain": text } }, ...(id === "data" ? controls : [])],
    logs: [],
    values: {},
  });
  const cells = [dataCell!, trainCell!].map((cell) =>
    render(
      h(CellView, { cell, prerendered: run(cell.id, `author ${cell.id}`), tokens: tokens(cell.source) }),
    ),
  );
  const exercise = render(
    h(ExerciseView, { cell: clipCell!, check: clipCheck!, tokens: tokens(clipCell!.source) }),
  );
  const json = JSON.stringify(data).replace(/</g, "\\u003c");
  const { document } = parseHTML(
    `<!doctype html><html><body><main>${render(h(NotebookBar, { cells: 3 }))}${cells.join("")}${exercise}
     <data data-value-of="loss" data-digits="1">9.9</data></main>
     <script type="application/json" id="lesson-data">${json}</script></body></html>`,
  );
  return document as unknown as Document;
}

/** A lesson page whose sandbox, clock, frames and storage the test holds. */
async function open(stored?: Record<string, unknown>) {
  const document = lessonPage();
  globalThis.document = document;
  const sent: PageMessage[] = [];
  const texts = new Map<string, string>(stored ? [["unrolled:/:05-char-lm", JSON.stringify(stored)]] : []);
  const frames: (() => void)[] = [];
  const editors: { onChange: (source: string) => void; onRun: (advance: boolean) => void }[] = [];
  let sandbox: SandboxOptions | undefined;
  let now = new Date(2026, 10, 20, 14, 2).getTime();
  const parts: NotebookParts = {
    createSandbox: (options) => {
      sandbox = options;
      return {
        start: async () => options.onMessage({ type: "ready", version: 1 }),
        stop: async () => "soft",
        restart: async () => options.onMessage({ type: "ready", version: 1 }),
        send: (message) => sent.push(message),
        dispose: () => undefined,
      };
    },
    loadEditor: async () => ({
      createEditor: (options) => {
        editors.push(options);
        let source = options.source;
        const setSource = (text: string): void => options.onChange((source = text));
        return { source, setSource, focus: () => undefined, mark: () => undefined, destroy: () => undefined };
      },
      createComparison: ({ parent, original, edited }) => {
        parent.textContent = `${original} → ${edited}`;
        return { destroy: () => undefined };
      },
    }),
    loadHighlight: async () => (source) => [{ text: source, classes: "" }],
    figureFiles: { schemas: {}, views: {} },
    storage: {
      getItem: (key: string) => texts.get(key) ?? null,
      setItem: (key: string, text: string) => void texts.set(key, text),
      removeItem: (key: string) => void texts.delete(key),
    } as unknown as Storage,
    now: () => now,
    setTimer: () => () => undefined,
    onFrame: (run) => frames.push(run),
  };
  const live = await openNotebook(document, parts);
  const draw = async (): Promise<void> => {
    for (let i = 0; i < 6; i += 1) await Promise.resolve();
    frames.splice(0).forEach((run) => run());
  };
  await draw();
  const section = (id: string) => document.querySelector<HTMLElement>(`[data-cell="${id}"][data-state]`)!;
  return {
    document,
    live,
    draw,
    section,
    editors,
    texts,
    say: (...messages: RuntimeMessage[]) => messages.forEach((message) => sandbox!.onMessage(message)),
    lose: () => sandbox!.onLost({ kind: "memory", message: "The cells ran out of memory and were stopped." }),
    pass: (ms: number) => (now += ms),
    sent: () => sent.splice(0),
    status: (id: string) => section(id).querySelector("[data-status]")!.textContent,
    output: (id: string) => section(id).querySelector("[data-output]")!.textContent,
    button: (label: string) =>
      [...document.querySelectorAll<HTMLElement>("button")].find((one) => one.textContent?.startsWith(label)),
  };
}
type Page = Awaited<ReturnType<typeof open>>;

const state = (cell: string, to: CellState, more = {}): RuntimeMessage => ({
  type: "state",
  cell,
  run: 1,
  state: to,
  ...more,
});
const put = (cell: string, bundle: object): RuntimeMessage =>
  ({
    type: "output",
    cell,
    run: 1,
    slot: "0",
    op: "put",
    bundle: { "text/plain": "", ...bundle },
  }) as RuntimeMessage;

async function runTrain(page: Page): Promise<void> {
  page.live.perform({ name: "run", cell: "train" });
  await page.draw();
}

describe("a lesson that becomes live", () => {
  let page: Page;
  beforeEach(async () => {
    page = await open();
  });

  it("shows the author's runs until something has run here", () => {
    expect(page.status("train")).toBe("The author’s run · 40 ms");
    expect(page.output("train")).toContain("author train");
    expect(page.sent()).toEqual([]);
  });
  it("answers Run at once, keeps the old output until there is a new one, and says when it ran", async () => {
    await runTrain(page);
    expect(page.section("train").dataset["state"]).toBe("waiting");
    expect(page.sent().map(({ type }) => type)).toEqual(["cells", "run"]);
    page.say({ type: "clear", cell: "train", run: 1 }, state("train", "running"));
    await page.draw();
    expect(page.output("train")).toContain("author train");
    page.say(put("train", { "text/plain": "mine" }));
    page.pass(800);
    page.say(state("train", "done", { ms: 800, kept: { tensors: 12, bytes: 1 } }));
    await page.draw();
    expect(page.output("train")).toContain("mine");
    expect(page.output("train")).not.toContain("author");
    expect(page.status("train")).toBe("Your run, 14:02 · 0.8 s · 12 tensors kept");
    expect(page.sent()).toEqual([{ type: "drawn", cell: "train", run: 1, slot: "0" }]);
    expect(page.document.querySelector("[data-announcer]")!.textContent).toBe("train ran in 0.8 s");
  });
  it("offers Stop when a run has taken longer than a moment", async () => {
    await runTrain(page);
    page.say({ type: "clear", cell: "train", run: 1 }, state("train", "running"));
    await page.draw();
    const stop = page.section("train").querySelector<HTMLElement>("[data-action=stop]")!;
    expect(stop.hidden).toBe(true);
    page.pass(250);
    page.say({ type: "progress", cell: "train", run: 1, value: 1 });
    await page.draw();
    expect(stop.hidden).toBe(false);
  });
  it("keeps the author's controls until the run has put all of its own, with what the reader wrote in them", async () => {
    const boxes = () => [...page.section("data").querySelectorAll<HTMLInputElement>("[data-input]")];
    const [, text] = boxes();
    text!.value = "Call me Ishmael";
    page.live.perform({ name: "input", cell: "data", element: text });
    await page.draw();
    expect(page.sent().at(-1)).toMatchObject({ type: "input", name: "text", value: "Call me Ishmael" });
    const putControl = ({ slot, bundle }: (typeof controls)[number]): RuntimeMessage => ({
      ...{ type: "output", cell: "data", run: 1, op: "put" },
      slot,
      bundle,
    });
    page.say({ type: "clear", cell: "data", run: 1 }, state("data", "running"), putControl(controls[0]!));
    await page.draw();
    expect(boxes()).toHaveLength(2);
    page.say(putControl(controls[1]!), state("data", "done"));
    await page.draw();
    expect(boxes().map(({ value }) => value)).toEqual(["", "Call me Ishmael"]);
  });
  it("lets the prose follow a run", () => {
    page.say({ type: "values", cell: "train", run: 1, values: { loss: 1.26 } });
    expect(page.document.querySelector("[data-value-of=loss]")!.textContent).toBe("1.3");
  });
  it("shows Run stale with the number of stale cells, and runs those", async () => {
    await runTrain(page);
    page.sent();
    page.say(state("train", "stale", { why: { kind: "upstream", cell: "data" } }));
    await page.draw();
    expect(page.button("Run stale")?.textContent).toBe("Run stale (1)");
    expect(page.status("train")).toBe("Stale: cell data has changed");
    page.live.perform({ name: "run-stale" });
    await page.draw();
    expect(page.sent()).toEqual([{ type: "run", cells: ["train"] }]);
  });
  it("says that nothing is lost when the worker dies, and what has to run again", async () => {
    await runTrain(page);
    page.say(state("data", "done"), state("train", "running"));
    page.lose();
    await page.draw();
    expect(page.document.querySelector("[data-notice=lost]")!.textContent).toContain(
      "The cells ran out of memory and were stopped. Nothing you wrote is lost.",
    );
    expect(page.status("data")).toBe("From before the restart; run it again");
    expect(page.status("train")).toBe("Stopped");
  });
  it("marks an exercise done when every property of its check has passed", async () => {
    const mark = page.document.querySelector<HTMLElement>("[data-done=clip]")!;
    const results = [{ sentence: "It clips.", passed: false }];
    page.live.perform({ name: "check", cell: "clip-check" });
    page.say(put("clip-check", { [CHECKS_MIME]: results }), state("clip-check", "done"));
    expect(mark.hidden).toBe(true);
    page.live.perform({ name: "check", cell: "clip-check" });
    page.say(
      put("clip-check", { [CHECKS_MIME]: [{ ...results[0], passed: true }] }),
      state("clip-check", "done"),
    );
    expect(mark.hidden).toBe(false);
    await page.draw();
    expect(page.output("clip-check")).toContain("It clips.");
  });
});

describe("a cell that is changed", () => {
  let page: Page;
  beforeEach(async () => {
    page = await open();
    page.live.perform({ name: "edit", cell: "train" });
    await page.draw();
    page.editors[0]!.onChange("const model = 2;");
    await page.draw();
  });

  it("says so and offers Reset and Compare", async () => {
    expect(page.status("train")).toBe("Changed, not run yet; below is the author’s run");
    expect(page.section("train").querySelector<HTMLElement>(".cell-changed")!.hidden).toBe(false);
    page.live.perform({ name: "compare", cell: "train" });
    await page.draw();
    expect(page.section("train").textContent).toContain("const model = data; → const model = 2;");
  });
  it("runs as it was changed, with Shift+Enter, and the next cell is focused", async () => {
    page.editors[0]!.onRun(true);
    await page.draw();
    const cells = page.sent().find((message) => message.type === "cells");
    expect(cells?.cells.find((cell) => cell.id === "train")).toMatchObject({
      source: "const model = 2;",
      isOriginal: false,
    });
  });
  it("can be reset, and the reset undone", async () => {
    page.live.perform({ name: "reset", cell: "train" });
    await page.draw();
    expect(page.status("train")).toBe("The author’s run · 40 ms");
    page.button("Undo")!.click();
    await page.draw();
    expect(page.status("train")).toMatch(/^Changed/);
  });
});

describe("a reader who comes back", () => {
  const edits = { train: { source: "const model = 3;", basedOn: "x" } };
  const stored = { format: 1, version: "v1", saved: 1, edits, inputs: {}, done: { clip: 1 }, earlier: [] };

  it("finds the changed text again; nothing has run", async () => {
    const page = await open(stored);
    expect(page.section("train").querySelector("pre")!.textContent).toBe("const model = 3;");
    expect(page.document.querySelector("[data-notice=restored]")!.textContent).toMatch(
      /^You changed 1 cell here \(.*\)\. It is back; nothing has run\./,
    );
    expect(page.document.querySelector<HTMLElement>("[data-done=clip]")!.hidden).toBe(false);
    expect(page.sent()).toEqual([]);
  });
  it("is offered edits of an older version, and gets them by Restore", async () => {
    const page = await open({ ...stored, version: "v0" });
    expect(page.section("train").querySelector("pre")!.textContent).toBe("const model = data;");
    page.button("Restore")!.click();
    await page.draw();
    expect(page.section("train").querySelector("pre")!.textContent).toBe("const model = 3;");
    expect(page.sent()).toEqual([]);
  });
});
