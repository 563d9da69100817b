import type { ParsedCell, Position } from "../cells/parsed-cell.ts";
import type {
  CellError,
  Completion,
  Frame,
  GraphNode,
  RuntimeMessage,
  StaleReason,
  TensorCount,
} from "../runtime/message.ts";
import { readBundle } from "./bundle-guards.ts";
import {
  either,
  finite,
  flag,
  isPlain,
  isRecord,
  listOf,
  oneOf,
  optional,
  recordOf,
  shape,
  text,
  whole,
  type Guard,
} from "./guards.ts";
import { MAX_MESSAGE } from "./wire.ts";

/** Cells share the worker with the runtime and can forge anything: what comes from there is checked here. */
const MAX_DEPTH = 150;
const MAX_CELLS = 500;

const id = text(300);
const sentence = text(20_000);
const source = text(MAX_MESSAGE);
const names = listOf(id, 5000);
const cells = listOf(id, MAX_CELLS);

const position = { line: whole, column: whole, endLine: optional(whole), endColumn: optional(whole) };
const isPosition = shape<Position>(position);
const isReason = shape<StaleReason>({
  kind: oneOf("edited", "upstream", "input", "restarted"),
  cell: optional(id),
  name: optional(id),
});
const isKept = shape<TensorCount>({ tensors: whole, bytes: finite });
const isFrame = shape<Frame>({ ...position, cell: id, function: optional(text(1000)) });
const isError = shape<CellError>({
  name: id,
  kind: oneOf("syntax", "duplicate", "cycle", "undefined", "upstream", "runtime", "limit"),
  message: source,
  hint: optional(sentence),
  position: optional(isPosition),
  frames: optional(listOf(isFrame, 100)),
  cells: optional(cells),
});
const isNode = shape<GraphNode>({
  id,
  inputs: names,
  outputs: names,
  upstream: cells,
  downstream: cells,
  problem: optional(isError),
});
const isParsed = shape<ParsedCell>({
  body: source,
  inputs: names,
  outputs: names,
  isGenerator: flag,
  hasValue: flag,
  valueStart: optional(isPosition),
  inputPositions: recordOf(isPosition, 5000),
  outputPositions: recordOf(isPosition, 5000),
});
const isCompletion = shape<Completion>({ label: text(1000), type: text(1000), detail: optional(sentence) });
const isValue = either(either(source, finite), flag);

type Of<T extends RuntimeMessage["type"]> = Extract<RuntimeMessage, { type: T }>;
type Put = Extract<RuntimeMessage, { op: "put" }>;
type Remove = Extract<RuntimeMessage, { op: "remove" }>;
const run = { cell: id, run: whole };

/** The bundle is read apart, because a bad part is left out without the rest. */
const isPut = shape<Omit<Put, "bundle">>({ type: oneOf("output"), ...run, slot: id, op: oneOf("put") });
const isRemove = shape<Remove>({ type: oneOf("output"), ...run, slot: id, op: oneOf("remove") });

const guards: { [T in Exclude<RuntimeMessage["type"], "output">]: Guard<Of<T>> } = {
  ready: shape<Of<"ready">>({ type: oneOf("ready"), version: oneOf(1) }),
  graph: shape<Of<"graph">>({ type: oneOf("graph"), cells: listOf(isNode, MAX_CELLS) }),
  state: shape<Of<"state">>({
    type: oneOf("state"),
    ...run,
    state: oneOf("idle", "waiting", "running", "done", "stale", "error", "stopped"),
    why: optional(isReason),
    ms: optional(finite),
    kept: optional(isKept),
  }),
  clear: shape<Of<"clear">>({ type: oneOf("clear"), ...run }),
  log: shape<Of<"log">>({
    type: oneOf("log"),
    ...run,
    level: oneOf("log", "info", "warn", "error", "debug"),
    text: source,
    line: optional(whole),
  }),
  error: shape<Of<"error">>({ type: oneOf("error"), ...run, error: isError }),
  progress: shape<Of<"progress">>({
    type: oneOf("progress"),
    ...run,
    value: finite,
    total: optional(finite),
    label: optional(sentence),
  }),
  values: shape<Of<"values">>({
    type: oneOf("values"),
    ...run,
    values: recordOf(isValue, 5000),
    arrays: optional(recordOf(sentence, 5000)),
  }),
  parsed: shape<Of<"parsed">>({ type: oneOf("parsed"), cell: id, source, parsed: isParsed }),
  need: shape<Of<"need">>({ type: oneOf("need"), request: whole, kind: oneOf("library", "data"), name: id }),
  idle: shape<Of<"idle">>({ type: oneOf("idle") }),
  completions: shape<Of<"completions">>({
    type: oneOf("completions"),
    request: whole,
    items: listOf(isCompletion, 5000),
  }),
  pong: shape<Of<"pong">>({ type: oneOf("pong"), n: finite }),
  unstoppable: shape<Of<"unstoppable">>({ type: oneOf("unstoppable"), cell: id }),
};

/** The message in a text from the worker, or null when it is not exactly one. Never throws. */
export function parseRuntimeMessage(body: string): RuntimeMessage | null {
  if (body.length > MAX_MESSAGE) return null;
  const value = readJson(body);
  if (!isRecord(value) || typeof value.type !== "string" || !isPlain(value, MAX_DEPTH)) return null;
  if (value.type === "output") return readOutput(value);
  if (!Object.hasOwn(guards, value.type)) return null;
  const guard: Guard<RuntimeMessage> = guards[value.type as keyof typeof guards];
  return guard(value) ? value : null;
}

function readOutput(value: Record<string, unknown>): RuntimeMessage | null {
  if (isRemove(value)) return value;
  const bundle = readBundle(value.bundle);
  return bundle && isPut(value) ? { ...value, bundle } : null;
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
