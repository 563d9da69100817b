import type { ParsedCell } from "../cells/parsed-cell.ts";
import type { InputValue } from "./bundle.ts";
import type { CellRun } from "./cell-run.ts";
import { syntaxProblem } from "./errors.ts";
import type { RunHooks, RuntimeHost } from "./host.ts";
import type { Input } from "./input.ts";
import type { CellError, CellSpec, CellState, RuntimeMessage } from "./message.ts";

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

/** The cell's numbers, truth values and short texts by name: what the prose can show. */
export function scalarsOf({ exports }: CellRecord): Record<string, number | string | boolean> {
  const values: Record<string, number | string | boolean> = {};
  for (const [name, value] of Object.entries(exports)) {
    if (typeof value === "number" || typeof value === "boolean") values[name] = value;
    else if (typeof value === "string" && value.length <= 200) values[name] = value;
  }
  return values;
}
