import type {
  CellError,
  CellState,
  LogLevel,
  RuntimeMessage,
  StaleReason,
  TensorCount,
} from "#src/notebook/runtime/message.ts";
import { type Bundle, INPUT_MIME } from "#src/notebook/runtime/bundle.ts";

export interface Output {
  slot: string;
  bundle: Bundle;
  /** a control of the last run: it stays under the reader's hand until this run has put its own */
  isOld?: true;
}
export interface Log {
  level: LogLevel;
  text: string;
  line?: number;
}
export interface Progress {
  value: number;
  total?: number;
  label?: string;
}

/** What the page knows of one cell's runs in this visit. Plain data; `reduceCell` makes the next one. */
export interface CellRun {
  /** the runtime's number of the run; 0 before the first */
  run: number;
  state: CellState;
  /** a run has begun here: what stands under the cell is no longer the author's */
  isLive: boolean;
  why?: StaleReason;
  ms?: number;
  kept?: TensorCount;
  startedAt?: number;
  endedAt?: number;
  outputs: Output[];
  logs: Log[];
  error?: CellError;
  progress?: Progress;
  /** the new run has shown nothing yet: what stands here is the last run's, kept so that the page does not jump */
  isFading: boolean;
}

export const restingRun = (): CellRun => ({
  run: 0,
  state: "idle",
  isLive: false,
  outputs: [],
  logs: [],
  isFading: false,
});

/** Messages that belong to one cell. */
export type CellMessage = Extract<RuntimeMessage, { cell: string; run: number }>;

export const isCellMessage = (message: RuntimeMessage): message is CellMessage => "run" in message;

export const LOG_LIMIT = 1000;

/** states in which a run is over */
export const ENDED: ReadonlySet<CellState> = new Set(["done", "error", "stopped"]);

const swept = (cell: CellRun): CellRun => {
  if (!cell.isFading) return cell;
  const controls = cell.outputs.filter(({ bundle }) => INPUT_MIME in bundle);
  const outputs = controls.map((one): Output => ({ ...one, isOld: true }));
  return { ...cell, isFading: false, outputs, logs: [], error: undefined };
};

function withState(cell: CellRun, message: CellMessage & { type: "state" }, now: number): CellRun {
  const { state, why, ms, kept } = message;
  if (state === "running") {
    const startedAt = cell.state === "running" ? cell.startedAt : now;
    return { ...cell, state, why: undefined, startedAt };
  }
  if (ENDED.has(state)) {
    const base = swept(cell);
    // after an error or a stop a control can still be moved: its cell then runs again
    const outputs = state === "done" ? base.outputs.filter((one) => !one.isOld) : base.outputs;
    const rest = { why, kept, endedAt: now, progress: undefined, isLive: true };
    return { ...base, ...rest, state, outputs, ms: ms ?? base.ms };
  }
  return { ...cell, state, why, progress: undefined };
}

function withOutput(cell: CellRun, message: CellMessage & { type: "output" }): CellRun {
  const base = swept(cell);
  const { slot } = message;
  if (message.op === "remove") return { ...base, outputs: base.outputs.filter((one) => one.slot !== slot) };
  const put: Output = { slot, bundle: message.bundle };
  const isKnown = base.outputs.some((one) => one.slot === slot);
  const outputs = isKnown
    ? base.outputs.map((one) => (one.slot === slot ? put : one))
    : [...base.outputs, put];
  return { ...base, outputs, isLive: true };
}

function withLog(cell: CellRun, { level, text, line }: CellMessage & { type: "log" }): CellRun {
  const base = swept(cell);
  const logs = [...base.logs, line === undefined ? { level, text } : { level, text, line }];
  return { ...base, logs: logs.length > LOG_LIMIT ? logs.slice(-LOG_LIMIT) : logs, isLive: true };
}

/** The cell after a message; messages of an older run change nothing. */
export function reduceCell(cell: CellRun, message: CellMessage, now: number): CellRun {
  if (message.run < cell.run) return cell;
  const current = message.run > cell.run ? { ...cell, run: message.run } : cell;
  switch (message.type) {
    case "clear":
      return {
        ...current,
        isFading: true,
        progress: undefined,
        isLive: true,
        ms: undefined,
        kept: undefined,
      };
    case "state":
      return withState(current, message, now);
    case "output":
      return withOutput(current, message);
    case "log":
      return withLog(current, message);
    case "error":
      return { ...swept(current), error: message.error, isLive: true };
    case "progress": {
      const { value, total, label } = message;
      // the author's output cannot stand beside a progress bar: the page has its HTML, not its data
      const base = current.outputs.length === 0 ? swept(current) : current;
      return { ...base, progress: { value, total, label } };
    }
    case "values":
      return current;
  }
}

/** After a restart the runtime counts runs from one again and has forgotten every value. */
export function restartedRun(cell: CellRun): CellRun {
  const base: CellRun = { ...cell, run: 0, progress: undefined, isFading: false };
  if (cell.state === "running" || cell.state === "waiting") return { ...base, state: "stopped" };
  if (cell.state === "done") return { ...base, state: "stale", why: { kind: "restarted" } };
  return base;
}
