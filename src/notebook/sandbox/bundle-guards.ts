import {
  CHECKS_MIME,
  INPUT_MIME,
  SVG_MIME,
  TABLE_MIME,
  VALUE_MIME,
  type Bundle,
  type CheckResult,
  type FileValue,
  type InputSpec,
  type InspectNode,
  type TableData,
  type Tree,
} from "../runtime/bundle.ts";
import {
  either,
  finite,
  flag,
  isRecord,
  listOf,
  oneOf,
  optional,
  shape,
  text,
  whole,
  type Guard,
} from "./guards.ts";
import { MAX_MESSAGE } from "./wire.ts";

const MAX_TREE_NODES = 60_000;
const MAX_TREE_DEPTH = 64;
const MAX_INSPECT_NODES = 20_000;
const FIGURE_MIME = /^application\/vnd\.course\.[a-z][a-z0-9-]{0,63}\+json$/;

const name = text(300);
const label = text(2000);
const long = text(MAX_MESSAGE);

const checks: Guard<CheckResult[]> = listOf(
  shape<CheckResult>({ sentence: text(10_000), passed: flag, detail: optional(text(100_000)) }),
  200,
);

const tableCell = either(either(long, finite), either(flag, oneOf(null)));
const tableShape = shape<TableData>({
  columns: listOf(label, 500),
  rows: listOf(listOf(tableCell, 500), 200),
  total: whole,
});

export const isTable: Guard<TableData> = (value): value is TableData =>
  tableShape(value) && value.rows.every((row) => row.length === value.columns.length);

type Kind<K extends InputSpec["kind"]> = Extract<InputSpec, { kind: K }>;
const inputBase = { cell: name, name, label };
const file = shape<FileValue>({ name: label, text: long });
const inputs: Record<string, Guard<InputSpec>> = {
  range: shape<Kind<"range">>({
    ...inputBase,
    kind: oneOf("range"),
    min: finite,
    max: finite,
    step: finite,
    value: finite,
    unit: optional(name),
  }),
  select: shape<Kind<"select">>({
    ...inputBase,
    kind: oneOf("select"),
    options: listOf(label, 1000),
    value: label,
  }),
  text: shape<Kind<"text">>({
    ...inputBase,
    kind: oneOf("text"),
    value: long,
    placeholder: optional(label),
    rows: optional(whole),
    maxLength: optional(whole),
  }),
  toggle: shape<Kind<"toggle">>({ ...inputBase, kind: oneOf("toggle"), value: flag }),
  button: shape<Kind<"button">>({ ...inputBase, kind: oneOf("button"), value: finite }),
  file: shape<Kind<"file">>({
    ...inputBase,
    kind: oneOf("file"),
    accept: optional(label),
    maxBytes: finite,
    value: either(oneOf(null), file),
  }),
};

export const isInput: Guard<InputSpec> = (value): value is InputSpec => {
  if (!isRecord(value) || typeof value.kind !== "string") return false;
  return Object.hasOwn(inputs, value.kind) && inputs[value.kind](value);
};

const isAttributes = (value: unknown): boolean =>
  isRecord(value) && Object.values(value).every((item) => typeof item === "string");

/** Level by level: the deepest tree costs no stack. */
export const isTree: Guard<Tree> = (value): value is Tree => {
  let level: unknown[] = [value];
  let count = 0;
  for (let depth = 0; level.length > 0; depth++) {
    count += level.length;
    if (depth > MAX_TREE_DEPTH || count > MAX_TREE_NODES) return false;
    const below: unknown[] = [];
    for (const node of level) {
      if (typeof node === "string") continue;
      if (!Array.isArray(node) || typeof node[0] !== "string" || !isAttributes(node[1])) return false;
      for (let i = 2; i < node.length; i++) below.push(node[i]);
    }
    level = below;
  }
  return true;
};

const inspectShape = shape<Omit<InspectNode, "children">>({
  type: label,
  text: long,
  key: optional(label),
  more: optional(whole),
});

export const isInspectNode: Guard<InspectNode> = (value): value is InspectNode => {
  let level: unknown[] = [value];
  let count = 0;
  while (level.length > 0) {
    count += level.length;
    if (count > MAX_INSPECT_NODES) return false;
    const below: unknown[] = [];
    for (const node of level) {
      if (!inspectShape(node)) return false;
      const { children } = node as InspectNode;
      if (children === undefined) continue;
      if (!Array.isArray(children)) return false;
      for (const child of children) below.push(child);
    }
    level = below;
  }
  return true;
};

const isBase64: Guard<string> = (value): value is string =>
  typeof value === "string" && /^[A-Za-z0-9+/]*={0,2}$/.test(value);

const parts = new Map<string, Guard<unknown>>([
  [VALUE_MIME, isInspectNode],
  [TABLE_MIME, isTable],
  [SVG_MIME, isTree],
  [INPUT_MIME, isInput],
  [CHECKS_MIME, checks],
  ["text/latex", text(100_000)],
  ["image/png", isBase64],
]);

/** A figure's data is checked against the figure's own schema where it is drawn. */
const isPart = (mime: string, value: unknown): boolean => {
  const guard = parts.get(mime);
  return guard ? guard(value) : FIGURE_MIME.test(mime);
};

/** The parts of a bundle that hold what their MIME type promises; null when not even a plain text is there. */
export function readBundle(value: unknown): Bundle | null {
  if (!isRecord(value)) return null;
  const plain = Object.hasOwn(value, "text/plain") ? value["text/plain"] : undefined;
  if (typeof plain !== "string") return null;
  const bundle: Bundle = { "text/plain": plain };
  for (const [mime, part] of Object.entries(value)) {
    if (mime !== "text/plain" && isPart(mime, part)) Object.assign(bundle, { [mime]: part });
  }
  return bundle;
}
