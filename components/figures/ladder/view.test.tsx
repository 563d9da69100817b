import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import {
  forgetRungs,
  keepRungs,
  keptRungs,
  ladderKey,
  merged,
  onLadderChange,
  type RungStorage,
  tellLadders,
} from "./kept-rungs.ts";
import { describe, type LadderData, schema } from "./schema.ts";
import { View } from "./view.tsx";

const data: LadderData = {
  text: "a-book",
  rungs: [
    { label: "uniform", loss: Math.log(64) },
    { label: "3-gram", loss: Math.log(8), lesson: "03" },
  ],
};

function memory(first: Record<string, string> = {}): RungStorage & { kept: Record<string, string> } {
  const kept = { ...first };
  return {
    kept,
    getItem: (key) => kept[key] ?? null,
    setItem: (key, value) => void (kept[key] = value),
    removeItem: (key) => void delete kept[key],
  };
}

suite("the ladder", () => {
  test("which model leads, in which units?", () =>
    expect(describe(data)).toBe(
      "3-gram leads with 3.00 bits per character. On the text a-book, best first: " +
        "3-gram 3.00 bits per character (perplexity 8.00); uniform 6.00 bits per character (perplexity 64.00).",
    ));

  test("draws the best first, and its numbers as a table", () => {
    const html = renderToString(<View data={data} id="a-" />);
    expect(html.indexOf("3-gram<")).toBeLessThan(html.indexOf("uniform<"));
    expect(html).toContain("2.079");
  });

  test("does a rung of another lesson stay, and a new result replace the old of its name?", () => {
    const storage = memory();
    keepRungs(storage, "a-book", data.rungs);
    keepRungs(storage, "a-book", [{ label: "3-gram", loss: 1 }]);
    expect(keptRungs(storage, "a-book").map(({ label, loss }) => [label, loss])).toEqual([
      ["3-gram", 1],
      ["uniform", Math.log(64)],
    ]);
    expect(keptRungs(storage, "another-book")).toEqual([]);
    forgetRungs(storage, "a-book");
    expect(keptRungs(storage, "a-book")).toEqual([]);
  });

  test.each([
    "",
    "no json",
    "null",
    "{}",
    '[{"label":"x"}]',
    '[{"label":"x","loss":null}]',
    '[{"label":"x","loss":-1}]',
  ])("what if the storage holds %j?", (text) => {
    const storage = memory({ [ladderKey("a-book")]: text });
    expect(keptRungs(storage, "a-book")).toEqual([]);
    keepRungs(storage, "a-book", data.rungs);
    expect(keptRungs(storage, "a-book")).toHaveLength(2);
  });

  test("what if the browser refuses to keep anything?", () => {
    const refuse = () => {
      throw new Error("refused");
    };
    const storage = { getItem: refuse, setItem: refuse, removeItem: refuse };
    expect(() => keepRungs(storage, "a-book", data.rungs)).not.toThrow();
    expect(() => forgetRungs(storage, "a-book")).not.toThrow();
    expect(keptRungs(storage, "a-book")).toEqual([]);
    expect(keptRungs(undefined, "a-book")).toEqual([]);
  });

  test("do two ladders of a page hear of each other, and only those of the same text, until they are gone?", () => {
    const page = new EventTarget();
    const heard: string[] = [];
    const stop = onLadderChange("a-book", () => heard.push("a-book"), page);
    onLadderChange("another-book", () => heard.push("another-book"), page);
    tellLadders("a-book", page);
    expect(heard).toEqual(["a-book"]);
    page.dispatchEvent(Object.assign(new Event("storage"), { key: ladderKey("another-book") }));
    expect(heard).toEqual(["a-book", "another-book"]);
    stop();
    tellLadders("a-book", page);
    expect(heard).toEqual(["a-book", "another-book"]);
  });

  test("an own rung hides another's of the same name", () =>
    expect(merged(data.rungs, [{ label: "uniform", loss: 1 }])).toEqual(data.rungs));

  test("refuses a text without a plain name, and a loss that is no number", () => {
    expect(schema.safeParse(data).success).toBe(true);
    expect(schema.safeParse({ ...data, text: "../x" }).success).toBe(false);
    expect(schema.safeParse({ ...data, rungs: [{ label: "a", loss: NaN }] }).success).toBe(false);
  });
});
