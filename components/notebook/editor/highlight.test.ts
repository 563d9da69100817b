import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { merged, pathBefore, tableLoader } from "./completions.ts";
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

  it("tells a member by its type, and what has none by its value", () => {
    const typed = [{ label: "fit", kind: "function", detail: "(): void", doc: "Trains." }];
    const live = [
      { label: "fit", type: "function" },
      { label: "lr", type: "number", detail: "0.1" },
    ];
    expect(merged(typed, live)).toEqual([
      { label: "fit", type: "function", detail: "(): void", info: "Trains." },
      { label: "lr", type: "number", detail: "0.1", info: undefined },
    ]);
  });

  it("asks again for types that could not be had", async () => {
    let asked = 0;
    const load = tableLoader(async () => {
      if (asked++ === 0) throw new Error("offline");
      return { "": [] };
    });
    expect(await load()).toEqual({});
    expect(await load()).toEqual({ "": [] });
    await load();
    expect(asked).toBe(2);
  });
});
