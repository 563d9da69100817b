import { describe, expect, it } from "vitest";
import { INPUT_MIME } from "#src/notebook/runtime/bundle.ts";
import type { RuntimeMessage } from "#src/notebook/runtime/message.ts";
import { lessonControl, lessonData } from "./test-lesson.ts";
import { createModel } from "./lesson-model.ts";

const model = () => createModel(lessonData());
const put = (run: number, text: string, slot = "0"): RuntimeMessage => ({
  type: "output",
  cell: "train",
  run,
  slot,
  op: "put",
  bundle: { "text/plain": text },
});
const texts = (m: ReturnType<typeof model>) =>
  m.run("train").outputs.map(({ bundle }) => bundle["text/plain"]);

describe("a cell's runs", () => {
  it("keep the last output in place until the new run shows something", () => {
    const m = model();
    m.receive({ type: "clear", cell: "train", run: 1 }, 0);
    m.receive(put(1, "first"), 0);
    m.receive({ type: "clear", cell: "train", run: 2 }, 0);
    m.receive({ type: "state", cell: "train", run: 2, state: "running" }, 5);
    expect(texts(m)).toEqual(["first"]);
    expect(m.run("train").isFading).toBe(true);
    m.receive(put(2, "second"), 6);
    expect(texts(m)).toEqual(["second"]);
  });
  it("end empty when the new run showed nothing", () => {
    const m = model();
    m.receive(put(1, "first"), 0);
    m.receive({ type: "clear", cell: "train", run: 2 }, 0);
    m.receive({ type: "state", cell: "train", run: 2, state: "done", ms: 3 }, 9);
    expect(texts(m)).toEqual([]);
    expect(m.run("train")).toMatchObject({ state: "done", ms: 3, endedAt: 9, isFading: false });
  });
  it("replace an output of the same slot in its place and take removed ones away", () => {
    const m = model();
    for (const message of [put(1, "a", "0"), put(1, "b", "1"), put(1, "a2", "0")]) m.receive(message, 0);
    expect(texts(m)).toEqual(["a2", "b"]);
    m.receive({ type: "output", cell: "train", run: 1, slot: "0", op: "remove" }, 0);
    expect(texts(m)).toEqual(["b"]);
  });
  it("keep the last run's controls until the new run has put its own", () => {
    const m = model();
    const names = () => m.run("train").outputs.map(({ slot }) => slot);
    const control = (run: number, slot: string): RuntimeMessage => ({
      ...{ type: "output", cell: "train", op: "put" },
      ...{ run, slot, bundle: { "text/plain": slot, [INPUT_MIME]: lessonControl(slot) } },
    });
    for (const message of [control(1, "rate"), control(1, "depth"), put(1, "a")]) m.receive(message, 0);
    m.receive({ type: "clear", cell: "train", run: 2 }, 0);
    m.receive(put(2, "b", "1"), 0);
    expect(names()).toEqual(["rate", "depth", "1"]);
    m.receive(control(2, "depth"), 0);
    expect(names()).toEqual(["rate", "depth", "1"]);
    m.receive({ type: "state", cell: "train", run: 2, state: "done" }, 0);
    expect(names()).toEqual(["depth", "1"]);
  });
  it("do not listen to messages of an older run", () => {
    const m = model();
    m.receive(put(2, "new"), 0);
    expect(m.receive(put(1, "late"), 0)).toEqual([]);
    expect(texts(m)).toEqual(["new"]);
  });
  it("keep the last thousand log lines", () => {
    const m = model();
    for (let i = 0; i < 1005; i += 1)
      m.receive({ type: "log", cell: "train", run: 1, level: "log", text: `${i}` }, 0);
    expect(m.run("train").logs).toHaveLength(1000);
    expect(m.run("train").logs[0]?.text).toBe("5");
  });
  it("are stale or stopped after a restart, and listen to run 1 again", () => {
    const m = model();
    m.receive({ type: "state", cell: "train", run: 7, state: "done" }, 0);
    m.receive({ type: "state", cell: "data", run: 4, state: "running" }, 0);
    m.restart();
    expect(m.run("train")).toMatchObject({ state: "stale", why: { kind: "restarted" }, run: 0 });
    expect(m.run("data")).toMatchObject({ state: "stopped" });
    m.receive(put(1, "after"), 0);
    expect(texts(m)).toEqual(["after"]);
  });
});

describe("sources", () => {
  it("make a cell stale when they change, and idle again when they are the author's", () => {
    const m = model();
    m.setSource("train", "const model = 2;");
    expect(m.run("train")).toMatchObject({ state: "stale", why: { kind: "edited" } });
    m.setSource("train", m.cell("train")!.source);
    expect(m.run("train").state).toBe("idle");
  });
  it("go to the runtime with the parse that is known of them", () => {
    const m = model();
    const before = m.specs().find((spec) => spec.id === "data");
    expect(before).toMatchObject({ isOriginal: true, parsed: { outputs: ["data"] } });
    m.setSource("data", "const data = 2;");
    const edited = m.specs().find((spec) => spec.id === "data")!;
    expect(edited.isOriginal).toBe(false);
    expect(edited).not.toHaveProperty("parsed");
    const parsed = { ...before!.parsed!, body: "const data = 2;" };
    m.receive({ type: "parsed", cell: "data", source: "const data = 2;", parsed }, 0);
    expect(m.specs().find((spec) => spec.id === "data")?.parsed).toBe(parsed);
  });
  it("go with the values of the controls that the reader moved", () => {
    const m = model();
    m.setInput("data", "rate", 0.5);
    expect(m.specs().find((spec) => spec.id === "data")?.inputs).toEqual({ rate: 0.5 });
    expect(m.specs().find((spec) => spec.id === "train")).not.toHaveProperty("inputs");
  });
});

describe("what an editor asks of the lesson", () => {
  it("names what the other cells define, not what a check defines", () => {
    expect(model().namesFor("train")).toEqual(["data"]);
  });
  it("errors of the last run, else what is wrong before any run", () => {
    const m = model();
    const problem = { name: "SyntaxError", kind: "syntax", message: "A bracket is missing." } as const;
    m.receive(
      {
        type: "graph",
        cells: [{ id: "train", inputs: [], outputs: [], upstream: [], downstream: [], problem }],
      },
      0,
    );
    expect(m.errors("train")).toEqual([problem]);
    const error = { name: "TypeError", kind: "runtime", message: "x is not a function." } as const;
    m.receive({ type: "error", cell: "train", run: 1, error }, 0);
    expect(m.errors("train")).toEqual([error]);
  });
});
