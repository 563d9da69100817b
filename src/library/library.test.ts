import { describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { createData } from "./data.ts";
import { create } from "./nn.ts";
import { createRngMaker } from "./rng.ts";

describe("rng", () => {
  it("does a number seed of one's own, a label and nothing each give the same numbers every time?", () => {
    const rng = createRngMaker(5);
    expect(rng().uniform()).toBe(createRng(5).uniform());
    expect(rng(7).uniform()).toBe(createRng(7).uniform());
    expect(rng("weights").uniform()).toBe(createRngMaker(5)("weights").uniform());
    expect(rng("weights").uniform()).not.toBe(createRngMaker(6)("weights").uniform());
  });
});

describe("data", () => {
  it("does mobyDick ask the site for its file?", async () => {
    const data = createData({ loadText: async (name) => `the text of ${name}` });
    expect(await data.mobyDick()).toBe("the text of moby-dick");
    expect(data.cards.mobyDick.licence).toContain("Public domain");
  });
});

describe("nn", () => {
  const { nn } = create();
  it("does it give what the lessons use?", () => {
    expect(Object.keys(nn)).toEqual(
      expect.arrayContaining([
        "charRnn",
        "charLstm",
        "charGru",
        "nGram",
        "hmm",
        "adam",
        "fit",
        "generate",
        "crossEntropy",
        "ref",
      ]),
    );
    expect(Object.keys(nn.ref)).toEqual(
      expect.arrayContaining(["rnnStep", "lstmStep", "gruStep", "jacobianProduct"]),
    );
  });
});
