import type { InspectNode } from "./bundle.ts";

const MAX_ENTRIES = 100;
const MAX_DEPTH = 4;
const MAX_TEXT = 120;

interface TensorLike {
  shape: number[];
  dtype: string;
  size: number;
  isDisposed: boolean;
  dataSync(): ArrayLike<number | string>;
}

/** True for TensorFlow.js tensors and variables, told by their shape: the runtime knows no tf. */
export function isTensor(value: unknown): value is TensorLike {
  const tensor = value as TensorLike | null;
  return typeof tensor?.dataSync === "function" && Array.isArray(tensor.shape);
}

/** A number as the course prints it: six significant digits at most, `-0` and exponents where they are due. */
export function formatNumber(value: number): string {
  if (Object.is(value, -0)) return "-0";
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size >= 1e6 || size < 1e-4 ? value.toExponential(4) : String(Number(value.toPrecision(6)));
}

/** One line of text for any value, as code would write it; never throws. */
export function inspectText(value: unknown): string {
  const text = inspect(value).text;
  return text;
}

/**
 * Any value as a tree that a page can fold. Getters are not called, cycles are named, sizes are capped.
 * Never throws: a hostile object yields a leaf that says so.
 */
export function inspect(value: unknown): InspectNode {
  return describe(value, 0, []);
}

function describe(value: unknown, depth: number, seen: object[]): InspectNode {
  try {
    if (value === null || typeof value !== "object") return describeSimple(value);
    if (seen.includes(value)) return { type: "cycle", text: "(circular)" };
    return describeObject(value, depth, [...seen, value]);
  } catch (error) {
    return { type: "unreadable", text: `(cannot be shown: ${(error as Error)?.message ?? "it throws"})` };
  }
}

function describeSimple(value: unknown): InspectNode {
  switch (typeof value) {
    case "string":
      return { type: "string", text: JSON.stringify(value) };
    case "number":
      return { type: "number", text: formatNumber(value) };
    case "bigint":
      return { type: "bigint", text: `${value}n` };
    case "function":
      return describeFunction(value as (...args: never[]) => unknown);
    default:
      return { type: value === null ? "null" : typeof value, text: String(value) };
  }
}

function describeFunction(value: (...args: never[]) => unknown): InspectNode {
  const isClass = /^class\b/.test(Function.prototype.toString.call(value));
  const name = value.name || "(anonymous)";
  return isClass
    ? { type: "class", text: `class ${name}` }
    : { type: "function", text: `${name}(${value.length})` };
}

function describeObject(value: object, depth: number, seen: object[]): InspectNode {
  if (value instanceof Error) return { type: "Error", text: `${value.name}: ${value.message}` };
  if (value instanceof Date)
    return { type: "Date", text: Number.isNaN(+value) ? "Invalid Date" : value.toISOString() };
  if (value instanceof RegExp) return { type: "RegExp", text: String(value) };
  if (value instanceof Promise) return { type: "Promise", text: "Promise" };
  if (isTensor(value)) return describeTensor(value);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return describeTyped(value as Float32Array);
  const [type, open, entries] = entriesOf(value);
  const shown = entries.slice(0, MAX_ENTRIES);
  const children =
    depth < MAX_DEPTH
      ? shown.map(([key, child]) => ({
          ...describe(child, depth + 1, seen),
          ...(key === null ? {} : { key }),
        }))
      : [];
  const text = oneLine(type, open, children, entries.length);
  return {
    type,
    text,
    ...(children.length ? { children } : {}),
    ...(entries.length > children.length ? { more: entries.length - children.length } : {}),
  };
}

type Entries = [key: string | null, child: unknown][];

/** The kind, the bracket and the own entries of a container; a getter's entry is the word for it. */
function entriesOf(value: object): [string, "[" | "{", Entries] {
  if (Array.isArray(value))
    return [`Array(${value.length})`, "[", value.slice(0, MAX_ENTRIES + 1).map((v, k) => [String(k), v])];
  if (value instanceof Map)
    return [
      `Map(${value.size})`,
      "{",
      [...value].slice(0, MAX_ENTRIES + 1).map(([k, v]) => [inspectText(k), v]),
    ];
  if (value instanceof Set)
    return [`Set(${value.size})`, "{", [...value].slice(0, MAX_ENTRIES + 1).map((v) => [null, v])];
  const name = Object.getPrototypeOf(value)?.constructor?.name ?? "Object";
  const entries: Entries = Object.keys(value).map((key) => {
    const property = Object.getOwnPropertyDescriptor(value, key);
    return [key, property && "value" in property ? property.value : { toString: () => "(getter)" }];
  });
  return [name, "{", entries];
}

function oneLine(type: string, open: "[" | "{", children: InspectNode[], total: number): string {
  const isPlain = open === "[" || type === "Object";
  const head = isPlain ? "" : `${type} `;
  if (total === 0) return open === "[" ? "[]" : `${head}{}`;
  const parts: string[] = [];
  let length = head.length;
  for (const child of children) {
    const part = open === "[" || child.key === undefined ? child.text : `${child.key}: ${child.text}`;
    if (parts.length && length + part.length > MAX_TEXT) break;
    parts.push(part);
    length += part.length + 2;
  }
  if (parts.length < total) parts.push("…");
  return open === "[" ? `[${parts.join(", ")}]` : `${head}{ ${parts.join(", ")} }`;
}

function describeTyped(value: Float32Array): InspectNode {
  const type = `${value.constructor.name}(${value.length})`;
  const numbers = Array.from(value.subarray(0, 12), (x) =>
    typeof x === "bigint" ? `${x}n` : formatNumber(x),
  );
  if (value.length > numbers.length) numbers.push("…");
  const node: InspectNode = { type, text: `${type} [${numbers.join(", ")}]` };
  const facts = statistics(value);
  return facts ? { ...node, children: facts } : node;
}

function describeTensor(tensor: TensorLike): InspectNode {
  const type = `Tensor ${tensor.dtype}[${tensor.shape.join(", ")}]`;
  if (tensor.isDisposed) return { type, text: `${type} (disposed)` };
  if (tensor.size > 200_000) return { type, text: type };
  const data = tensor.dataSync();
  const text = `${type} ${nested(Array.from(data), tensor.shape)}`;
  const facts = tensor.dtype === "string" ? undefined : statistics(data as ArrayLike<number>);
  return { type, text, ...(facts ? { children: facts } : {}) };
}

/** Values in nested brackets, eight per level. */
function nested(data: (number | string)[], shape: number[], offset = 0): string {
  if (shape.length === 0) {
    const value = data[offset];
    return typeof value === "number" ? formatNumber(value) : JSON.stringify(value);
  }
  const [size = 0, ...rest] = shape;
  const stride = rest.reduce((a, b) => a * b, 1);
  const parts = Array.from({ length: Math.min(size, 8) }, (_, k) => nested(data, rest, offset + k * stride));
  if (size > 8) parts.push("…");
  return `[${parts.join(", ")}]`;
}

/** Smallest, largest, mean and standard deviation of a long list of numbers, and how many are not finite. */
function statistics(data: ArrayLike<number>): InspectNode[] | undefined {
  if (data.length < 2 || typeof data[0] !== "number") return undefined;
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let squares = 0;
  let finite = 0;
  for (let k = 0; k < data.length; k++) {
    const x = data[k]!;
    if (!Number.isFinite(x)) continue;
    finite++;
    min = Math.min(min, x);
    max = Math.max(max, x);
    sum += x;
    squares += x * x;
  }
  const mean = sum / finite;
  const leaf = (key: string, value: number): InspectNode => ({
    type: "number",
    key,
    text: formatNumber(value),
  });
  const facts = [leaf("not finite", data.length - finite)];
  if (finite === 0) return facts;
  const shown = [leaf("min", min), leaf("max", max), leaf("mean", mean)];
  shown.push(leaf("standard deviation", Math.sqrt(Math.max(0, squares / finite - mean * mean))));
  return finite === data.length ? shown : [...shown, ...facts];
}
