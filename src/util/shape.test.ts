import { describe, expect, it } from "vitest";
import { assertLength, assertShape, type Size } from "./shape.ts";

describe("assertShape", () => {
  it("does it name the tensor, the shape expected and the shape that came?", () => {
    const expected = ["B", "T", { D: 32 }];
    expect(() => assertShape("lstm", "x", [8, 20, 31], expected)).toThrow(
      "lstm: expected x of shape [B, T, D=32], got [8, 20, 31]",
    );
    expect(() => assertShape("lstm", "x", [8, 32], expected)).toThrow("got [8, 32]");
    expect(() => assertShape("lstm", "x", [8, 20, 32], expected)).not.toThrow();
  });
});

describe("assertLength", () => {
  it("does it say how many numbers a flat array should have?", () => {
    const shape: Size[] = [{ D: 3 }, { H: 4 }];
    expect(() => assertLength("rnn", "Wx", 10, shape)).toThrow(
      "rnn: expected Wx of shape [D=3, H=4] (12 numbers), got 10 numbers",
    );
    expect(() => assertLength("rnn", "Wx", 12, shape)).not.toThrow();
  });
});
