import {
  type Bundle,
  DISPLAY,
  SVG_MIME,
  TABLE_MIME,
  type TableData,
  type Tree,
  VALUE_MIME,
} from "./bundle.ts";
import { formatNumber, inspect, inspectText } from "./inspect.ts";

const MAX_ROWS = 200;
const MAX_COLUMNS = 20;

interface DisplaysItself {
  [DISPLAY](): Bundle;
}

/** What a value looks like: its own bundle if it has one, a drawing, a table, or a value that can be opened. */
export function toBundle(value: unknown): Bundle {
  if (typeof (value as DisplaysItself | null)?.[DISPLAY] === "function")
    return (value as DisplaysItself)[DISPLAY]();
  if (isElement(value)) return drawing(value);
  if (typeof value === "string") return { "text/plain": value };
  const table = toTable(value);
  const node = inspect(value);
  if (table) return { "text/plain": tableText(table), [TABLE_MIME]: table };
  return { "text/plain": node.text, [VALUE_MIME]: node };
}

/** The few members of a DOM element that the worker's document is asked for. */
interface ElementLike {
  nodeType: number;
  localName: string;
  attributes: Iterable<{ name: string; value: string }>;
  childNodes: Iterable<ElementLike & { nodeType: number; data?: string }>;
  getAttribute(name: string): string | null;
}

function isElement(value: unknown): value is ElementLike {
  return (
    (value as ElementLike | null)?.nodeType === 1 && typeof (value as ElementLike).localName === "string"
  );
}

function drawing(element: ElementLike): Bundle {
  const tree = toTree(element);
  const label = element.getAttribute("aria-label") ?? "";
  return { "text/plain": label || "A drawing without a description", [SVG_MIME]: tree };
}

function toTree(element: ElementLike): Tree {
  const attributes: Record<string, string> = {};
  for (const { name, value } of element.attributes) attributes[name] = value;
  const children: Tree[] = [];
  for (const child of element.childNodes) {
    if (child.nodeType === 3) children.push(child.data ?? "");
    else if (child.nodeType === 1 && child.localName !== "style") children.push(toTree(child));
  }
  return [element.localName, attributes, ...children];
}

function isRow(row: unknown): row is Record<string, unknown> {
  if (row === null || typeof row !== "object") return false;
  const prototype: unknown = Object.getPrototypeOf(row);
  return prototype === Object.prototype || prototype === null;
}

/** An array of plain objects is a table; its columns are the keys of its first 100 rows. */
function toTable(value: unknown): TableData | undefined {
  if (!Array.isArray(value) || value.length === 0 || !value.slice(0, 20).every(isRow)) return undefined;
  const columns = [...new Set(value.slice(0, 100).flatMap((row: object) => Object.keys(row)))].slice(
    0,
    MAX_COLUMNS,
  );
  if (columns.length === 0) return undefined;
  const rows = value
    .slice(0, MAX_ROWS)
    .map((row: Record<string, unknown>) => columns.map((name) => toField(row?.[name])));
  return { columns, rows, total: value.length };
}

function toField(value: unknown): string | number | boolean | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return value;
  return inspectText(value);
}

function tableText(table: TableData): string {
  const line = (fields: (string | number | boolean | null)[]) =>
    fields.map((field) => (typeof field === "number" ? formatNumber(field) : (field ?? ""))).join("\t");
  const rest = table.total > 20 ? [`… ${table.total - 20} more rows`] : [];
  return [line(table.columns), ...table.rows.slice(0, 20).map(line), ...rest].join("\n");
}
