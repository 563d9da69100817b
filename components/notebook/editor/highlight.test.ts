import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pathBefore } from "./completions.ts";
import { highlight } from "./highlight.ts";

describe("highlight", () => {
  it("gives tokens that add up to the source, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (source) => {
        expect(
          highlight(source)
            .map((token) => token.text)
            .join(""),
        ).toBe(source);
      }),
    );
  });

  it("names the quantity that an identifier stands for", () => {
    const terms = highlight("const h = rnnStep(x, hPrev, { Wx })").flatMap((t) =>
      t.term ? [[t.text, t.term]] : [],
    );
    expect(terms).toEqual([
      ["h", "h"],
      ["x", "x"],
      ["hPrev", "h"],
      ["Wx", "Wx"],
    ]);
  });
});

describe("completion", () => {
  it.each([
    ["mod", { path: [], word: "mod" }],
    ["model.", { path: ["model"], word: "" }],
    ["f(model.params.W", { path: ["model", "params"], word: "W" }],
    ["1.5", undefined],
    ["f().x", undefined],
  ])("of %s looks for the right members", (text, expected) => {
    expect(pathBefore(text)).toEqual(expected);
  });
});
