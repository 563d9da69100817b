import fc from "fast-check";
import { expect, test } from "vitest";
import type { RuntimeMessage } from "../runtime/message.ts";
import { parseRuntimeMessage } from "./protocol.ts";

const node = { id: "a", inputs: ["x"], outputs: ["y"], upstream: [], downstream: ["b"] };
const position = { line: 1, column: 2 };
const parsed = {
  body: "let y = x",
  inputs: ["x"],
  outputs: ["y"],
  isGenerator: false,
  hasValue: false,
  inputPositions: { x: position },
  outputPositions: { y: position },
};
const run = { cell: "a", run: 1 };
const messages: RuntimeMessage[] = [
  { type: "ready", version: 1 },
  {
    type: "graph",
    cells: [node, { ...node, problem: { name: "E", kind: "cycle", message: "m", cells: ["a"] } }],
  },
  { type: "state", ...run, state: "stale", why: { kind: "upstream", cell: "b" } },
  { type: "state", ...run, state: "done", ms: 12.5, kept: { tensors: 3, bytes: 12 } },
  { type: "output", ...run, slot: "s", op: "put", bundle: { "text/plain": "1" } },
  { type: "output", ...run, slot: "s", op: "remove" },
  { type: "clear", ...run },
  { type: "log", ...run, level: "warn", text: "careful", line: 3 },
  {
    type: "error",
    ...run,
    error: {
      name: "TypeError",
      kind: "runtime",
      message: "no",
      hint: "yes",
      position,
      frames: [{ ...position, cell: "a", function: "f" }],
    },
  },
  { type: "progress", ...run, value: 1, total: 10, label: "epoch" },
  { type: "values", ...run, values: { loss: 0.1, name: "x", isDone: true } },
  { type: "parsed", cell: "a", source: "let y = x", parsed },
  { type: "need", request: 1, kind: "library", name: "tf" },
  { type: "idle" },
  { type: "completions", request: 1, items: [{ label: "shape", type: "number[]" }] },
  { type: "pong", n: -1 },
  { type: "unstoppable", cell: "a" },
];

const parse = (value: unknown) => parseRuntimeMessage(JSON.stringify(value));

test("every kind of message passes as it is", () => {
  for (const message of messages) expect(parse(message)).toEqual(message);
});

test("random text and random JSON never throw and never pass", () => {
  fc.assert(fc.property(fc.string(), (text) => parseRuntimeMessage(text) === null));
  fc.assert(fc.property(fc.json({ maxDepth: 6 }), (text) => parseRuntimeMessage(text) === null));
});

test("a known type with random fields never throws, and passes only with the right ones", () => {
  const types = fc.constantFrom(...messages.map(({ type }) => type).filter((type) => type !== "idle"));
  fc.assert(
    fc.property(types, fc.dictionary(fc.string(), fc.jsonValue()), (type, fields) => {
      expect(parse({ ...fields, type })).toBeNull();
    }),
  );
});

test("a message whose field has another type does not pass", () => {
  const odd = fc.constantFrom<unknown>(null, -1.5, "", {}, [[]], "x".repeat(400), true);
  fc.assert(
    fc.property(fc.constantFrom(...messages), fc.nat(9), odd, (message, index, value) => {
      const keys = Object.keys(message);
      const key = keys[index % keys.length]!;
      const result = parse({ ...message, [key]: value });
      if (result) expect(typeof value).toBe(typeof message[key as keyof RuntimeMessage]);
    }),
  );
});

test("missing and unknown things do not pass", () => {
  for (const value of [
    null,
    [],
    { type: "toString" },
    { type: "ready", version: 2 },
    { type: "state", ...run, state: "happy" },
    { type: "state", cell: "a", run: -1, state: "done" },
    { type: "state", cell: "a", run: 1.5, state: "done" },
    { type: "output", ...run, slot: "s", op: "append", bundle: { "text/plain": "" } },
    { type: "output", ...run, slot: "s", op: "put", bundle: { "image/png": "AAAA" } },
    { type: "output", ...run, slot: "s", op: "put" },
    { type: "log", ...run, level: "shout", text: "x" },
    { type: "need", request: 1, kind: "url", name: "https://example.org" },
    { type: "progress", ...run, value: null },
  ]) {
    expect(parse(value)).toBeNull();
  }
});

test("a key named __proto__ does not pass, at any depth", () => {
  const text = '{"type":"values","cell":"a","run":1,"values":{"\\u005f_proto__":1}}';
  expect(parseRuntimeMessage(text)).toBeNull();
});

test("a message that is too large or too deep does not pass", () => {
  const figure = (data: unknown) => ({
    type: "output",
    ...run,
    slot: "s",
    op: "put",
    bundle: { "text/plain": "", "application/vnd.course.beam-tree+json": data },
  });
  let deep: unknown = 1;
  for (let i = 0; i < 1000; i++) deep = [deep];
  expect(parse(figure([1, [2]]))).toEqual(figure([1, [2]]));
  expect(parse(figure(deep))).toBeNull();
  expect(parse(figure("x".repeat(2_000_000)))).toBeNull();
  const nested = `{"type":${"[".repeat(500_000)}${"]".repeat(500_000)}}`;
  expect(parseRuntimeMessage(nested)).toBeNull();
});
