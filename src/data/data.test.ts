import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { addingProblem } from "./adding-problem.ts";
import { batches, split } from "./batches.ts";
import { hello } from "./hello.ts";
import { buildMobyDick, normalise, shipped } from "./moby-dick-text.ts";
import { mobyDick, mobyDickCard } from "./moby-dick.ts";
import { fromText } from "./own-text.ts";
import { vocabulary } from "./vocabulary.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const count = (n: number) => Int32Array.from({ length: n }, (_, k) => k);

describe("the data sets", () => {
  it("is the Moby-Dick that is shipped the one on its card?", async () => {
    const text = await buildMobyDick();
    expect(Buffer.byteLength(text)).toBe(mobyDickCard.bytes);
    expect(sha256(text)).toBe(mobyDickCard.sha256);
    expect(text).toMatch(/^CHAPTER 1\. Loomings\.\nCall me Ishmael\. Some years ago--never mind/);
    expect(vocabulary(text).size).toBe(77);
    expect(await mobyDick(async (name) => `text of ${name}`)).toBe(`text of ${shipped.name}`);
  });

  it("does normalise give plain ASCII lines?", () => {
    expect(normalise("A “fine” day—he’s   œld;\nyes, café.\n\n\nNext.")).toBe(
      'A "fine" day--he\'s ld; yes, cafe.\nNext.\n',
    );
  });

  it("is hello numbered h, e, l, o?", () => {
    expect([...hello.vocabulary.encode("hello")]).toEqual([0, 1, 2, 2, 3]);
    expect(sha256(hello.text)).toBe(hello.card.sha256);
  });
});

describe("vocabulary", () => {
  it("does decoding undo encoding, also for emoji?", () => {
    const { encode, decode, size } = vocabulary("née 🐳 und 🐋");
    expect(size).toBe(8);
    expect(decode(encode("🐋 née"))).toBe("🐋 née");
  });

  it("does it name the character that it does not know, and where?", () => {
    expect(() => vocabulary("helo").encode("hell0 world")).toThrow(
      'vocabulary.encode: the character "0" (U+0030) at position 4 is not one of the 4 characters of this vocabulary. ' +
        "Take it out, or build the vocabulary from a text that has it.",
    );
    expect(() => vocabulary("")).toThrow("vocabulary: the text is empty.");
    expect(() => vocabulary("ab").decode([0, 2])).toThrow(
      "vocabulary.decode: expected tokens of 0 … 1, got 2",
    );
  });
});

describe("batches", () => {
  it("are targets the tokens that come next?", () => {
    const source = batches(count(100), { batchSize: 3, timesteps: 5, rng: createRng(1) });
    expect([...source]).toHaveLength(source.length);
    for (const { inputs, targets } of source) {
      inputs.forEach((token, k) => expect(targets[k]).toBe(token + 1));
    }
  });

  it("does going through them again give the same batches, and the next pass others?", () => {
    const source = batches(count(100), { batchSize: 3, timesteps: 5, rng: createRng(1) });
    expect([...source]).toEqual([...source]);
    const passes = source.passes();
    const [first, second] = [0, 1].map(() =>
      Array.from({ length: source.length }, () => passes.next().value),
    );
    expect(first).toEqual([...source]);
    expect(second).not.toEqual(first);
  });

  it("do sequential batches go on row by row through the whole text?", () => {
    const all = [...batches(count(31), { batchSize: 2, timesteps: 5, order: "sequential" })];
    expect(all.map(({ inputs }) => [...inputs])).toEqual([
      [0, 1, 2, 3, 4, 15, 16, 17, 18, 19],
      [5, 6, 7, 8, 9, 20, 21, 22, 23, 24],
      [10, 11, 12, 13, 14, 25, 26, 27, 28, 29],
    ]);
    expect(all.map(({ isStart }) => isStart)).toEqual([true, false, false]);
  });

  it("does it take a text that is just long enough, and say what a shorter one lacks?", () => {
    const sizes = { batchSize: 2, timesteps: 5 };
    expect(batches(count(11), { ...sizes, order: "sequential" }).length).toBe(1);
    expect(() => batches(count(10), { ...sizes, order: "sequential" })).toThrow(
      "batches: the text has 10 tokens; one batch of 2 × 5 and its targets need at least 11. " +
        "Take a longer text, or lower batchSize or timesteps.",
    );
    const [only] = batches(count(6), { ...sizes, rng: createRng(1) });
    expect([...only.inputs]).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
    expect(() => batches(count(5), { ...sizes, rng: createRng(1) })).toThrow("need at least 6");
    expect(() => batches(count(50), sizes)).toThrow('order "random" needs an rng');
    expect(() => batches(count(50), { order: "shuffled" as never })).toThrow('got "shuffled"');
  });

  it("does split keep every token once?", () => {
    const { train, valid } = split(count(10), 0.8);
    expect([train.length, [...valid]]).toEqual([8, [8, 9]]);
    expect(() => split(count(10), 1)).toThrow("split: fraction must be between 0 and 1, got 1");
  });
});

describe("fromText", () => {
  it("is a reader's text ready for batches?", () => {
    const { text, vocabulary, ids } = fromText("to be or\r\nnot to be", { timesteps: 8 });
    expect(text).toBe("to be or\nnot to be");
    expect(vocabulary.decode(ids)).toBe(text);
  });

  it("does it say how much longer a text must be?", () => {
    expect(() => fromText("too short")).toThrow(
      "fromText: with timesteps = 32 a text needs at least 66 characters, one sequence to train on and one to check " +
        "with; this one has 9. Paste a longer text, or lower timesteps.",
    );
    expect(() => fromText(undefined as never)).toThrow("fromText: expected a text, got undefined");
  });
});

describe("addingProblem", () => {
  it("is the answer the sum of the two marked numbers, one in each half?", () => {
    const { x, targets, marked } = addingProblem({ batchSize: 50, timesteps: 9, rng: createRng(1) });
    for (let b = 0; b < 50; b++) {
      const [early, late] = marked.subarray(2 * b, 2 * b + 2);
      expect(early).toBeLessThan(4);
      expect(late).toBeGreaterThanOrEqual(4);
      const at = (t: number) => x[(b * 9 + t) * 2];
      expect(targets[b]).toBeCloseTo(at(early) + at(late), 6);
      const markers = x.subarray(b * 18, (b + 1) * 18).filter((_, k) => k % 2 === 1);
      expect(markers.reduce((sum, m) => sum + m, 0)).toBe(2);
    }
  });
});
