import { expect, test } from "vitest";
import { suggestName } from "./suggest-name.ts";

const known = ["loss", "losses", "hiddenSize", "model", "tf", "x", "Plot"];

test.each([
  ["los", "loss"],
  ["lsos", "loss"],
  ["hidenSzie", "hiddenSize"],
  ["modle", "model"],
  ["plot", "Plot"],
  ["TF", "tf"],
])("did I mean something else by %s?", (name, expected) => {
  expect(suggestName(name, known)).toBe(expected);
});

test.each(["y", "ab", "cat", "model", "embedding"])("is nothing suggested for %s?", (name) => {
  expect(suggestName(name, known)).toBeUndefined();
});

test("does the nearest of several names win, then the first?", () => {
  expect(suggestName("losse", ["lossy", "loses", "losses"])).toBe("lossy");
  expect(suggestName("weight", ["height", "weights"])).toBe("height");
  expect(suggestName("batchs", new Set(["bach", "batch"]))).toBe("batch");
});
