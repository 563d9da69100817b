import { describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { ADDITION_ALPHABET, additionExamples } from "./addition.ts";
import { copyTask } from "./copy-task.ts";
import { longLag } from "./long-lag.ts";
import { melody, noteName, SCALES } from "./melodies.ts";
import { isReber, REBER_SYMBOLS, reberExamples, reberNext } from "./reber.ts";

const SEEDS = Array.from({ length: 30 }, (_, seed) => seed);

describe("copyTask", () => {
  it("is the target the source, in the order that was asked for?", () => {
    for (const seed of SEEDS) {
      for (const order of ["same", "reversed"] as const) {
        for (const { source, target, alignment } of copyTask({ count: 20, rng: createRng(seed), order })) {
          expect(target).toEqual(order === "same" ? source : [...source].reverse());
          expect(target).toEqual(alignment.map((t) => source[t]));
          expect(source.length).toBeGreaterThanOrEqual(3);
          expect(source.length).toBeLessThanOrEqual(10);
          expect(source.every((token) => token >= 1 && token <= 8)).toBe(true);
        }
      }
    }
  });

  it("does it take a fixed length, and say what is wrong with an option?", () => {
    const rng = createRng(1);
    expect(copyTask({ count: 3, rng, length: 5 }).every(({ source }) => source.length === 5)).toBe(true);
    expect(() => copyTask({ count: 3, rng, length: [5, 2] })).toThrow(
      "copyTask: length must be [least, most], got [5, 2]",
    );
    expect(() => copyTask({ count: 3, rng, order: "up" as never })).toThrow(
      'copyTask: order must be "same" or "reversed", got "up"',
    );
    expect(() => copyTask({ count: 3, rng, symbols: 1 })).toThrow("copyTask: symbols must be a whole number");
  });
});

describe("additionExamples", () => {
  it("is every answer the sum, in the width that it promises?", () => {
    for (const seed of SEEDS) {
      const digits = 1 + (seed % 4);
      for (const reversed of [false, true]) {
        const examples = additionExamples({ count: 30, rng: createRng(seed), digits, reversed });
        for (const { question, answer } of examples) {
          expect(question).toHaveLength(2 * digits + 1);
          expect(answer).toHaveLength(digits + 1);
          expect([...question, ...answer].every((each) => ADDITION_ALPHABET.includes(each))).toBe(true);
          const forward = reversed ? [...question].reverse().join("") : question;
          const [a, b] = forward.trim().split("+");
          expect(Number(a) + Number(b)).toBe(Number(answer));
          expect([a, b]).toEqual([String(Number(a)), String(Number(b))]);
        }
      }
    }
  });

  it("does it say what is wrong with an option?", () => {
    expect(() => additionExamples({ count: 1, rng: createRng(1), digits: 7 })).toThrow(
      "additionExamples: digits must be at most 6, got 7",
    );
    expect(() => additionExamples({ count: 1 } as never)).toThrow("additionExamples: an rng is needed");
  });
});

describe("reberExamples", () => {
  it("is every string legal, with the second symbol again before the end?", () => {
    for (const seed of SEEDS) {
      for (const { text, tokens, legal } of reberExamples({ count: 20, rng: createRng(seed) })) {
        expect(text).toMatch(/^B([TP])B.*E\1E$/);
        expect(isReber(text)).toBe(true);
        expect(tokens.map((token) => REBER_SYMBOLS[token]).join("")).toBe(text);
        expect(legal).toHaveLength(text.length);
        [...text.slice(1)].forEach((symbol, t) => expect(legal[t]).toContain(symbol));
        expect(legal.at(-1)).toBe("");
      }
    }
  });

  it("does the checker know a string that breaks a rule?", () => {
    expect(isReber("BTBTXSETE")).toBe(true);
    expect(isReber("BTBTXSEPE")).toBe(false);
    expect(isReber("BTBTXSET")).toBe(false);
    expect(isReber("BTBTXSETEE")).toBe(false);
    expect(reberNext("")).toBe("B");
    expect(reberNext("BPBTX")).toBe("SX");
    expect(reberNext("BPBTXSE")).toBe("P");
    expect(reberNext("BPBTXSEPE")).toBe("");
    expect(reberNext("BX")).toBeUndefined();
    expect(() => reberNext(3 as never)).toThrow("reber: expected a string, got 3");
    expect(() => reberExamples({ count: 1 } as never)).toThrow("reberExamples: an rng is needed");
  });

  it("is the rule of the checker the one of an independent expression?", () => {
    // the inner grammar, written out as a regular expression: 2 is reached by P and by every X from 3
    const back = "(?:T*VPX)*T*V(?:V|PS)";
    const inner = new RegExp(`^B(?:TS*X(?:S|X${back})|P${back})E$`);
    for (const { text } of reberExamples({ count: 500, rng: createRng(9) }))
      expect(text.slice(2, -2)).toMatch(inner);
  });
});

describe("longLag", () => {
  it("is the answer the first symbol, and all that stands between a distractor?", () => {
    for (const seed of SEEDS) {
      const { x, targets, timesteps, vocabSize } = longLag({
        batchSize: 8,
        distractors: 12,
        rng: createRng(seed),
      });
      expect([timesteps, vocabSize]).toEqual([13, 14]);
      targets.forEach((target, b) => {
        const row = x.subarray(b * 13, (b + 1) * 13);
        expect(row[0]).toBe(target);
        expect(target === 0 || target === 1).toBe(true);
        row.subarray(1).forEach((token) => {
          expect(token).toBeGreaterThanOrEqual(2);
          expect(token).toBeLessThan(14);
        });
      });
    }
  });

  it("are distractors the same in every sequence without noise?", () => {
    const { x } = longLag({ batchSize: 2, distractors: 5, symbols: 3, noise: 0, rng: createRng(1) });
    expect([...x.subarray(1, 6)]).toEqual([2, 3, 4, 2, 3]);
    expect([...x.subarray(7, 12)]).toEqual([2, 3, 4, 2, 3]);
    expect(() => longLag({ distractors: 5, noise: 2, rng: createRng(1) })).toThrow(
      "longLag: noise must be between 0 and 1, got 2",
    );
    expect(() => longLag({ distractors: 0, rng: createRng(1) })).toThrow(
      "longLag: distractors must be a whole",
    );
  });
});

describe("melody", () => {
  it("does it stay in its scale, step back after leaps, and end on the tonic?", () => {
    for (const seed of SEEDS) {
      for (const scale of Object.keys(SCALES) as (keyof typeof SCALES)[]) {
        const { notes, tonic } = melody({ rng: createRng(seed), start: 62, scale, bars: 6 });
        const keys = notes.map(({ midi }) => midi);
        expect([keys[0], tonic]).toEqual([62, 62]);
        expect(notes.reduce((sum, { beats }) => sum + beats, 0)).toBe(24);
        const classes = SCALES[scale].map((tone) => (62 + tone) % 12);
        expect(keys.every((key) => classes.includes(key % 12) && Math.abs(key - 62) <= 12)).toBe(true);
        expect(notes.at(-1)).toEqual({
          midi: expect.toSatisfy((key: number) => key % 12 === 62 % 12),
          beats: 4,
        });
        const leaps = keys.slice(0, -3).map((key, k) => [keys[k + 1] - key, keys[k + 2] - keys[k + 1]]);
        const unanswered = leaps.filter(
          ([leap, move]) => Math.abs(leap) > 7 && Math.sign(move) !== -Math.sign(leap),
        );
        expect(unanswered).toEqual([]);
      }
    }
  });

  it("does the same seed give the same melody, and does it say what is wrong with an option?", () => {
    const rng = () => createRng(4);
    expect(melody({ rng: rng() })).toEqual(melody({ rng: rng() }));
    expect([60, 66, 69].map(noteName)).toEqual(["C4", "F#4", "A4"]);
    expect(() => melody({ rng: rng(), start: 100 })).toThrow("melody: start must be at most 84, got 100");
    expect(() => melody({ rng: rng(), scale: "blues" as never })).toThrow(
      'melody: scale must be "major" or "minor" or "pentatonic", got "blues"',
    );
  });
});

describe("all of them", () => {
  it("does the same seed give the same examples?", () => {
    const all = (seed: number) =>
      JSON.stringify([
        copyTask({ count: 5, rng: createRng(seed) }),
        additionExamples({ count: 5, rng: createRng(seed) }),
        reberExamples({ count: 5, rng: createRng(seed) }),
        [...longLag({ distractors: 9, rng: createRng(seed) }).x],
      ]);
    expect(all(1)).toBe(all(1));
    expect(all(1)).not.toBe(all(2));
  });
});
