import { describe, expect, it } from "vitest";
import { stepped } from "./terms.ts";

describe("the arrow keys in an equation", () => {
  const terms = ["h", "x", "loss"];

  it("begin with the first symbol and go on to the next", () => {
    expect(stepped(terms, "", 1)).toBe("h");
    expect(stepped(terms, "h", 1)).toBe("x");
    expect(stepped(terms, "x", -1)).toBe("h");
  });

  it("scroll the page again behind the last and before the first symbol", () => {
    expect(stepped(terms, "loss", 1)).toBeUndefined();
    expect(stepped(terms, "h", -1)).toBeUndefined();
    expect(stepped(terms, "", -1)).toBeUndefined();
    expect(stepped([], "", 1)).toBeUndefined();
  });
});
