import { expect, test } from "vitest";
import { knownValues } from "./known-values.ts";

test("a cell tells the page what its names hold that stand for a quantity of the course", () => {
  const values = { loss: 1.26, seed: 3 };
  const arrays = { hNext: "[1] 0.5", list: "[1]" };
  expect(JSON.parse(knownValues({ values, arrays })!)).toEqual([
    { term: "loss", name: "loss", text: "1.26" },
    { term: "h", name: "hNext", text: "[1] 0.5" },
  ]);
});

test("a cell without such names tells nothing", () => {
  expect(knownValues({ values: { seed: 3 } })).toBeUndefined();
  expect(knownValues({ values: {}, arrays: { constructor: "[1]" } })).toBeUndefined();
});
