import { createRng } from "#src/util/rng.ts";
import type { ParsedCell } from "../cells/parsed-cell.ts";
import { BUILTIN_NAMES, createBuiltins, lateBundle, runChecks } from "./builtins.ts";
import { Aborted } from "./errors.ts";
import type { RuntimeHost } from "./host.ts";
import { fittingValue } from "./fitting-value.ts";
import { Input } from "./input.ts";
import type { InputValue } from "./bundle.ts";
import type { RuntimeMessage } from "./message.ts";
import { Slots } from "./slots.ts";

/** One execution of a cell, from its parameters to its exports. */
export interface CellRunOptions {
  host: RuntimeHost;
  cell: string;
  run: number;
  parsed: ParsedCell;
  seed: number;
  signal: AbortSignal;
  invalidation: Promise<void>;
  /** drops what comes after the run is superseded */
  post(message: RuntimeMessage): void;
  /** values of upstream names */
  inputs: Record<string, unknown>;
  /** what the reader set in this cell's controls, by name */
  controls: ReadonlyMap<string, InputValue>;
}

export interface CellRun {
  slots: Slots;
  /** false once the cell's own code has ended, also after an abort */
  isComputing(): boolean;
  /** resolves with the exports; rejects with what the cell threw, or `Aborted` */
  finished: Promise<CellExports>;
}

export interface CellExports {
  names: Record<string, unknown>;
  /** the controls that the cell defined, by name */
  controls: Map<string, Input>;
}

type Snapshot = () => Record<string, unknown>;

export function startCell(options: CellRunOptions): CellRun {
  const { host, cell, run } = options;
  const slots = new Slots(
    (slot, bundle) => options.post({ type: "output", cell, run, slot, op: "put", bundle }),
    host.pace,
  );
  const status = { isComputing: false };
  const finished = execute(options, slots, status).finally(() => slots.flush());
  return { slots, isComputing: () => status.isComputing, finished };
}

async function execute(
  options: CellRunOptions,
  slots: Slots,
  status: { isComputing: boolean },
): Promise<CellExports> {
  const { host, parsed, signal } = options;
  const aborted = whenAborted(signal);
  const library = parsed.inputs.filter((name) => !(name in options.inputs) && host.libraryNames.has(name));
  const provided = await Promise.race([host.provide(library), aborted]);
  let snapshot: Snapshot = () => ({});
  const last: { value?: unknown } = {};
  const builtins = createBuiltins({
    ...options,
    slots,
    now: host.pace.now,
    line: () => callerLine(options),
  });
  const names = Object.fromEntries(
    Object.entries(builtins.names).filter(([name]) => parsed.inputs.includes(name)),
  );
  const scope: Record<string, unknown> = {
    ...names,
    ...provided,
    ...options.inputs,
    $value: (value: unknown) => void (last.value = value),
    $snapshot: (take: Snapshot) => void (snapshot = take),
  };
  const code = await host.evaluate(functionText(parsed, Object.keys(scope)), options.cell);
  Math.random = createRng(options.seed).fork(options.cell).uniform;
  status.isComputing = true;
  const result = code(...Object.values(scope));
  if (parsed.isGenerator) {
    const stream = result as AsyncGenerator<unknown, unknown>;
    const body = drain(stream, options, slots, aborted).finally(() => (status.isComputing = false));
    await body;
  } else {
    const body = Promise.resolve(result as Promise<unknown>).finally(() => (status.isComputing = false));
    body.catch(() => {});
    await Promise.race([body, aborted]);
  }
  if ("value" in last) await showLast(last.value, options, slots, aborted);
  if (builtins.checks.length) {
    const results = await Promise.race([runChecks(builtins.checks), aborted]);
    slots.put("checks", () => results);
  }
  return settle(snapshot(), options, slots, aborted);
}

function whenAborted(signal: AbortSignal): Promise<never> {
  const promise = new Promise<never>((_, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
  promise.catch(() => {});
  return promise;
}

/** One line before the source, so that a line number of the script is the reader's plus one. */
function functionText(parsed: ParsedCell, names: string[]): string {
  const parts = parsed.outputs.map((name) => `try{$o.${name}=${name}}catch{}`).join("");
  const head = `"use strict";$snapshot(()=>{const $o={};${parts}return $o});`;
  return `(async function${parsed.isGenerator ? "*" : ""}(${names.join(",")}){${head}\n${parsed.body}\n})`;
}

function callerLine({ host, cell }: CellRunOptions): number | undefined {
  for (const text of String(new Error().stack).split("\n")) {
    const place = host.locate(text);
    if (place?.cell === cell) return place.line - 1;
  }
  return undefined;
}

const isStream = (value: unknown): value is AsyncGenerator<unknown> | Generator<unknown> => {
  const stream = value as Partial<AsyncGenerator> & { [Symbol.iterator]?: unknown };
  const isIterable = Boolean(stream?.[Symbol.asyncIterator] ?? stream?.[Symbol.iterator]);
  return isIterable && typeof stream.next === "function" && typeof stream.return === "function";
};

/** Shows each value that a stream yields in the place of the one before; ends it when the run is aborted. */
async function drain(
  stream: AsyncGenerator<unknown> | Generator<unknown>,
  { host, signal }: CellRunOptions,
  slots: Slots,
  aborted: Promise<never>,
): Promise<void> {
  let breath = host.pace.now();
  try {
    for (;;) {
      const next = await Promise.race([stream.next(), aborted]);
      if (next.done) return;
      if (next.value !== undefined) slots.put("value", lateBundle(await next.value));
      if (host.pace.now() - breath < 12) continue;
      await host.breathe();
      breath = host.pace.now();
      if (signal.aborted) throw signal.reason;
    }
  } catch (error) {
    if (error instanceof Aborted) await endStream(stream);
    throw error;
  }
}

/** Runs the stream's `finally` blocks, but waits no longer than a moment for a stream that does not answer. */
async function endStream(stream: AsyncGenerator<unknown> | Generator<unknown>): Promise<void> {
  const ended = Promise.resolve(stream.return(undefined)).catch(() => {});
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 100))]);
}

async function showLast(
  value: unknown,
  options: CellRunOptions,
  slots: Slots,
  aborted: Promise<never>,
): Promise<void> {
  const settled = await Promise.race([Promise.resolve(value), aborted]);
  if (settled instanceof Input && settled.name === "") return;
  if (isStream(settled)) await drain(settled, options, slots, aborted);
  else if (settled !== undefined) slots.put("value", lateBundle(settled));
}

/** Awaits exported promises and turns controls into their current values. */
async function settle(
  names: Record<string, unknown>,
  options: CellRunOptions,
  slots: Slots,
  aborted: Promise<never>,
): Promise<CellExports> {
  const controls = new Map<string, Input>();
  for (const [name, value] of Object.entries(names)) {
    if (value instanceof Promise) names[name] = await Promise.race([value, aborted]);
    if (!(value instanceof Input)) continue;
    value.cell = options.cell;
    value.name = name;
    value.value = fittingValue(value.spec, options.controls.get(name));
    controls.set(name, value);
    names[name] = value.value;
    const bundle = lateBundle(value);
    slots.put(`input:${name}`, bundle);
  }
  return { names, controls };
}

export const isBuiltin = (name: string): boolean => BUILTIN_NAMES.has(name);
