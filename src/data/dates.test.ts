import { describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { DATE_FORMATS, writeDate } from "./date-formats.ts";
import { dateExamples } from "./dates.ts";

const written = (format: string, [year, month, day]: number[]) =>
  writeDate({ year, month, day }, format)
    .map(({ text }) => text)
    .join("");

describe("dateExamples", () => {
  it("is every target a real date of 1950 to 2050, and the source that date?", () => {
    for (let seed = 0; seed < 40; seed++) {
      for (const { source, target, format } of dateExamples({ count: 50, rng: createRng(seed) })) {
        expect(new Date(`${target}T00:00:00Z`).toISOString().slice(0, 10)).toBe(target);
        const date = target.split("-").map(Number);
        expect(date[0]).toBeGreaterThanOrEqual(1950);
        expect(date[0]).toBeLessThanOrEqual(2050);
        expect(source).toBe(written(format, date));
        expect(source.length).toBeLessThanOrEqual(30);
      }
    }
  });

  it("does every digit come from the same digit, or from the whole of its part?", () => {
    for (const { source, target, alignment } of dateExamples({ count: 2000, rng: createRng(1) })) {
      expect(alignment).toHaveLength(10);
      alignment.forEach((positions, k) => {
        const text = positions.map((position) => source[position]).join("");
        if (target[k] === "-") expect(positions).toEqual([]);
        // one place is the digit itself, a leading zero's lone digit, or the Roman months I, V and X
        else if (text === target[k]) expect(positions).toHaveLength(1);
        else
          expect(text).toMatch(
            target[k] === "0" ? /^(\d(st|nd|rd|th)?|\d\d|[A-Za-z]+)$/ : /^(\d\d|[A-Za-z]+)$/,
          );
      });
    }
  });

  it("do the digits of a date in numbers come from their own places?", () => {
    const [{ source, target, alignment }] = dateExamples({
      count: 1,
      rng: createRng(3),
      formats: ["{dd}.{mm}.{yyyy}"],
    });
    expect(source.split(".").reverse().join("-")).toBe(target);
    expect(alignment.flat()).toEqual([6, 7, 8, 9, 3, 4, 0, 1]);
  });

  it("does each text mean one date only?", () => {
    const meaning = new Map<string, string>();
    for (const { source, target } of dateExamples({ count: 20_000, rng: createRng(2) })) {
      expect(meaning.get(source) ?? target).toBe(target);
      meaning.set(source, target);
    }
  });

  it("are there at least 20 formats, each as people write it?", () => {
    expect(new Set(DATE_FORMATS).size).toBeGreaterThanOrEqual(20);
    const date = [1998, 7, 3];
    expect(DATE_FORMATS.map((format) => written(format, date))).toEqual(
      expect.arrayContaining([
        "the 3rd of July 1998",
        "Friday, July 3, 1998",
        "Fri, 3 Jul 1998",
        "3.VII.1998",
        "Jul 3 '98",
        "07/03/1998",
        "19980703",
      ]),
    );
    const ordinals = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 30, 31].map((day) =>
      written("{ordinal}", [2000, 1, day]),
    );
    expect(ordinals.join(" ")).toBe("1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 30th 31st");
  });

  it("does the same seed give the same dates, and another seed others?", () => {
    const make = (seed: number) => JSON.stringify(dateExamples({ count: 20, rng: createRng(seed) }));
    expect(make(7)).toBe(make(7));
    expect(make(7)).not.toBe(make(8));
  });

  it("does it say what is wrong with an option?", () => {
    expect(() => dateExamples({ count: 0, rng: createRng(1) })).toThrow(
      "dateExamples: count must be a whole number of at least 1, got 0",
    );
    expect(() => dateExamples({ count: 1 } as never)).toThrow(
      "dateExamples: an rng is needed, such as rng: rng(1)",
    );
    expect(() => dateExamples({ count: 1, rng: createRng(1), formats: ["{dd}"] })).toThrow(
      'dateExamples: unknown format "{dd}"; known are such as "{yyyy}/{mm}/{dd}"',
    );
    expect(() => dateExamples({ count: 1, rng: createRng(1), formats: [] })).toThrow(
      "dateExamples: formats must not be empty",
    );
  });
});
