import { expect, test } from "vitest";
import type { RuntimeMessage } from "../runtime/message.ts";
import { RunCaps } from "./run-caps.ts";

const put = (slot: string, run = 1): RuntimeMessage => ({
  type: "output",
  cell: "a",
  run,
  slot,
  op: "put",
  bundle: { "text/plain": slot },
});
const log = (text: string, run = 1): RuntimeMessage => ({ type: "log", cell: "a", run, level: "log", text });

test("a run shows 200 outputs, then says once that there were more", () => {
  const caps = new RunCaps();
  for (let i = 0; i < 200; i++) expect(caps.admit(put(`s${i}`))).toEqual(put(`s${i}`));
  expect(caps.admit(put("s200"))).toEqual({
    type: "log",
    cell: "a",
    run: 1,
    level: "warn",
    text:
      "A run shows at most 200 outputs, and this one made more: the rest is left out. " +
      "Show a summary, or let display(x, {id}) replace the earlier output of the same id.",
  });
  expect(caps.admit(put("s201"))).toBeNull();
  expect(caps.admit(put("s0"))).toEqual(put("s0"));
});

test("a run logs 1,000 lines, then says once that there were more", () => {
  const caps = new RunCaps();
  for (let i = 0; i < 1000; i++) expect(caps.admit(log("x"))).toEqual(log("x"));
  expect(caps.admit(log("x"))).toMatchObject({
    level: "warn",
    text:
      "A run logs at most 1,000 lines, and this one wrote more: the rest is left out. " +
      "Log every 100th step, or show a table.",
  });
  expect(caps.admit(log("x"))).toBeNull();
});

test("the next run counts anew", () => {
  const caps = new RunCaps();
  for (let i = 0; i < 1100; i++) caps.admit(log("x"));
  expect(caps.admit(log("x", 2))).toEqual(log("x", 2));
});

test("a very long line is cut, and says how long it was", () => {
  const message = new RunCaps().admit(log("x".repeat(30_000)));
  expect(message).toEqual(log(`${"x".repeat(20_000)}… (30,000 characters in all)`));
});

test("invented cells do not fill the page's memory", () => {
  const caps = new RunCaps();
  for (let i = 0; i < 500; i++) caps.admit({ ...put("s"), cell: `c${i}` } as RuntimeMessage);
  expect(caps.admit(put("s"))).toBeNull();
});

test("other messages pass", () => {
  expect(new RunCaps().admit({ type: "idle" })).toEqual({ type: "idle" });
});
