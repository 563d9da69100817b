import type { LessonPageData } from "#src/notebook/lesson.ts";
import type { InputValue } from "#src/notebook/runtime/bundle.ts";
import type { CellSpec, Completion, RuntimeMessage } from "#src/notebook/runtime/message.ts";
import type { LostReason, Sandbox, SandboxOptions } from "#src/notebook/sandbox/client.ts";

export type CreateSandbox = (options: SandboxOptions) => Sandbox;

export interface SessionOptions {
  data: LessonPageData;
  createSandbox: CreateSandbox;
  /** the cells with the reader's sources, input values and what is known of their parse */
  cells: () => CellSpec[];
  onMessage: (message: RuntimeMessage) => void;
  /** the worker is gone, and every value with it; `reason` when nobody asked for that */
  onRestarted: (reason?: LostReason) => void;
  setTimer: (run: () => void, ms: number) => () => void;
}

export interface Session {
  readonly isStarted: boolean;
  run(cells: string[] | "all" | "stale"): Promise<void>;
  input(cell: string, name: string, value: InputValue): Promise<void>;
  /** sources changed: the runtime hears of it a little later, or before the next run */
  sourcesChanged(): void;
  stop(): Promise<void>;
  restart(): Promise<void>;
  drawn(cell: string, run: number, slot: string): void;
  complete(path: string[]): Promise<Completion[]>;
  dispose(): void;
}

const SEND_DELAY = 300;
const COMPLETION_PATIENCE = 800;

/** One lesson's talk with its sandbox: started at the first need, and each fresh worker is told everything again. */
export function createSession(options: SessionOptions): Session {
  const { data } = options;
  let starting: Promise<void> | undefined;
  let isStarted = false;
  let needsCells = true;
  let cancelSend: (() => void) | undefined;
  /** what was last asked to run and has not ended: a stuck worker must not swallow it */
  let wanted: string[] | "all" | "stale" | undefined;
  let requests = 0;
  const completions = new Map<number, (items: Completion[]) => void>();

  const sandbox = options.createSandbox({ manifest: data.manifest, base: data.base, onMessage, onLost });

  function onMessage(message: RuntimeMessage): void {
    if (message.type === "ready") {
      if (isStarted) forget();
      isStarted = true;
      sendCells();
    } else if (message.type === "completions") {
      completions.get(message.request)?.(message.items);
      completions.delete(message.request);
    } else if (message.type === "unstoppable") replaceStuck();
    else {
      if (message.type === "idle") wanted = undefined;
      options.onMessage(message);
    }
  }

  /** A cell goes on although it was told to end, because it runs again or because the reader stopped it. */
  function replaceStuck(): void {
    const again = wanted;
    begin(() => sandbox.restart()).then(
      () => again && sandbox.send({ type: "run", cells: again }),
      () => undefined,
    );
  }

  function onLost(reason: LostReason): void {
    starting = undefined;
    forget(reason);
  }

  /** The worker that knew the lesson is gone. */
  function forget(reason?: LostReason): void {
    isStarted = false;
    needsCells = true;
    for (const resolve of completions.values()) resolve([]);
    completions.clear();
    if (reason) wanted = undefined;
    options.onRestarted(reason);
  }

  function sendCells(): void {
    cancelSend?.();
    cancelSend = undefined;
    if (!needsCells) return;
    needsCells = false;
    sandbox.send({ type: "cells", cells: options.cells(), seed: data.seed });
  }

  /** Everything sent waits for this; a failure is forgotten, so that the next try is a real one. */
  function begin(act: () => Promise<void>): Promise<void> {
    const mine = act().catch((error: unknown) => {
      if (starting === mine) starting = undefined;
      throw error;
    });
    starting = mine;
    return mine;
  }

  const ready = (): Promise<void> => starting ?? begin(() => sandbox.start());

  return {
    get isStarted() {
      return isStarted;
    },
    async run(cells) {
      await ready();
      sendCells();
      wanted = cells;
      sandbox.send({ type: "run", cells });
    },
    async input(cell, name, value) {
      await ready();
      sendCells();
      sandbox.send({ type: "input", cell, name, value });
    },
    sourcesChanged() {
      needsCells = true;
      cancelSend?.();
      if (isStarted) cancelSend = options.setTimer(sendCells, SEND_DELAY);
    },
    async stop() {
      wanted = undefined;
      if (starting) await sandbox.stop();
    },
    async restart() {
      wanted = undefined;
      if (starting) await begin(() => sandbox.restart());
    },
    drawn(cell, run, slot) {
      if (isStarted) sandbox.send({ type: "drawn", cell, run, slot });
    },
    complete(path) {
      if (!isStarted) return Promise.resolve([]);
      sendCells();
      const request = (requests += 1);
      return new Promise((resolve) => {
        completions.set(request, resolve);
        options.setTimer(() => completions.delete(request) && resolve([]), COMPLETION_PATIENCE);
        sandbox.send({ type: "complete", request, path });
      });
    },
    dispose() {
      cancelSend?.();
      sandbox.dispose();
    },
  };
}
