import { engine } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { tensorOwnership } from "./tensor-ownership.ts";

it("does a cell end well that reads a list of a million objects?", () => {
  const hooks = tensorOwnership(engine());
  const upstream = hooks.before("dictionary");
  hooks.after(upstream, []);
  const own = hooks.before("reader");
  const exports = { list: new Array<object>(1_000_000).fill({ word: "a" }) };
  hooks.after(own, [{ exports, token: upstream }]);
  expect(hooks.count(own)).toEqual({ tensors: 0, bytes: 0 });
});
