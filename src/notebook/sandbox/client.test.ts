import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PageMessage, RuntimeMessage } from "../runtime/message.ts";
import { createSandbox } from "./client.ts";
import type { FrameReport } from "./control.ts";
import { FrameHost, type WorkerLike } from "./frame-host.ts";
import { FrameBlockedError, type FrameLinkOptions } from "./frame-link.ts";
import type { LostReason } from "./sandbox.ts";
import { encodeMessage } from "./wire.ts";

/** A worker that answers pings, and does with the rest what the test says. */
class FakeWorker implements WorkerLike {
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  heard: PageMessage[] = [];
  isTerminated = false;
  /** in an endless loop: hears nothing, but what it posted before still arrives */
  isStuck = false;
  /** answers pings, but never says that it is idle */
  isMute = false;

  postMessage(message: unknown): void {
    if (this.isStuck || this.isTerminated) return;
    const page = message as PageMessage;
    this.heard.push(page);
    if (page.type === "ping") this.say({ type: "pong", n: page.n });
    if (page.type === "stop" && !this.isMute) this.say({ type: "idle" });
  }
  terminate(): void {
    this.isTerminated = true;
  }
  say(message: RuntimeMessage): void {
    this.sayText(encodeMessage(message));
  }
  sayText(data: unknown): void {
    this.onmessage?.({ data } as MessageEvent);
  }
}

const manifest = { frame: "f.html", runtime: "r.js", libraries: {}, names: {}, data: {} };

/** The page's client with a real frame host behind it; messages cross in microtasks, as over a port. */
function setUp({ isReadyAtOnce = true } = {}) {
  const workers: FakeWorker[] = [];
  const messages: RuntimeMessage[] = [];
  const lost: LostReason[] = [];
  const world = { isFrameDead: false, isFrameBlocked: false, isServerDown: false, frames: 0, now: 0 };

  const createWorker = (): WorkerLike => {
    const worker = new FakeWorker();
    workers.push(worker);
    if (isReadyAtOnce) queueMicrotask(() => worker.say({ type: "ready", version: 1 }));
    return worker;
  };
  const openFrame = async ({ onMessage }: FrameLinkOptions) => {
    if (world.isFrameBlocked) throw new FrameBlockedError("blocked");
    world.frames++;
    world.isFrameDead = false;
    const frame = world.frames;
    const isHere = () => !world.isFrameDead && world.frames === frame;
    const post = (message: string | FrameReport) => queueMicrotask(() => isHere() && onMessage(message));
    const host = new FrameHost({ createWorker, post, now: () => world.now });
    return {
      post: (message: Parameters<FrameHost["receive"]>[0]) =>
        queueMicrotask(() => isHere() && host.receive(message)),
      remove: () => {},
    };
  };
  const sandbox = createSandbox(
    {
      manifest,
      base: "/",
      onMessage: (message) => messages.push(message),
      onLost: (reason) => lost.push(reason),
    },
    {
      openFrame,
      fetch: async () => new Response("code", { status: world.isServerDown ? 500 : 200 }),
      schedule: (callback) => setTimeout(callback, 16),
    },
  );
  return { sandbox, workers, messages, lost, world };
}

const settle = () => vi.advanceTimersByTimeAsync(20);
const state = (cell: string, state: "running" | "done"): RuntimeMessage => ({
  type: "state",
  cell,
  run: 1,
  state,
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("start resolves when the worker is ready, and says so once", async () => {
  const { sandbox, workers, messages } = setUp();
  await sandbox.start();
  await sandbox.start();
  expect(messages).toEqual([{ type: "ready", version: 1 }]);
  expect(workers).toHaveLength(1);
});

test("what is sent before ready waits, in order; what concerns an earlier worker does not", async () => {
  const { sandbox, workers } = setUp();
  const starting = sandbox.start();
  sandbox.send({ type: "cells", cells: [], seed: 1 });
  sandbox.send({ type: "drawn", cell: "a", run: 1, slot: "s" });
  sandbox.send({ type: "run", cells: "all" });
  await starting;
  await settle();
  expect(workers[0]!.heard.map(({ type }) => type)).toEqual(["cells", "run"]);
});

test("a spare worker is made once the cells are idle", async () => {
  const { sandbox, workers } = setUp();
  await sandbox.start();
  workers[0]!.say({ type: "idle" });
  await settle();
  expect(workers).toHaveLength(2);
  workers[0]!.say({ type: "idle" });
  await settle();
  expect(workers).toHaveLength(2);
});

test("a first run that never ends still gets a spare, after a second", async () => {
  const { sandbox, workers } = setUp();
  await sandbox.start();
  sandbox.send({ type: "run", cells: "all" });
  await vi.advanceTimersByTimeAsync(1001);
  expect(workers).toHaveLength(2);
});

test("a runtime that stops by itself keeps its worker", async () => {
  const { sandbox, workers } = setUp();
  await sandbox.start();
  sandbox.send({ type: "run", cells: "all" });
  workers[0]!.say(state("a", "running"));
  expect(await sandbox.stop()).toBe("soft");
  expect(workers[0]!.isTerminated).toBe(false);
});

test("an endless loop is stopped within 150 ms, and the spare takes over", async () => {
  const { sandbox, workers, messages } = setUp();
  await sandbox.start();
  workers[0]!.say({ type: "idle" });
  await settle();
  sandbox.send({ type: "run", cells: "all" });
  workers[0]!.say(state("a", "running"));
  await settle();
  workers[0]!.isStuck = true;
  messages.length = 0;
  const stopping = sandbox.stop();
  await vi.advanceTimersByTimeAsync(151);
  expect(await stopping).toBe("hard");
  expect(workers[0]!.isTerminated).toBe(true);
  expect(messages).toEqual([{ type: "ready", version: 1 }]);
  workers[1]!.say(state("b", "done"));
  await settle();
  expect(messages.at(-1)).toEqual(state("b", "done"));
});

test("an idle that came before the endless loop does not count as stopped", async () => {
  const { sandbox, workers } = setUp();
  await sandbox.start();
  sandbox.send({ type: "run", cells: "all" });
  await settle();
  workers[0]!.isStuck = true;
  workers[0]!.say({ type: "idle" });
  const stopping = sandbox.stop();
  await vi.advanceTimersByTimeAsync(300);
  expect(await stopping).toBe("hard");
});

test("a runtime that has nothing to stop and never says idle keeps its worker", async () => {
  const { sandbox, workers } = setUp();
  await sandbox.start();
  sandbox.send({ type: "run", cells: [] });
  await settle();
  workers[0]!.isMute = true;
  const stopping = sandbox.stop();
  await vi.advanceTimersByTimeAsync(151);
  expect(await stopping).toBe("soft");
});

test("a cell that cannot be stopped from within is stopped from without at once", async () => {
  const { sandbox, workers } = setUp();
  await sandbox.start();
  sandbox.send({ type: "run", cells: "all" });
  await settle();
  workers[0]!.isStuck = true;
  const stopping = sandbox.stop();
  workers[0]!.say({ type: "unstoppable", cell: "a" });
  await vi.advanceTimersByTimeAsync(50);
  expect(await stopping).toBe("hard");
});

test("a stop before the worker is ready takes back the run that waits", async () => {
  const { sandbox, workers } = setUp();
  const starting = sandbox.start();
  sandbox.send({ type: "cells", cells: [], seed: 1 });
  sandbox.send({ type: "run", cells: "all" });
  expect(await sandbox.stop()).toBe("soft");
  await starting;
  await settle();
  expect(workers[0]!.heard.map(({ type }) => type)).toEqual(["cells"]);
});

test("nothing that a dead worker said is shown after a restart", async () => {
  const { sandbox, workers, messages } = setUp();
  await sandbox.start();
  for (let i = 0; i < 200; i++) {
    workers[0]!.say({ type: "log", cell: "a", run: 1, level: "log", text: `line ${i}` });
  }
  const restarting = sandbox.restart();
  messages.length = 0;
  await restarting;
  await settle();
  workers[0]!.say(state("a", "done"));
  await settle();
  expect(messages).toEqual([{ type: "ready", version: 1 }]);
});

test("a flood stops the cells, says why, and brings a new worker", async () => {
  const { sandbox, workers, messages, lost } = setUp();
  await sandbox.start();
  for (let i = 0; i < 20_100; i++) {
    workers[0]!.say({ type: "log", cell: "a", run: 1, level: "log", text: `line ${i}` });
  }
  await settle();
  expect(workers[0]!.isTerminated).toBe(true);
  expect(lost).toEqual([
    {
      kind: "flooded",
      message:
        "The cells sent more than the page can show and were stopped: over 20,000 messages were waiting. " +
        "Nothing you wrote is lost. Show or log something every 100th step only, then run the cells again.",
    },
  ]);
  expect(messages.at(-1)).toEqual({ type: "ready", version: 1 });
});

test("a frame that died is rebuilt, and the reader is told of the memory", async () => {
  const { sandbox, messages, lost, world } = setUp();
  await sandbox.start();
  sandbox.send({ type: "run", cells: "all" });
  await settle();
  world.isFrameDead = true;
  await vi.advanceTimersByTimeAsync(4100);
  expect(lost).toEqual([
    {
      kind: "memory",
      message:
        "The cells ran out of memory and were stopped. Nothing you wrote is lost. " +
        "Make the arrays, the batch or the model smaller, then run the cells again.",
    },
  ]);
  expect(world.frames).toBe(2);
  expect(messages).toEqual([
    { type: "ready", version: 1 },
    { type: "ready", version: 1 },
  ]);
});

test("Stop works on a frame that died unnoticed", async () => {
  const { sandbox, lost, world } = setUp();
  await sandbox.start();
  world.isFrameDead = true;
  const stopping = sandbox.stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect(await stopping).toBe("hard");
  expect(lost.map(({ kind }) => kind)).toEqual(["memory"]);
  expect(world.frames).toBe(2);
});

test("an idle page sends no heartbeats", async () => {
  const { sandbox, world, lost } = setUp();
  await sandbox.start();
  world.isFrameDead = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lost).toEqual([]);
});

test("start fails with a sentence when the worker stays silent, and may be tried again", async () => {
  const options = { isReadyAtOnce: false };
  const { sandbox, workers } = setUp(options);
  const failure = expect(sandbox.start()).rejects.toThrow(
    "The cells did not start within 10 seconds. The device may be busy or short of memory: " +
      "close other tabs, then run again or reload the page.",
  );
  await vi.advanceTimersByTimeAsync(10_001);
  await failure;
  const again = sandbox.start();
  await settle();
  workers.at(-1)!.say({ type: "ready", version: 1 });
  await settle();
  await again;
});

test("start fails with a sentence when the worker's script is broken", async () => {
  const { sandbox, workers } = setUp({ isReadyAtOnce: false });
  const failure = expect(sandbox.start()).rejects.toThrow(
    "The cells could not start: SyntaxError: bad. Reload the page.",
  );
  await settle();
  workers[0]!.onerror?.({ message: "SyntaxError: bad" } as ErrorEvent);
  await failure;
});

test("a page that loses its server while a worker is replaced hears of it", async () => {
  const { sandbox, lost, world } = setUp();
  await sandbox.start();
  sandbox.send({ type: "run", cells: "all" });
  await settle();
  world.isFrameBlocked = true;
  world.isFrameDead = true;
  await vi.advanceTimersByTimeAsync(4100);
  expect(lost.map(({ kind }) => kind)).toEqual(["memory", "blocked"]);
});

test("an output over 2 MB is replaced by a sentence", async () => {
  const { sandbox, workers, messages } = setUp();
  await sandbox.start();
  const bundle = { "text/plain": "x".repeat(3_000_000) };
  workers[0]!.say({ type: "output", cell: "a", run: 2, slot: "s", op: "put", bundle });
  workers[0]!.say({ type: "log", cell: "a", run: 2, level: "log", text: "x".repeat(2_500_000) });
  await settle();
  expect(messages.slice(1)).toEqual([
    {
      type: "output",
      cell: "a",
      run: 2,
      slot: "s",
      op: "put",
      bundle: {
        "text/plain":
          "This output is larger than 2 MB (it has 3.0 MB) and is not shown. " +
          "Show a part or a summary of it, such as the first rows.",
      },
    },
    {
      type: "log",
      cell: "a",
      run: 2,
      level: "warn",
      text:
        "A message of this cell was larger than 2 MB (it had 2.5 MB) and was left out. " +
        "Log a part or a summary of it.",
    },
  ]);
});

test("forged control objects, second readies and junk change nothing", async () => {
  const { sandbox, workers, messages, lost } = setUp();
  await sandbox.start();
  messages.length = 0;
  workers[0]!.sayText({ frame: "flooded", generation: 1, why: "rate" });
  workers[0]!.sayText('x\n{"frame":"flooded","generation":1,"why":"rate"}');
  workers[0]!.sayText("junk");
  workers[0]!.say({ type: "ready", version: 1 });
  await settle();
  expect(messages).toEqual([]);
  expect(lost).toEqual([]);
});

test("a need is answered here and not passed on", async () => {
  const { sandbox, workers, messages } = setUp();
  await sandbox.start();
  workers[0]!.say({ type: "need", request: 4, kind: "data", name: "moby" });
  await settle();
  expect(workers[0]!.heard).toEqual([
    { type: "supply", request: 4, error: 'This course has no data file named "moby". It has none.' },
  ]);
  expect(messages).toEqual([{ type: "ready", version: 1 }]);
});

test("disposing while it starts ends the start", async () => {
  const { sandbox, workers } = setUp({ isReadyAtOnce: false });
  const failure = expect(sandbox.start()).rejects.toThrow(
    "The lesson was closed before its cells had started.",
  );
  sandbox.dispose();
  await failure;
  expect(workers).toEqual([]);
});
