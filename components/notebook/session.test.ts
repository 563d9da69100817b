import { describe, expect, it } from "vitest";
import type { PageMessage, RuntimeMessage } from "#src/notebook/runtime/message.ts";
import type { LostReason, SandboxOptions } from "#src/notebook/sandbox/client.ts";
import { createSession } from "./session.ts";
import { lessonData } from "./test-lesson.ts";

function open({ failures = 0 } = {}) {
  const sent: PageMessage[] = [];
  const events: string[] = [];
  const timers: (() => void)[] = [];
  let sandboxOptions: SandboxOptions | undefined;
  let left = failures;
  const ready = async (): Promise<void> => {
    if (left-- > 0) throw new Error("no network");
    sandboxOptions!.onMessage({ type: "ready", version: 1 });
  };
  const session = createSession({
    data: lessonData(),
    createSandbox: (options) => {
      sandboxOptions = options;
      return {
        start: ready,
        restart: () => {
          events.push("restart");
          return ready();
        },
        stop: async () => "soft",
        send: (message) => sent.push(message),
        dispose: () => undefined,
      };
    },
    cells: () => [],
    onMessage: (message) => events.push(message.type),
    onRestarted: (reason) => events.push(reason ? `lost: ${reason.kind}` : "restarted"),
    setTimer: (run) => {
      timers.push(run);
      return () => void timers.splice(timers.indexOf(run), 1);
    },
  });
  const say = (message: RuntimeMessage): void => sandboxOptions!.onMessage(message);
  const lose = (kind: LostReason["kind"]): void => sandboxOptions!.onLost({ kind, message: "Lost." });
  const types = (): string[] => sent.splice(0).map((message) => message.type);
  return { session, sent, types, events, say, lose, timers };
}

describe("a lesson's talk with its sandbox", () => {
  it("starts nothing until something is asked for", async () => {
    const { session, types } = open();
    session.sourcesChanged();
    await session.stop();
    await session.restart();
    expect(session.isStarted).toBe(false);
    expect(types()).toEqual([]);
  });
  it("tells a fresh worker the cells before it runs one, and only once", async () => {
    const { session, types } = open();
    await session.run(["train"]);
    expect(types()).toEqual(["cells", "run"]);
    await session.run(["train"]);
    expect(types()).toEqual(["run"]);
  });
  it("tells changed sources before the next run, or a little later by themselves", async () => {
    const { session, types, timers } = open();
    await session.run(["train"]);
    types();
    session.sourcesChanged();
    session.sourcesChanged();
    expect(timers).toHaveLength(1);
    timers[0]!();
    expect(types()).toEqual(["cells"]);
    session.sourcesChanged();
    await session.run(["train"]);
    expect(types()).toEqual(["cells", "run"]);
  });
  it("tells the worker that comes after a hard stop everything again", async () => {
    const { session, types, events, say } = open();
    await session.run(["train"]);
    types();
    say({ type: "ready", version: 1 });
    expect(types()).toEqual(["cells"]);
    expect(events).toEqual(["restarted"]);
  });
  it("replaces a worker that cannot be stopped from within", async () => {
    const { session, types, events, say } = open();
    await session.run(["train"]);
    types();
    say({ type: "unstoppable", cell: "train" });
    expect(events).toEqual(["restart", "restarted"]);
    expect(types()).toEqual(["cells"]);
  });
  it("does not swallow a run that was asked for while the cell was stuck, but keeps a stopped one stopped", async () => {
    const { session, types, say } = open();
    await session.run(["train"]);
    await session.run(["train"]);
    types();
    say({ type: "unstoppable", cell: "train" });
    await new Promise((resolve) => setTimeout(resolve));
    expect(types()).toEqual(["cells", "run"]);
    await session.stop();
    say({ type: "unstoppable", cell: "train" });
    await new Promise((resolve) => setTimeout(resolve));
    expect(types()).toEqual(["cells"]);
  });
  it("says why a worker was lost, and runs again when it is asked to", async () => {
    const { session, types, events, lose } = open();
    await session.run(["train"]);
    types();
    lose("memory");
    expect(session.isStarted).toBe(false);
    await session.run(["train"]);
    expect(events).toEqual(["lost: memory"]);
    expect(types()).toEqual(["cells", "run"]);
  });
  it("can be tried again when it could not start", async () => {
    const { session, types } = open({ failures: 1 });
    await expect(session.run(["train"])).rejects.toThrow("no network");
    await session.run(["train"]);
    expect(types()).toEqual(["cells", "run"]);
  });
  it("answers completions from the worker, and with nothing when it is slow, gone or not there", async () => {
    const { session, say, timers, lose } = open();
    expect(await session.complete(["model"])).toEqual([]);
    await session.run(["train"]);
    const answer = session.complete(["model"]);
    say({ type: "completions", request: 1, items: [{ label: "fit", type: "function" }] });
    expect(await answer).toEqual([{ label: "fit", type: "function" }]);
    const slow = session.complete(["model"]);
    timers.at(-1)!();
    expect(await slow).toEqual([]);
    const gone = session.complete(["model"]);
    lose("crashed");
    expect(await gone).toEqual([]);
  });
});
