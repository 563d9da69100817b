import type { InputValue } from "./bundle.ts";
import { isBuiltin, startCell } from "./cell-run.ts";
import { type CellRecord, createRecord, reviseRecord, valuesOf } from "./cell-record.ts";
import { completionsOf } from "./complete.ts";
import { CellSet } from "./cell-set.ts";
import { Aborted, toCellError } from "./errors.ts";
import type { RuntimeHost } from "./host.ts";
import type { CellSpec, CellState, PageMessage, RuntimeMessage, StaleReason } from "./message.ts";

/** How long a stopped cell may go on before the page is asked to end its worker. */
const STOP_PATIENCE = 250;

/**
 * The reactive notebook: cells in, messages out. One cell runs at a time, upstream first, then in page order, so that
 * the numbers, the tensors' owners and the console's lines are the same in every place that it runs.
 */
export class Runtime {
  readonly #host: RuntimeHost;
  #cells = new CellSet(new Map(), () => true);
  #queue = new Set<CellRecord>();
  #current: CellRecord | null = null;
  #pumping: Promise<void> | null = null;
  #seed = 1;
  /** an edited cell is parsed by a part of the library that may have to load first: runs wait for it */
  #settled: Promise<void> = Promise.resolve();

  constructor(host: RuntimeHost) {
    this.#host = host;
  }

  /** Handles a page's message; resolves when what it asked for is done. */
  async receive(message: PageMessage): Promise<void> {
    switch (message.type) {
      case "cells":
        this.#settled = this.#settled.then(() => this.setCells(message.cells, message.seed));
        return this.#settled;
      case "run":
        await this.#settled;
        return this.run(message.cells);
      case "stop":
        return this.stop(message.cell);
      case "input":
        await this.#settled;
        return this.setInput(message.cell, message.name, message.value);
      case "drawn": {
        const record = this.#cells.get(message.cell);
        if (record?.run === message.run) record.live?.slots.drawn(message.slot);
        return;
      }
      case "complete":
        return this.#post({
          type: "completions",
          request: message.request,
          items: completionsOf(message.path, this.#cells.visibleNames()),
        });
      case "ping":
        return this.#post({ type: "pong", n: message.n });
      case "supply":
        return;
    }
  }

  /** Takes the lesson's cells, new or edited; nothing runs, but what ran from another source becomes stale. */
  async setCells(specs: CellSpec[], seed: number): Promise<void> {
    this.#seed = seed;
    const kept = new Set(specs.map((spec) => spec.id));
    for (const record of this.#cells.records.values())
      if (!kept.has(record.spec.id)) {
        this.#release(record);
        this.#queue.delete(record);
      }
    const records = new Map<string, CellRecord>();
    const edited: CellRecord[] = [];
    for (const [index, spec] of specs.entries()) {
      const record = this.#cells.get(spec.id) ?? createRecord(spec);
      record.index = index;
      const isEdited = await reviseRecord(record, spec, this.#host, (m) => this.#post(m));
      if (isEdited && record.hasRun) edited.push(record);
      records.set(spec.id, record);
    }
    this.#link(records);
    for (const record of edited) {
      this.#setStale(record, { kind: "edited" });
      this.#markDownstream(record, { kind: "upstream", cell: record.spec.id });
    }
  }

  /** Runs cells and, before them, whatever they read that is not up to date; what failed is tried again. */
  run(cells: string[] | "all" | "stale"): Promise<void> {
    const wanted = [...this.#cells.records.values()].filter((record) => {
      if (Array.isArray(cells)) return cells.includes(record.spec.id);
      if (record.spec.run === "check") return false;
      return cells === "all" || record.state === "stale" || (!record.spec.isOriginal && !record.hasRun);
    });
    for (const record of wanted) {
      if (record === this.#current) this.#abort(record, "it runs again");
      this.#enqueueWithUpstream(record, (up) => this.#cells.isFresh(up));
    }
    return this.#pump();
  }

  /** A reader set a control: the cells that read it run again, or become stale. */
  setInput(cell: string, name: string, value: InputValue): Promise<void> {
    const record = this.#cells.get(cell);
    if (!record) return Promise.resolve();
    record.controlValues.set(name, value);
    const control = record.controls.get(name);
    if (!control || record.state !== "done") {
      record.isChanged = true;
      this.#enqueue(record);
    } else {
      control.value = value;
      record.exports[name] = value;
      record.version++;
      record.isChanged = true;
      this.#postValues(record);
      this.#touchDownstream(record, { kind: "input", cell, name });
    }
    return this.#pump();
  }

  stop(cell?: string): void {
    for (const record of [...this.#queue]) {
      if (cell !== undefined && record.spec.id !== cell) continue;
      this.#queue.delete(record);
      if (record.hasRun) this.#setStale(record, { kind: "restarted" });
      else this.#setState(record, "idle");
    }
    const running = this.#current;
    if (running && (cell === undefined || running.spec.id === cell)) this.#abort(running, "stopped");
  }

  /** Frees everything that the cells keep. */
  dispose(): void {
    this.stop();
    for (const record of this.#cells.records.values()) this.#release(record);
  }

  // ---- graph

  #link(records: Map<string, CellRecord>): void {
    const isKnown = (name: string) =>
      isBuiltin(name) || this.#host.libraryNames.has(name) || this.#host.isGlobal(name);
    this.#cells = new CellSet(records, isKnown, this.#host.refusal);
    this.#post({ type: "graph", cells: [...this.#cells.graph.nodes.values()] });
  }

  /** After a run: dependents that show a result of an older value run again, or wait for a click as stale. */
  #touchDownstream(record: CellRecord, why: StaleReason): void {
    for (const { reader, isBlocked } of this.#cells.readersToUpdate(record)) {
      if (reader === this.#current) this.#abort(reader, "what it reads changed");
      if (!isBlocked) this.#enqueueWithUpstream(reader, (up) => this.#cells.isSettled(up));
      else if (reader !== this.#current && !this.#queue.has(reader)) this.#setStale(reader, why);
    }
  }

  /** After an edit that has not run yet: everything that reads the cell shows an older value. */
  #markDownstream(record: CellRecord, why: StaleReason): void {
    for (const reader of this.#cells.downstream(record)) {
      if (reader.hasRun && reader.spec.run !== "check" && reader.state === "done")
        this.#setStale(reader, why);
    }
  }

  // ---- states

  #post(message: RuntimeMessage): void {
    this.#host.post(message);
  }

  #setState(
    record: CellRecord,
    state: CellState,
    more: Partial<Extract<RuntimeMessage, { type: "state" }>> = {},
  ): void {
    record.state = state;
    this.#post({ type: "state", cell: record.spec.id, run: record.run, state, ...more });
  }

  #setStale(record: CellRecord, why: StaleReason): void {
    this.#setState(record, "stale", { why });
  }

  /** A cell with what it reads that is not ready: it may never have run. */
  #enqueueWithUpstream(record: CellRecord, isReady: (upstream: CellRecord) => boolean): void {
    for (const upstream of this.#cells.allUpstream(record))
      if (!isReady(upstream) && upstream !== this.#current) this.#enqueue(upstream);
    this.#enqueue(record);
  }

  #enqueue(record: CellRecord): void {
    if (this.#queue.has(record)) return;
    this.#queue.add(record);
    this.#setState(record, "waiting");
  }

  #abort(record: CellRecord, reason: string): void {
    record.controller?.abort(new Aborted(reason));
  }

  #release(record: CellRecord): void {
    record.invalidate();
    for (const { hooks, token } of record.tokens.splice(0)) hooks.dispose(token);
    record.exports = {};
  }

  #postValues(record: CellRecord): void {
    this.#post({ type: "values", cell: record.spec.id, run: record.run, ...valuesOf(record) });
  }

  // ---- running

  #pump(): Promise<void> {
    this.#pumping ??= (async () => {
      await Promise.resolve();
      try {
        while (this.#queue.size) await this.#execute(this.#cells.firstReady(this.#queue)!);
      } finally {
        this.#pumping = null;
        this.#post({ type: "idle" });
      }
    })();
    return this.#pumping;
  }

  async #execute(record: CellRecord): Promise<void> {
    this.#queue.delete(record);
    this.#release(record);
    record.run++;
    record.hasRun = true;
    const { id } = record.spec;
    const start = this.#host.pace.now();
    this.#post({ type: "clear", cell: id, run: record.run });
    this.#current = record;
    const controller = (record.controller = new AbortController());
    this.#setState(record, "running");
    try {
      await this.#compute(record, controller);
      record.version++;
      this.#current = null;
      this.#setState(record, "done", {
        ms: this.#host.pace.now() - start,
        kept: this.#cells.closeTokens(record),
      });
      this.#postValues(record);
      this.#touchDownstream(record, { kind: "upstream", cell: id });
    } catch (error) {
      record.version++;
      this.#cells.closeTokens(record);
      this.#current = null;
      const ms = this.#host.pace.now() - start;
      if (error instanceof Aborted) await this.#afterAbort(record, ms);
      else this.#fail(record, error, ms);
    }
  }

  async #compute(record: CellRecord, controller: AbortController): Promise<void> {
    const { id } = record.spec;
    const { run } = record;
    const inputs = this.#cells.readInputs(record);
    record.isChanged = this.#cells.isChanged(record);
    await this.#host.provide(
      record.parsed!.inputs.filter((name) => this.#host.libraryNames.has(name) && !(name in inputs)),
    );
    for (const hooks of this.#host.hooks()) record.tokens.push({ hooks, token: hooks.before(id) });
    record.live = startCell({
      host: this.#host,
      cell: id,
      run,
      parsed: record.parsed!,
      seed: this.#seed,
      signal: controller.signal,
      invalidation: new Promise((resolve) => (record.invalidate = resolve)),
      inputs,
      controls: record.controlValues,
      post: (message) => {
        if (record.run === run) this.#post(message);
      },
    });
    const { names, controls } = await record.live.finished;
    record.exports = names;
    record.controls = controls;
  }

  #fail(record: CellRecord, thrown: unknown, ms: number): void {
    const { id } = record.spec;
    const error = toCellError(thrown, id, this.#host.locate, (cell) => this.#cells.get(cell)?.parsed);
    record.exports = {};
    this.#post({ type: "error", cell: id, run: record.run, error });
    this.#setState(record, "error", { ms });
    this.#touchDownstream(record, { kind: "upstream", cell: id });
  }

  async #afterAbort(record: CellRecord, ms: number): Promise<void> {
    if (!this.#queue.has(record)) this.#setState(record, "stopped", { ms });
    if (!record.live?.isComputing()) return;
    await new Promise((resolve) => setTimeout(resolve, STOP_PATIENCE));
    if (record.live.isComputing()) this.#post({ type: "unstoppable", cell: record.spec.id });
  }
}
