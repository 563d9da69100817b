import { describe, expect, it } from "vitest";
import { assertMatches, loadWeights, saveWeights, type PlainTensor } from "./weights-file.ts";

const TENSORS: Record<string, PlainTensor> = {
  Wh: { shape: [2, 3], data: Float32Array.of(1, -2, 0.5, 3e-8, -0, Infinity) },
  b: { shape: [3], data: Float64Array.of(0.1, 1 / 3, -1e300) },
  counts: { shape: [2, 1, 2], data: Int32Array.of(-1, 0, 1, 2147483647) },
  scale: { shape: [], data: Float32Array.of(7) },
  none: { shape: [0, 4], data: new Float32Array(0) },
};

/** A file from its header, as text or an object, and so many bytes of data. */
function fileOf(header: unknown, dataLength = 0): Uint8Array {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + dataLength);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 8);
  return bytes;
}

const entry = (dtype: string, shape: unknown, ...data_offsets: number[]) => ({ dtype, shape, data_offsets });

describe("saveWeights and loadWeights", () => {
  it("does every number come back, bit for bit, with shapes, types and metadata?", () => {
    const metadata = { model: "charRnn", note: "“ü” \n 5" };
    const loaded = loadWeights(saveWeights(TENSORS, metadata));
    expect(loaded).toEqual({ tensors: TENSORS, metadata });
    expect(Object.is(loaded.tensors.Wh.data[4], -0)).toBe(true);
  });

  it("are numbers written in half their bytes back with eleven bits each, and the rest untouched?", () => {
    const { b, counts } = TENSORS;
    const w = { shape: [5], data: Float32Array.of(1, 1 / 3, -65504, 2 ** -24, 1e-9) };
    const bytes = saveWeights({ w, b, counts }, {}, { half: true });
    expect(bytes.length).toBeLessThan(saveWeights({ w, b, counts }).length);
    const { tensors } = loadWeights(bytes);
    expect(tensors).toMatchObject({ b, counts });
    expect(tensors.w.data).toEqual(Float32Array.of(1, 0.333251953125, -65504, 2 ** -24, 0));
  });

  it("can a file that lies inside a larger buffer, at an odd place, be read?", () => {
    const bytes = saveWeights(TENSORS);
    const larger = new Uint8Array(bytes.length + 10);
    larger.set(bytes, 3);
    expect(loadWeights(larger.subarray(3, 3 + bytes.length)).tensors).toEqual(TENSORS);
    expect(loadWeights(bytes.buffer).tensors).toEqual(TENSORS);
  });

  it("does a loaded tensor keep its numbers when the file's bytes are used again?", () => {
    const bytes = saveWeights(TENSORS);
    const { tensors } = loadWeights(bytes);
    bytes.fill(0);
    expect(tensors).toEqual(TENSORS);
  });

  it("is a view of a larger array saved without its neighbours?", () => {
    const data = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    const { tensors } = loadWeights(saveWeights({ u: { shape: [2], data } }));
    expect(tensors.u.data).toEqual(Float32Array.of(2, 3));
  });

  it("is the file laid out as the format says, aligned, the same for the same tensors?", () => {
    const bytes = saveWeights({ w: { shape: [1], data: Float32Array.of(1) } }, { seed: "1" });
    const text = '{"__metadata__":{"seed":"1"},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
    const length = Math.ceil(text.length / 8) * 8;
    expect([...bytes.subarray(0, 8)]).toEqual([length, 0, 0, 0, 0, 0, 0, 0]);
    expect(new TextDecoder().decode(bytes.subarray(8, 8 + length))).toBe(text.padEnd(length));
    expect([...bytes.subarray(8 + length)]).toEqual([0, 0, 0x80, 0x3f]);
    const reversed = Object.fromEntries(Object.entries(TENSORS).reverse());
    expect(saveWeights(reversed)).toEqual(saveWeights(TENSORS));
  });

  it("can a file without tensors be saved and loaded?", () => {
    expect(loadWeights(saveWeights({}))).toEqual({ tensors: {}, metadata: {} });
  });

  it("is a tensor with a strange name just a tensor?", () => {
    const tensors = JSON.parse('{"__proto__": 1, "toString": 1}') as Record<string, PlainTensor>;
    for (const name of Object.keys(tensors)) {
      Object.defineProperty(tensors, name, { value: { shape: [1], data: Int32Array.of(5) } });
    }
    const loaded = loadWeights(saveWeights(tensors)).tensors;
    expect(Object.keys(loaded).sort()).toEqual(["__proto__", "toString"]);
    expect(Object.getPrototypeOf(loaded)).toBe(Object.prototype);
  });

  it.each([
    [{ w: { shape: [2, 2], data: new Float32Array(3) } }, "w of shape [2, 2] needs 4 numbers, got 3"],
    [
      { w: { shape: [-1], data: new Float32Array(0) } },
      "w has shape [-1]; sizes must be whole numbers of at least 0",
    ],
    [
      { w: { shape: [1], data: [1] as unknown as Float32Array } },
      "w must be a Float32Array, Float64Array or Int32Array, got Array",
    ],
    [{ __metadata__: { shape: [], data: Int32Array.of(1) } }, "__metadata__ cannot be the name of a tensor"],
  ] as [Record<string, PlainTensor>, string][])(
    "is a tensor that cannot be saved refused? (%#)",
    (tensors, text) => {
      expect(() => saveWeights(tensors)).toThrow(`weights file: ${text}`);
    },
  );

  it("is metadata that is not text refused?", () => {
    const seed = { seed: 1 } as unknown as Record<string, string>;
    expect(() => saveWeights({}, seed)).toThrow("weights file: its metadata seed must be text, got 1");
    expect(() => loadWeights(fileOf({ __metadata__: seed }))).toThrow(
      "weights file: its metadata seed must be text, got 1",
    );
    expect(() => loadWeights(fileOf({ __metadata__: [] }))).toThrow(
      "weights file: its metadata must be named texts",
    );
  });
});

describe("a damaged file", () => {
  it("is a file that ends too soon refused, wherever it ends?", () => {
    const bytes = saveWeights(TENSORS);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => loadWeights(bytes.subarray(0, length))).toThrow(/^weights file: it is truncated: /);
    }
    const start = 8 + bytes[0] + 256 * bytes[1];
    expect(() => loadWeights(bytes.subarray(0, 8))).toThrow(
      "weights file: it is truncated: 8 bytes are too few for any safetensors file",
    );
    expect(() => loadWeights(bytes.subarray(0, 20))).toThrow(
      `weights file: it is truncated: its header ends at byte ${start}, the file at byte 20`,
    );
    expect(() => loadWeights(bytes.subarray(0, start + 1))).toThrow(
      `weights file: it is truncated: its tensors end at byte ${bytes.length}, the file at byte ${start + 1}`,
    );
  });

  it("is a page that came instead of the file shown for what it is?", () => {
    const page = new TextEncoder().encode("<!doctype html><title>404</title>");
    expect(() => loadWeights(page)).toThrow(
      'weights file: it is no safetensors file; it starts with "<!doctype html><"',
    );
    expect(() => loadWeights(fileOf("[1, 2, 3]"))).toThrow("weights file: it is no safetensors file");
  });

  it.each([
    ['{"w": ', "its header is not JSON"],
    ['{"\u0000"}', "its header is not JSON"],
    [{ w: 5 }, "its header must give dtype, shape and data_offsets for w, got 5"],
    [
      { w: entry("F32", [1], 0) },
      'its header must give dtype, shape and data_offsets for w, got {"dtype":"F32","shape":[1],"data_offsets":[0]}',
    ],
    [{ w: entry("F32", [1], -4, 0) }, "its header must give dtype, shape and data_offsets for w"],
    [{ w: entry("BF16", [2], 0, 4) }, "w has dtype BF16; only F16, F32, F64 and I32 can be read"],
    [{ w: entry("toString", [2], 0, 4) }, "w has dtype toString; only F16, F32, F64 and I32 can be read"],
    [{ w: entry("F32", [1.5], 0, 6) }, "w has shape [1.5]; sizes must be whole numbers of at least 0"],
    [{ w: entry("F32", [2, 2], 0, 8) }, "w of shape [2, 2] in F32 needs 16 bytes, its offsets give 8"],
    [{ w: entry("F32", [2 ** 40, 2 ** 40], 0, 8) }, "w of shape [1099511627776, 1099511627776] in F32 needs"],
    [{ a: entry("F32", [2], 0, 8), b: entry("F32", [1], 4, 8) }, "a and b overlap at byte 4 of the data"],
    [{ a: entry("F32", [1], 4, 8) }, "bytes 0 … 3 of the data belong to no tensor"],
    [{ a: entry("F32", [1], 0, 4) }, "bytes 4 … 7 of the data belong to no tensor"],
  ])("is it said what is wrong with a header? (%#)", (header, text) => {
    expect(() => loadWeights(fileOf(header, 8))).toThrow(`weights file: ${text}`);
  });

  it("is a header that is not UTF-8 refused?", () => {
    const bytes = fileOf('{"w":"??"}');
    bytes.set([0xff, 0xfe], 14);
    expect(() => loadWeights(bytes)).toThrow("weights file: its header is not JSON");
  });
});

describe("assertMatches", () => {
  const file = {
    tensors: {
      Wh: { shape: [64, 64], data: new Float32Array(4096) },
      b: { shape: [64], data: new Float64Array(64) },
    },
  };

  it("does a file that fits pass?", () => {
    expect(() => assertMatches({ b: [64], Wh: [64, 64] }, file)).not.toThrow();
  });

  it.each([
    [{ Wh: [32, 32], b: [32] }, "Wh has shape [64, 64], this model expects [32, 32]"],
    [{ Wh: [64, 64], b: [64, 1] }, "b has shape [64], this model expects [64, 1]"],
    [{ Wh: [64, 64], b: [64], by: [3] }, "by is missing, this model expects it; it has Wh, b"],
    [{ wh: [64, 64], b: [64] }, "wh is missing, this model expects it; is its Wh meant?"],
    [{ Wh: [64, 64] }, "it has b, which this model does not have"],
    [{ toString: [1] }, "toString is missing, this model expects it; it has Wh, b"],
  ] as [Record<string, number[]>, string][])("is the first difference named? (%#)", (expected, text) => {
    expect(() => assertMatches(expected, file)).toThrow(`weights file: ${text}`);
  });

  it("can it ask for a type of numbers, too?", () => {
    expect(() => assertMatches({ Wh: [64, 64], b: [64] }, file, "F32")).toThrow(
      "weights file: b has dtype F64, this model expects F32",
    );
  });

  it("is a file without tensors told from one with other tensors?", () => {
    expect(() => assertMatches({ Wh: [1] }, { tensors: {} })).toThrow(
      "weights file: Wh is missing, this model expects it; it has no tensors",
    );
  });
});
