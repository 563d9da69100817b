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
}

const SEND_DELAY = 300;
const COMPLETION_PATIENCE = 800;

/** One lesson's talk with its sandbox: started at the first need, and each fresh worker is told everything again. */
export const createSession = (options: SessionOptions): Session => new LiveSession(options);

class LiveSession implements Session {
  readonly #options: SessionOptions;
  readonly #sandbox: Sandbox;
  readonly #completions = new Map<number, (items: Completion[]) => void>();
  #starting: Promise<void> | undefined;
  #isStarted = false;
  #needsCells = true;
  #cancelSend: (() => void) | undefined;
  /** what was last asked to run and has not ended: a stuck worker must not swallow it */
  #wanted: string[] | "all" | "stale" | undefined;
  #requests = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    const { manifest, base } = options.data;
    this.#sandbox = options.createSandbox({
      manifest,
      base,
      onMessage: (message) => this.#receive(message),
      onLost: (reason) => {
        this.#starting = undefined;
        this.#forget(reason);
      },
    });
  }

  get isStarted(): boolean {
    return this.#isStarted;
  }

  async run(cells: string[] | "all" | "stale"): Promise<void> {
    await this.#ready();
    this.#sendCells();
    this.#wanted = cells;
    this.#sandbox.send({ type: "run", cells });
  }

  async input(cell: string, name: string, value: InputValue): Promise<void> {
    await this.#ready();
    this.#sendCells();
    this.#sandbox.send({ type: "input", cell, name, value });
  }

  sourcesChanged(): void {
    this.#needsCells = true;
    this.#cancelSend?.();
    if (this.#isStarted) this.#cancelSend = this.#options.setTimer(() => this.#sendCells(), SEND_DELAY);
  }

  async stop(): Promise<void> {
    this.#wanted = undefined;
    if (this.#starting) await this.#sandbox.stop();
  }

  async restart(): Promise<void> {
    this.#wanted = undefined;
    if (this.#starting) await this.#begin(() => this.#sandbox.restart());
  }

  drawn(cell: string, run: number, slot: string): void {
    if (this.#isStarted) this.#sandbox.send({ type: "drawn", cell, run, slot });
  }

  complete(path: string[]): Promise<Completion[]> {
    if (!this.#isStarted) return Promise.resolve([]);
    this.#sendCells();
    const request = (this.#requests += 1);
    return new Promise((resolve) => {
      this.#completions.set(request, resolve);
      this.#options.setTimer(() => this.#completions.delete(request) && resolve([]), COMPLETION_PATIENCE);
      this.#sandbox.send({ type: "complete", request, path });
    });
  }

  #receive(message: RuntimeMessage): void {
    if (message.type === "ready") {
      if (this.#isStarted) this.#forget();
      this.#isStarted = true;
      this.#sendCells();
    } else if (message.type === "completions") {
      this.#completions.get(message.request)?.(message.items);
      this.#completions.delete(message.request);
    } else if (message.type === "unstoppable") this.#replaceStuck();
    else {
      if (message.type === "idle") this.#wanted = undefined;
      this.#options.onMessage(message);
    }
  }

  /** A cell goes on although it was told to end, because it runs again or because the reader stopped it. */
  #replaceStuck(): void {
    const again = this.#wanted;
    this.#begin(() => this.#sandbox.restart()).then(
      () => again && this.#sandbox.send({ type: "run", cells: again }),
      () => undefined,
    );
  }

  /** The worker that knew the lesson is gone. */
  #forget(reason?: LostReason): void {
    this.#isStarted = false;
    this.#needsCells = true;
    for (const resolve of this.#completions.values()) resolve([]);
    this.#completions.clear();
    if (reason) this.#wanted = undefined;
    this.#options.onRestarted(reason);
  }

  #sendCells(): void {
    this.#cancelSend?.();
    this.#cancelSend = undefined;
    if (!this.#needsCells) return;
    this.#needsCells = false;
    const { cells, data } = this.#options;
    this.#sandbox.send({ type: "cells", cells: cells(), seed: data.seed });
  }

  #ready(): Promise<void> {
    return this.#starting ?? this.#begin(() => this.#sandbox.start());
  }

  /** Everything sent waits for this; a failure is forgotten, so that the next try is a real one. */
  #begin(act: () => Promise<void>): Promise<void> {
    const mine = act().catch((error: unknown) => {
      if (this.#starting === mine) this.#starting = undefined;
      throw error;
    });
    this.#starting = mine;
    return mine;
  }
}
