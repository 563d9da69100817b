import { type Bundle, CHECKS_MIME, type CheckResult } from "./bundle.ts";
import { Aborted } from "./errors.ts";
import { input } from "./input.ts";
import { inspectText } from "./inspect.ts";
import type { LogLevel, RuntimeMessage } from "./message.ts";
import type { Slots } from "./slots.ts";
import { toBundle } from "./to-bundle.ts";

const MAX_LINES = 400;
const MAX_SLOTS = 200;
const PROGRESS_INTERVAL = 50;

/** The names that the notebook itself gives to every cell. */
export const BUILTIN_NAMES: ReadonlySet<string> = new Set([
  "display",
  "input",
  "progress",
  "invalidation",
  "console",
  "check",
  "close",
]);

export interface BuiltinContext {
  cell: string;
  run: number;
  signal: AbortSignal;
  slots: Slots;
  post(message: RuntimeMessage): void;
  now(): number;
  /** line of the caller in the cell, when the host can tell */
  line(): number | undefined;
  invalidation: Promise<void>;
}

/** The builtins of one run, bound to its cell. After the run is over they throw, which ends forgotten loops. */
export function createBuiltins(context: BuiltinContext): { names: Record<string, unknown>; checks: Check[] } {
  const guard = () => {
    if (context.signal.aborted) throw new Aborted("this run is over");
  };
  const checks: Check[] = [];
  const names = {
    display: createDisplay(context, guard),
    console: createConsole(context),
    progress: createProgress(context, guard),
    invalidation: context.invalidation,
    input,
    check: (sentence: string, test: Check["test"]) => void checks.push({ sentence, test }),
    close: isClose,
  };
  return { names, checks };
}

function createDisplay(context: BuiltinContext, guard: () => void) {
  let appended = 0;
  return (value: unknown, options: { id?: string } = {}): unknown => {
    guard();
    const slot = options.id === undefined ? `d${appended++}` : `id:${options.id}`;
    if (context.slots.size >= MAX_SLOTS && !context.slots.has(slot)) {
      if (context.slots.size === MAX_SLOTS)
        context.slots.put("limit", () => ({
          "text/plain": `display() was called for more than ${MAX_SLOTS} outputs; the rest are not shown. Give display(value, { id }) to replace one.`,
        }));
      return value;
    }
    context.slots.put(slot, lateBundle(value));
    return value;
  };
}

/** A value's bundle, made when it is sent; now for values that may be freed or changed before. */
export function lateBundle(value: unknown): () => Bundle {
  const isStable =
    value === null || typeof value !== "object" || (value as { nodeType?: number }).nodeType === 1;
  if (isStable) return () => toBundle(value);
  const bundle = toBundle(value);
  return () => bundle;
}

function createConsole(context: BuiltinContext): Record<string, (...values: unknown[]) => void> {
  let lines = 0;
  let tables = 0;
  const counts = new Map<string, number>();
  const starts = new Map<string, number>();
  const write = (level: LogLevel, values: unknown[]) => {
    if (++lines > MAX_LINES + 1) return;
    const text =
      lines > MAX_LINES
        ? `(only the first ${MAX_LINES} lines are shown)`
        : values.map((value) => (typeof value === "string" ? value : inspectText(value))).join(" ");
    const line = context.line();
    context.post({
      type: "log",
      cell: context.cell,
      run: context.run,
      level,
      text: text.slice(0, 10_000),
      line,
    });
  };
  const writer =
    (level: LogLevel) =>
    (...values: unknown[]) =>
      write(level, values);
  return {
    log: writer("log"),
    info: writer("info"),
    warn: writer("warn"),
    error: writer("error"),
    debug: writer("debug"),
    assert: (isTrue, ...values) => (isTrue ? undefined : write("error", ["Assertion failed", ...values])),
    table: (value) => context.slots.put(`t${tables++}`, lateBundle(value)),
    count: (label = "default") => {
      counts.set(String(label), (counts.get(String(label)) ?? 0) + 1);
      write("log", [`${String(label)}: ${counts.get(String(label))}`]);
    },
    time: (label = "default") => void starts.set(String(label), context.now()),
    timeEnd: (label = "default") =>
      write("log", [
        `${String(label)}: ${(context.now() - (starts.get(String(label)) ?? context.now())).toFixed(1)} ms`,
      ]),
  };
}

function createProgress(context: BuiltinContext, guard: () => void) {
  let last = -Infinity;
  /** How far a long computation is: `progress(done, total, label)`; a fraction of one when `total` is absent. */
  return (value: number, total?: number, label?: string): void => {
    guard();
    if (!Number.isFinite(value))
      throw new TypeError(`progress: expected a number, got ${inspectText(value)}`);
    const now = context.now();
    if (now - last < PROGRESS_INTERVAL && value !== (total ?? 1)) return;
    last = now;
    context.post({ type: "progress", cell: context.cell, run: context.run, value, total, label });
  };
}

/** One property that an exercise's solution must have. */
export interface Check {
  sentence: string;
  /** true or nothing: passed; a text: failed, and why; a throw: failed with its message */
  test: () => unknown;
}

export async function runChecks(checks: Check[]): Promise<Bundle> {
  const results: CheckResult[] = [];
  for (const { sentence, test } of checks) {
    try {
      const result = await test();
      const passed = result === undefined || result === true;
      const detail = typeof result === "string" ? result : undefined;
      results.push({ sentence, passed, ...(passed || detail === undefined ? {} : { detail }) });
    } catch (error) {
      results.push({ sentence, passed: false, detail: (error as Error)?.message ?? inspectText(error) });
    }
  }
  const lines = results.map(
    (r) => `${r.passed ? "passed" : "failed"}: ${r.sentence}${r.detail ? ` (${r.detail})` : ""}`,
  );
  return { "text/plain": lines.join("\n"), [CHECKS_MIME]: results };
}

/** Equal numbers, or lists of equal numbers, to a tolerance relative to the larger (default 1e-6). */
export function isClose(actual: unknown, expected: unknown, tolerance = 1e-6): boolean {
  if (typeof actual === "number" && typeof expected === "number") {
    if (Object.is(actual, expected)) return true;
    // an infinity is near nothing but itself
    if (!Number.isFinite(actual) || !Number.isFinite(expected)) return false;
    return Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(actual), Math.abs(expected));
  }
  const [a, e] = [actual, expected] as ArrayLike<unknown>[];
  if (typeof a?.length !== "number" || a.length !== e?.length) return false;
  return Array.from(e, (value, k) => isClose(a[k], value, tolerance)).every(Boolean);
}
