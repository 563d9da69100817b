import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { type BleuMatchesData, countsOf, describe, matchesOf, schema } from "./schema.ts";
import { View } from "./view.tsx";

const data: BleuMatchesData = {
  title: "Which words were expected?",
  hypothesis: "the the cat sat".split(" "),
  reference: "the cat sat down".split(" "),
  score: 40,
  brevityPenalty: 1,
};

suite("the n-gram matches", () => {
  test("gives a repeated word one partner only", () => {
    expect(matchesOf(data, 1).map(({ partner }) => partner)).toEqual([0, undefined, 1, 2]);
    expect([1, 2, 3, 4].map((n) => countsOf(data, n))).toEqual([
      { matched: 3, all: 4 },
      { matched: 2, all: 3 },
      { matched: 1, all: 2 },
      { matched: 0, all: 1 },
    ]);
  });

  test("says all counts in words", () => {
    expect(describe(data)).toContain(
      "3 of 4 1-grams, 2 of 3 2-grams, 1 of 2 3-grams, 0 of 1 4-grams have a partner",
    );
  });

  test("marks matched words and the chosen n-gram in both sentences", () => {
    const html = renderToString(<View data={data} id="b-" />);
    expect(html.match(/is-matched/g)).toHaveLength(6);
    expect(html.match(/is-chosen/g)).toHaveLength(2);
    expect(html).toContain("“the” has a partner, word 1 of the reference");
  });

  test("draws an empty hypothesis", () => {
    const empty = { ...data, hypothesis: [] };
    expect(schema.safeParse(empty).success).toBe(true);
    expect(renderToString(<View data={empty} id="b-" />)).toContain("too short for 1 words in a row");
  });
});
