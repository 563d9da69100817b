import { describe, expect, it } from "vitest";
import { createRng } from "#src/util/rng.ts";
import { joinFrench, startsWithVowel, writeFrench } from "./french.ts";
import { ADJECTIVES, NOUNS, VERBS } from "./french-words.ts";
import { sentencePairs } from "./translation.ts";

const pairs = sentencePairs({ count: 4000, rng: createRng(1) });
const link = (text: string) => joinFrench(text.split(" ").map((word, k) => ({ text: word, from: [k] })));
const written = (text: string) => writeFrench(link(text).map((word) => word.text));

describe("French", () => {
  it.each([
    ["le ami", "l'ami"],
    ["la école", "l'école"],
    ["je aime", "j'aime"],
    ["je ne aime pas", "je n'aime pas"],
    ["à le marché", "au marché"],
    ["à le hôtel", "à l'hôtel"],
    ["à les enfants", "aux enfants"],
    ["de le homme", "de l'homme"],
    ["de les femmes", "des femmes"],
    ["de le parc", "du parc"],
    ["ne le ai pas", "ne l'ai pas"],
  ])("is %s written %s?", (parts, text) => {
    expect(written(parts)).toBe(text);
  });

  it("does a contracted word come from both?", () => {
    expect(link("va à le parc").map(({ from }) => from)).toEqual([[0], [1, 2], [3]]);
    expect(startsWithVowel("hommes")).toBe(true);
  });

  it("are the tables whole?", () => {
    for (const { en, fr } of NOUNS)
      expect([...en, ...fr].every((word) => /^[a-zâàèéêçîôœ]+$/.test(word))).toBe(true);
    for (const { fr, en } of ADJECTIVES) expect([en, fr.length]).toEqual([en, 5]);
    for (const { fr, en } of VERBS) expect([en, fr.length]).toEqual([en, 5]);
  });
});

describe("sentencePairs", () => {
  it("does an English sentence always have the same translation?", () => {
    const seen = new Map<string, string>();
    for (const { english, french } of pairs) {
      expect(seen.get(english) ?? french).toBe(french);
      seen.set(english, french);
    }
    expect(seen.size).toBeGreaterThan(2500);
  });

  it("do articles and adjectives agree with their noun?", () => {
    for (const { en, fr, gender } of NOUNS) {
      const [one, many] = fr;
      const word = new RegExp(`(?<=^| )(le|la|un|une|ce|cette|ma|mon) ${one} `);
      const wrong = gender === "m" ? ["la", "une", "cette", "ma"] : ["le", "un", "ce"];
      for (const { french } of pairs) {
        const article = word.exec(french)?.[1];
        expect(wrong.includes(article ?? ""), `${french} (${en[0]})`).toBe(false);
        expect(french).not.toMatch(
          new RegExp(`(le|la|un|une|ce|mon|ma) ${many} `.replace(`${one} `, `${many} `)),
        );
      }
    }
  });

  it("is nothing elided that must not be, and everything that must?", () => {
    for (const { french } of pairs) {
      expect(french).not.toMatch(/(?:^| )(le|la|je|ne|de|ma|sa|ce) (?=[aeiouéèêœ])/);
      expect(french).not.toMatch(/[ld]'(?![aeiouyâéèêîôœh])/);
      expect(french).not.toMatch(/(?:^| )(à|de) (le|les) (?!\w+(e|s|t|x|ons|ez)? pas)/);
    }
  });

  it("does each negation have both its parts, and every word of the target its place?", () => {
    for (const { source, target, alignment, english, french } of pairs) {
      const isNegated = source.includes("not");
      expect([french, target.includes("pas")]).toEqual([french, isNegated]);
      expect(target.includes("ne") || target.includes("n'")).toBe(isNegated);
      expect(alignment).toHaveLength(target.length);
      expect(alignment.every((from) => from.length > 0 && from.every((k) => source[k] !== undefined))).toBe(
        true,
      );
      expect(new Set(alignment.flat()).size, english).toBe(source.length);
      expect(english).toBe(source.join(" "));
    }
  });

  it("is its vocabulary small enough to learn, and does negated rule the share?", () => {
    const words = (side: "source" | "target") => new Set(pairs.flatMap((pair) => pair[side])).size;
    expect([words("source") < 150, words("target") < 260]).toEqual([true, true]);
    const share = (negated: number) =>
      sentencePairs({ count: 400, rng: createRng(2), negated }).filter(({ target }) => target.includes("pas"))
        .length;
    expect([share(0), share(1)]).toEqual([0, 400]);
    expect(() => sentencePairs({ count: 0, rng: createRng(1) })).toThrow("sentencePairs: count");
    expect(() => sentencePairs({ count: 1, rng: createRng(1), negated: 2 })).toThrow("negated");
  });

  it("does the same seed give the same sentences?", () => {
    expect(sentencePairs({ count: 5, rng: createRng(8) })).toEqual(
      sentencePairs({ count: 5, rng: createRng(8) }),
    );
    expect(pairs.slice(0, 3).map(({ english, french }) => `${english} | ${french}`)).toMatchInlineSnapshot(`
      [
        "a man waits for the children . | un homme attend les enfants .",
        "our tired bird does not see my beautiful teacher . | notre oiseau fatigué ne voit pas mon beau professeur .",
        "we do not watch a tired friend . | nous ne regardons pas d'ami fatigué .",
      ]
    `);
  });
});
