import { getFloat16, setFloat16 } from "@petamoriken/float16";
import { suggestName } from "#src/util/suggest-name.ts";

/** The numbers of a tensor: F32, F64 or I32 in the file; F16 is read into a Float32Array. */
export type TensorData = Float32Array | Float64Array | Int32Array;

/** A tensor without TensorFlow.js: row-major numbers and their shape, [] for a single number. */
export interface PlainTensor {
  shape: readonly number[];
  data: TensorData;
}

/** What a weights file holds. */
export interface Weights {
  tensors: Record<string, PlainTensor>;
  /** any texts, such as the name of the model or the seed */
  metadata: Record<string, string>;
}

const DTYPES = { F32: Float32Array, F64: Float64Array, I32: Int32Array };
export type Dtype = keyof typeof DTYPES;
/** Bytes of a number. */
const SIZES = { F32: 4, F64: 8, I32: 4, F16: 2 };
type FileDtype = keyof typeof SIZES;

/** How the numbers are written. */
export interface SaveOptions {
  half?: boolean;
}

const METADATA = "__metadata__";
/** 8 bytes of header length come first. */
const PREFIX = 8;
/** No real header is longer; other implementations refuse more, too. */
const LONGEST_HEADER = 100_000_000;

interface Entry {
  dtype: FileDtype;
  shape: number[];
  /** from the end of the header on, the end not included */
  data_offsets: [begin: number, end: number];
}

/**
 * Named tensors as the bytes of one safetensors file, which PyTorch, NumPy and JAX can read.
 *
 * F64 tensors come first, then the others, each group by name, so that all are aligned and the same tensors give the
 * same bytes. Format: github.com/huggingface/safetensors.
 *
 * @param options.half writes Float32Arrays as F16: half the bytes, 11 bits of each number
 * @throws Error when a tensor's numbers do not fit its shape, or its type cannot be saved
 */
export function saveWeights(
  tensors: Readonly<Record<string, PlainTensor>>,
  metadata: Readonly<Record<string, string>> = {},
  { half = false }: SaveOptions = {},
): Uint8Array<ArrayBuffer> {
  const dtypes = Object.entries(tensors).map(([name, tensor]): [string, FileDtype] => {
    const own = checkTensor(name, tensor);
    return [name, half && own === "F32" ? "F16" : own];
  });
  let end = 0;
  const entries = dtypes.sort(inFileOrder).map(([name, dtype]): [string, Entry] => {
    const begin = end;
    end += tensors[name].data.length * SIZES[dtype];
    return [name, { dtype, shape: [...tensors[name].shape], data_offsets: [begin, end] }];
  });
  checkMetadata(metadata);
  const about = Object.keys(metadata).length > 0 ? [[METADATA, metadata] as const] : [];
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries([...about, ...entries])));
  const start = Math.ceil((PREFIX + json.length) / 8) * 8;
  const bytes = new Uint8Array(start + end);
  new DataView(bytes.buffer).setUint32(0, start - PREFIX, true);
  bytes.fill(0x20, PREFIX, start);
  bytes.set(json, PREFIX);
  for (const [name, { dtype, data_offsets }] of entries)
    bytes.set(bytesOf(tensors[name].data, dtype), start + data_offsets[0]);
  return bytes;
}

function bytesOf(data: TensorData, dtype: FileDtype): Uint8Array {
  // Typed arrays keep their numbers little-endian on every machine that runs a browser.
  if (dtype !== "F16") return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const view = new DataView(new ArrayBuffer(2 * data.length));
  data.forEach((value, k) => setFloat16(view, 2 * k, value, true));
  return new Uint8Array(view.buffer);
}

function dataOf(bytes: Uint8Array<ArrayBuffer>, dtype: FileDtype): TensorData {
  if (dtype !== "F16") return new DTYPES[dtype](bytes.buffer);
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 2 }, (_, k) => getFloat16(view, 2 * k, true));
}

/**
 * The tensors of a safetensors file, in copies of their own. All of the file is checked first, so that nothing comes
 * out of a damaged one.
 *
 * @throws Error that says what is wrong with the file: truncated, foreign, a bad header, a dtype other than F16, F32, F64, I32
 */
export function loadWeights(file: ArrayBuffer | Uint8Array): Weights {
  const bytes = file instanceof Uint8Array ? file : new Uint8Array(file);
  const { [METADATA]: metadata = {}, ...rest } = readHeader(bytes);
  checkMetadata(metadata);
  const entries = Object.entries(rest).map(([name, value]): [string, Entry] => [name, entryOf(name, value)]);
  const start = PREFIX + headerLength(bytes);
  checkOffsets(entries, start, bytes.length);
  const tensors = entries.map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [begin, end],
      },
    ]): [string, PlainTensor] => {
      const own = new Uint8Array(bytes.subarray(start + begin, start + end));
      return [name, { shape, data: dataOf(own, dtype) }];
    },
  );
  // fromEntries defines each name as the object's own, also one such as "__proto__"
  return { tensors: Object.fromEntries(tensors), metadata: { ...metadata } };
}

/**
 * Throws unless the file has exactly these tensors: "weights file: Wh has shape [64, 64], this model expects [32, 32]".
 * Names the first tensor that is missing or differs, in the order of `expected`, then the first that is too much.
 *
 * @param dtype of all tensors; default: any
 * @throws Error
 */
export function assertMatches(
  expected: Readonly<Record<string, readonly number[]>>,
  { tensors }: Pick<Weights, "tensors">,
  dtype?: Dtype,
): void {
  for (const [name, shape] of Object.entries(expected)) {
    if (!Object.hasOwn(tensors, name)) throw missing(name, Object.keys(tensors), expected);
    const found = tensors[name];
    if (!isSame(found.shape, shape)) {
      fail(`${name} has shape ${list(found.shape)}, this model expects ${list(shape)}`);
    }
    const type = dtypeOf(found.data);
    if (dtype && type !== dtype) fail(`${name} has dtype ${type}, this model expects ${dtype}`);
  }
  const extra = Object.keys(tensors).find((name) => !Object.hasOwn(expected, name));
  if (extra !== undefined) fail(`it has ${extra}, which this model does not have`);
}

function missing(name: string, found: string[], expected: object): Error {
  const spare = found.filter((each) => !Object.hasOwn(expected, each));
  const near = suggestName(name, spare);
  const has = found.length > 0 ? found.join(", ") : "no tensors";
  const hint = near ? `; is its ${near} meant?` : `; it has ${has}`;
  return new Error(`weights file: ${name} is missing, this model expects it${hint}`);
}

function fail(what: string): never {
  throw new Error(`weights file: ${what}`);
}

const list = (numbers: readonly unknown[]): string => `[${numbers.join(", ")}]`;
const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, k) => size === b[k]);
const dtypeOf = (data: unknown): Dtype | undefined =>
  (Object.keys(DTYPES) as Dtype[]).find((dtype) => data instanceof DTYPES[dtype]);

/** By size of a number, the largest first, then by name in code units, which no locale changes. */
const inFileOrder = ([a, aType]: [string, FileDtype], [b, bType]: [string, FileDtype]): number =>
  SIZES[bType] - SIZES[aType] || (a < b ? -1 : 1);

function checkTensor(name: string, { shape, data }: PlainTensor): Dtype {
  const dtype = dtypeOf(data);
  if (name === METADATA) fail(`${METADATA} cannot be the name of a tensor`);
  if (!dtype) {
    const given = Object.prototype.toString.call(data).slice(8, -1);
    fail(`${name} must be a Float32Array, Float64Array or Int32Array, got ${given}`);
  }
  checkShape(name, shape);
  const size = sizeOf(shape);
  if (data.length !== size) fail(`${name} of shape ${list(shape)} needs ${size} numbers, got ${data.length}`);
  return dtype;
}

function checkMetadata(metadata: unknown): asserts metadata is Record<string, string> {
  if (!isRecord(metadata)) fail("its metadata must be named texts");
  const wrong = Object.keys(metadata).find((key) => typeof metadata[key] !== "string");
  if (wrong !== undefined) fail(`its metadata ${wrong} must be text, got ${JSON.stringify(metadata[wrong])}`);
}

function checkShape(name: string, shape: readonly unknown[]): asserts shape is readonly number[] {
  const isShape = shape.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);
  if (!isShape) fail(`${name} has shape ${list(shape)}; sizes must be whole numbers of at least 0`);
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Infinity for a length beyond 2³², which no file here has. */
function headerLength(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(4, true) === 0 ? view.getUint32(0, true) : Infinity;
}

function readHeader(bytes: Uint8Array): Record<string, unknown> {
  if (bytes.length <= PREFIX) {
    fail(`it is truncated: ${bytes.length} bytes are too few for any safetensors file`);
  }
  const length = headerLength(bytes);
  if (length > LONGEST_HEADER || bytes[PREFIX] !== 0x7b) {
    const start = JSON.stringify(String.fromCharCode(...bytes.subarray(0, 16)));
    fail(`it is no safetensors file; it starts with ${start}`);
  }
  if (PREFIX + length > bytes.length) {
    fail(`it is truncated: its header ends at byte ${PREFIX + length}, the file at byte ${bytes.length}`);
  }
  let header: unknown;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(
      bytes.subarray(PREFIX, PREFIX + length).slice(),
    );
    header = JSON.parse(text);
  } catch {
    fail("its header is not JSON");
  }
  return header as Record<string, unknown>;
}

function entryOf(name: string, entry: unknown): Entry {
  const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? entry : {};
  const isPair =
    Array.isArray(offsets) && offsets.length === 2 && offsets.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (typeof dtype !== "string" || !Array.isArray(shape) || !isPair) {
    fail(`its header must give dtype, shape and data_offsets for ${name}, got ${JSON.stringify(entry)}`);
  }
  if (!Object.hasOwn(SIZES, dtype))
    fail(`${name} has dtype ${dtype}; only F16, F32, F64 and I32 can be read`);
  checkShape(name, shape);
  const needed = sizeOf(shape) * SIZES[dtype as FileDtype];
  const [begin, end] = offsets;
  if (end - begin !== needed) {
    fail(
      `${name} of shape ${list(shape)} in ${dtype} needs ${needed} bytes, its offsets give ${end - begin}`,
    );
  }
  return { dtype: dtype as FileDtype, shape: [...shape], data_offsets: [begin, end] };
}

/** The tensors must fill the bytes after the header, one after the other, without overlap, gap or rest. */
function checkOffsets(entries: [string, Entry][], start: number, fileLength: number): void {
  const sorted = [...entries].sort(([, { data_offsets: a }], [, { data_offsets: b }]) =>
    a[0] === b[0] ? a[1] - b[1] : a[0] - b[0],
  );
  let reached = 0;
  let before = "the header";
  for (const [name, { data_offsets }] of sorted) {
    const [begin, end] = data_offsets;
    if (begin < reached) fail(`${before} and ${name} overlap at byte ${begin} of the data`);
    if (begin > reached) fail(`bytes ${reached} … ${begin - 1} of the data belong to no tensor`);
    [reached, before] = [end, name];
  }
  const rest = fileLength - start - reached;
  if (rest < 0)
    fail(`it is truncated: its tensors end at byte ${start + reached}, the file at byte ${fileLength}`);
  if (rest > 0) fail(`bytes ${reached} … ${reached + rest - 1} of the data belong to no tensor`);
}
