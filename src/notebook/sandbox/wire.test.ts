import { expect, test } from "vitest";
import type { RuntimeMessage } from "../runtime/message.ts";
import { encodeMessage, readRoute, splitWire } from "./wire.ts";

const put = (slot: string, plain: string): RuntimeMessage => ({
  type: "output",
  cell: "plot",
  run: 3,
  slot,
  op: "put",
  bundle: { "text/plain": plain },
});

test("a message arrives as it was sent", () => {
  const message = put("loss", "a\nb\tc");
  expect(JSON.parse(splitWire(encodeMessage(message)).body)).toEqual(message);
});

test("outputs of one slot and run may replace each other, those of another run may not", () => {
  const key = (message: RuntimeMessage) => splitWire(encodeMessage(message)).key;
  expect(key(put("loss", "1"))).toBe(key(put("loss", "2")));
  expect(key(put("loss", "1"))).toBe(
    key({ type: "output", cell: "plot", run: 3, slot: "loss", op: "remove" }),
  );
  expect(key(put("loss", "1"))).not.toBe(key(put("map", "1")));
  expect(key({ ...put("loss", "1"), run: 4 } as RuntimeMessage)).not.toBe(key(put("loss", "1")));
});

test("log lines, states and errors are never replaced", () => {
  const log: RuntimeMessage = { type: "log", cell: "plot", run: 3, level: "log", text: "x" };
  expect(splitWire(encodeMessage(log)).key).toBe("");
});

test("a route names the run even when the slot has odd letters", () => {
  const { route } = splitWire(encodeMessage(put("loss\tof\nh", "1")));
  expect(readRoute(route)).toEqual({ type: "output", cell: "plot", run: 3, slot: "loss of h" });
});

test("a route that names no run is not a route", () => {
  expect(readRoute("")).toBeNull();
  expect(readRoute("+idle\t\t\t")).toBeNull();
  expect(readRoute("=output\tplot\tx\ts")).toBeNull();
});

test("a text without a route line is all body", () => {
  expect(splitWire("{}")).toEqual({ route: "", key: "", body: "{}" });
});

test("a diverged loss arrives as NaN, in words", () => {
  const values: RuntimeMessage = {
    type: "values",
    cell: "fit",
    run: 1,
    values: { loss: NaN, rate: Infinity },
  };
  expect(JSON.parse(splitWire(encodeMessage(values)).body).values).toEqual({ loss: "NaN", rate: "Infinity" });
});
