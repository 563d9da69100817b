import type { ParsedCell } from "../cells/parsed-cell.ts";
import type { InputValue } from "./bundle.ts";
import type { CellRun } from "./cell-run.ts";
import { syntaxProblem } from "./errors.ts";
import type { RunHooks, RuntimeHost } from "./host.ts";
import type { Input } from "./input.ts";
import { inspectText, isTensor } from "./inspect.ts";
import type { CellError, CellSpec, CellState, RuntimeMessage, Scalar } from "./message.ts";

/** Everything the runtime remembers of one cell. */
export interface CellRecord {
  spec: CellSpec;
  index: number;
  parsed?: ParsedCell;
  problem?: CellError;
  state: CellState;
  /** counts runs; messages of older runs are dropped */
  run: number;
  /** counts changes of what the cell exports */
  version: number;
  /** the versions of upstream cells that the last run read */
  used: Map<string, number>;
  exports: Record<string, unknown>;
  controls: Map<string, Input>;
  /** what the reader set, kept over reruns of the cell */
  controlValues: Map<string, InputValue>;
  hasRun: boolean;
  /** its values may differ from the author's: edited, a control moved, or an upstream cell changed */
  isChanged: boolean;
  controller?: AbortController;
  live?: CellRun;
  tokens: { hooks: RunHooks; token: unknown }[];
  /** resolves the `invalidation` promise of the last run */
  invalidate: () => void;
}

export function createRecord(spec: CellSpec): CellRecord {
  return {
    spec: { ...spec, source: "\0" },
    index: 0,
    state: "idle",
    run: 0,
    version: 0,
    used: new Map(),
    exports: {},
    controls: new Map(),
    controlValues: new Map(),
    hasRun: false,
    isChanged: false,
    tokens: [],
    invalidate: () => {},
  };
}

/** Takes a cell's new spec; parses it when the source is new and came without its parsed form. True when edited. */
export async function reviseRecord(
  record: CellRecord,
  spec: CellSpec,
  host: RuntimeHost,
  post: (message: RuntimeMessage) => void,
): Promise<boolean> {
  const isEdited = record.spec.source !== spec.source;
  for (const [name, value] of Object.entries(spec.inputs ?? {})) record.controlValues.set(name, value);
  record.spec = spec;
  if (!isEdited) return false;
  record.parsed = spec.parsed;
  record.problem = undefined;
  if (record.parsed) return true;
  try {
    record.parsed = await host.parse(spec.source);
    post({ type: "parsed", cell: spec.id, source: spec.source, parsed: record.parsed });
  } catch (error) {
    record.problem = syntaxProblem(error);
  }
  return true;
}

/** Longer arrays are not looked into. */
const LONGEST = 10_000;

/**
 * What the page can show of a cell's names: numbers, truth values and short texts, and arrays of numbers and tensors as lines
 * that tell type, shape and first entries.
 */
export function valuesOf({ exports }: CellRecord) {
  const values: Record<string, Scalar> = {};
  const arrays: Record<string, string> = {};
  for (const [name, value] of Object.entries(exports)) {
    if (typeof value === "number" || typeof value === "boolean") values[name] = value;
    else if (typeof value === "string" && value.length <= 200) values[name] = value;
    else if (isNumbers(value)) arrays[name] = inspectText(value);
  }
  return { values, arrays };
}

function isNumbers(value: unknown): boolean {
  if (isTensor(value)) return value.size <= LONGEST;
  const isTyped = ArrayBuffer.isView(value) && !(value instanceof DataView);
  if (!isTyped && !Array.isArray(value)) return false;
  const { length } = value as ArrayLike<unknown>;
  return length > 0 && length <= LONGEST && typeof (value as ArrayLike<unknown>)[0] === "number";
}
