import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { showValues, valueText } from "./value-text.ts";

describe("a value in the prose", () => {
  it("keeps four figures of a number and every figure of a whole one", () => {
    expect(valueText(3.14159265)).toBe("3.142");
    expect(valueText(1115394)).toBe("1,115,394");
    expect(valueText(0.0000123)).toBe("1.23e−5");
  });
  it("prints the decimals and the percentage that the author asks for", () => {
    expect(valueText(1.5, { digits: 3 })).toBe("1.500");
    expect(valueText(0.4217, { percent: true })).toBe("42\u202f%");
    expect(valueText(0.4217, { percent: true, digits: 1 })).toBe("42.2\u202f%");
    expect(valueText(-2.5, { digits: 1 })).toBe("−2.5");
  });
  it("prints strings, booleans and what is no number as they are", () => {
    expect([valueText("sea"), valueText(true), valueText(NaN), valueText(-Infinity)]).toEqual([
      "sea",
      "true",
      "NaN",
      "−∞",
    ]);
  });
  it("follows a live run wherever the prose shows the name", () => {
    const { document } = parseHTML(
      `<p><data data-value-of="loss" data-digits="2">3.00</data> <data data-value-of="loss">3</data>
       <data data-value-of="other">1</data></p>`,
    );
    expect(showValues(document as unknown as Document, { loss: 2.345678 })).toBe(2);
    const texts = [...document.querySelectorAll("data")].map((element) => element.textContent);
    expect(texts).toEqual(["2.35", "2.346", "1"]);
  });
});
