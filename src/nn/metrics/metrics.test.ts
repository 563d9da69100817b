import { describe, expect, it } from "vitest";
import fixture from "../fixtures/metrics.json";
import { accuracy, exactMatch } from "./accuracy.ts";
import { bleu, type BleuOptions, brevityPenalty, d2lBleu, expMeanPrecision, sentenceBleu } from "./bleu.ts";
import { chrf } from "./chrf.ts";
import { editDistance, edits, errorRate, sequenceErrorRate } from "./edit-distance.ts";

describe("accuracy", () => {
  it("is it the share of kept places, and the share of whole sequences?", () => {
    expect(accuracy([1, 2, 3, 4], [1, 2, 0, 4])).toBe(0.75);
    expect(accuracy([1, 2, 3, 4], [1, 2, 0, 4], [1, 0, 1, 0])).toBe(0.5);
    expect(exactMatch(["1998-07-03", "1998"], ["1998-07-03", "1998-01"])).toBe(0.5);
    expect(exactMatch([[1, 2]], [[1, 2, 3]])).toBe(0);
  });

  it("does it say when nothing can be compared?", () => {
    expect(() => accuracy([1], [1, 2])).toThrow(
      "accuracy: expected as many predictions as targets, got 1 and 2",
    );
    expect(() => accuracy([1], [1], [0])).toThrow("accuracy: nothing to compare");
    expect(() => exactMatch([], [])).toThrow("exactMatch: expected at least one reference, got none");
    expect(() => exactMatch(["a"], ["a", "b"])).toThrow("a hypothesis for each reference, got 1 for 2");
  });
});

describe("editDistance", () => {
  it.each([
    ["kitten", "sitting", 3],
    ["", "abc", 3],
    ["abc", "", 3],
    ["same", "same", 0],
    ["flaw", "lawn", 2],
  ])("how far is %s from %s?", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
    expect(edits(a, b).filter(({ kind }) => kind !== "same")).toHaveLength(distance);
  });

  it("do the edits turn the reference into the hypothesis?", () => {
    const [hypothesis, reference] = ["HH AH L OW", "HH EH L L OW Z"].map((text) => text.split(" "));
    const built = edits(hypothesis!, reference!).flatMap((edit) =>
      edit.kind === "delete" ? [] : [hypothesis![edit.hypothesis]],
    );
    expect(built).toEqual(hypothesis);
    expect(edits(hypothesis!, reference!).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["same", "substitute", "delete"]),
    );
  });

  it("does the error rate count all edits over all symbols, against the nearest reference?", () => {
    expect(
      errorRate(
        [["a", "b"], ["c"]],
        [
          ["a", "x"],
          ["c", "d", "e"],
        ],
      ),
    ).toBe(3 / 5);
    expect(errorRate([["a", "b"]], [[["x"], ["a", "b", "c"]]])).toBe(1 / 3);
    expect(sequenceErrorRate([["a"], ["b"]], [[["x"], ["a"]], ["c"]])).toBe(0.5);
    expect(() => errorRate([[]], [[]])).toThrow("errorRate: all references are empty");
  });
});

describe("bleu", () => {
  it.each(fixture.cases.map((one, n) => [n, one] as const))(
    "does it give sacreBLEU's numbers in case %i?",
    (_, one) => {
      for (const [name, score] of Object.entries(one.bleu)) {
        const [smoothing, isEffective] = name.split(" ") as [NonNullable<BleuOptions["smoothing"]>, string];
        const options = { smoothing, effectiveOrder: isEffective === "True" };
        const words = one.references.map((ways) => ways.map((way) => way.split(" ")));
        const ours = bleu(one.hypotheses, words, options).score;
        expect(Math.abs(ours - score), name).toBeLessThan(1e-9);
      }
      const found = bleu(
        one.hypotheses,
        one.references.map((ways) => ways.map((way) => way.split(" "))),
      );
      found.precisions.forEach((p, k) => expect(p).toBeCloseTo(one.precisions[k]!, 9));
      expect(found.brevityPenalty).toBeCloseTo(one.penalty, 12);
      expect(chrf(one.hypotheses, one.references)).toBeCloseTo(one.chrf, 9);
      expect(chrf(one.hypotheses, one.references, { maxOrder: 3, beta: 1 })).toBeCloseTo(one.chrf3, 9);
    },
  );

  it("are a text, its words, and a list of one reference the same?", () => {
    const words = "the cat sees her .".split(" ");
    const scores = [words.join(" "), words, [words]].map(
      (reference) => sentenceBleu("the cat sees him .", reference).score,
    );
    expect(new Set(scores).size).toBe(1);
  });

  it("is the penalty 1 for long outputs, below for short ones, 0 for none?", () => {
    expect([brevityPenalty(5, 5), brevityPenalty(9, 5), brevityPenalty(0, 5)]).toEqual([1, 1, 0]);
    expect(brevityPenalty(5, 10)).toBeCloseTo(Math.exp(-1), 12);
  });

  it("does chrF take the best of several references for each hypothesis, in the score of a corpus too?", () => {
    const [said, near, far] = ["the cat sees her", "the cat saw her", "a dog"];
    expect(chrf([said], [[far, near]])).toBe(chrf([said], [near]));
    expect(
      chrf(
        [said, "le chat"],
        [
          [near, far],
          ["le chat", near],
        ],
      ),
    ).toBe(chrf([said, "le chat"], [near, "le chat"]));
    expect(() => chrf([said], [[]])).toThrow("chrf: hypothesis 0 has no reference");
  });

  it("do the book's form and the notes' formula give what they say?", () => {
    expect(d2lBleu("va !", "va !")).toBe(1);
    expect(d2lBleu("", "va !")).toBe(0);
    // one of two words, no pair
    expect(d2lBleu("va .", "va !", 1)).toBeCloseTo(Math.SQRT1_2, 12);
    expect(d2lBleu("a b c d", "a b c d e", 2)).toBeCloseTo(Math.exp(-0.25), 12);
    expect(expMeanPrecision("a b c d", "a b c d")).toBeCloseTo(Math.E, 12);
    expect(expMeanPrecision("a", "b")).toBe(1);
  });

  it("does it say what is missing?", () => {
    expect(() => bleu([], [])).toThrow("bleu: expected at least one reference, got none");
    expect(() => bleu(["a"], ["a"], { smoothing: "magic" as never })).toThrow('got "magic"');
    expect(() => chrf(["a"], [])).toThrow("chrf: expected at least one reference");
  });
});
