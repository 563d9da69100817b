import type { ParsedCell } from "../cells/parsed-cell.ts";
import type { InputValue } from "./bundle.ts";
import type { CellRun } from "./cell-run.ts";
import { syntaxProblem } from "./errors.ts";
import type { RunHooks, RuntimeHost } from "./host.ts";
import type { Input } from "./input.ts";
import { isTensor } from "./inspect.ts";
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

/**
 * What the page can show of a cell's names: numbers, truth values and short texts, and arrays of numbers and tensors as lines
 * with shape and first entries: "[48] 0.17, 0.325, -0.297, …".
 */
export function valuesOf({ exports }: CellRecord) {
  const values: Record<string, Scalar> = {};
  const arrays: Record<string, string> = {};
  for (const [name, value] of Object.entries(exports)) {
    if (typeof value === "number" || typeof value === "boolean") values[name] = value;
    else if (typeof value === "string" && value.length <= 200) values[name] = value;
    const numbers = numbersIn(value);
    if (numbers) arrays[name] = lineOf(numbers);
  }
  return { values, arrays };
}

interface Numbers {
  shape: number[];
  data: ArrayLike<unknown>;
}

/** Larger tensors are not fetched from their backend. */
const LARGEST = 10_000;

function numbersIn(value: unknown): Numbers | undefined {
  if (isTensor(value)) {
    const isSmall = !value.isDisposed && value.size <= LARGEST;
    return isSmall ? { shape: value.shape, data: value.dataSync() } : undefined;
  }
  const isTyped = ArrayBuffer.isView(value) && !(value instanceof DataView);
  if (!isTyped && !Array.isArray(value)) return undefined;
  const data = value as ArrayLike<unknown>;
  return typeof data[0] === "number" ? { shape: [data.length], data } : undefined;
}

/** How many entries fit beside the text. */
const SHOWN = 5;

function lineOf({ shape, data }: Numbers): string {
  const first = Array.from({ length: Math.min(SHOWN, data.length) }, (_, k) => data[k]);
  const texts = first.map((x) => (typeof x === "number" ? String(Number(x.toPrecision(3))) : String(x)));
  return `[${shape.join(", ")}] ${texts.join(", ")}${data.length > SHOWN ? ", …" : ""}`;
}
