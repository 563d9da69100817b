import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { describe, type NGramSamplerData, percent, schema, visible } from "./schema.ts";
import { View } from "./view.tsx";

const data: NGramSamplerData = {
  title: "What comes next?",
  unit: "letter",
  prompt: ["w", "h"],
  steps: [
    {
      token: "a",
      probability: 0.5,
      contexts: [{ tokens: ["w", "h"], seen: 12 }],
      candidates: [
        { token: "a", probability: 0.5, count: 6 },
        { token: "e", probability: 0.25, count: 3 },
      ],
    },
    {
      token: " ",
      probability: 0.004,
      contexts: [
        { tokens: ["h", "a"], seen: 0 },
        { tokens: ["a"], seen: 1 },
      ],
      candidates: [{ token: " ", probability: 0.004, count: 0 }],
    },
  ],
};
const show = () => renderToString(<View data={data} id="a-" />);

suite("the n-gram sampler", () => {
  test("says what was written and how often it had to shorten the context", () =>
    expect(describe(data)).toBe(
      "What comes next? Drawn letter by letter: “wha ”. In 1 of 2 steps the longest context was new, and a shorter one was used.",
    ));

  test("which context was asked first, and which was used?", () => {
    const html = show();
    expect(html).toMatch(/n-gram-unseen"><code>ha<\/code> <span>never seen/);
    expect(html).toMatch(/n-gram-used"><code>a<\/code> <span>seen once/);
  });

  test("does it say that a drawn letter was never seen after the context?", () =>
    expect(show()).toContain("It was never seen after this context"));

  test("can all steps be read as a table?", () => expect(show().match(/<tr/g)).toHaveLength(3));

  test.each([
    [0.42, "42 %"],
    [0.0031, "0.3 %"],
    [0.00001, "< 0.01 %"],
    [0, "0 %"],
    [1, "100 %"],
  ])("prints a probability of %s as %s", (p, text) => expect(percent(p)).toBe(text));

  test("can one see a space and the end of a line?", () => expect(visible("a \n")).toBe("a␣¶"));

  test("refuses data that it cannot draw", () => {
    expect(schema.safeParse(data).success).toBe(true);
    expect(schema.safeParse({ ...data, steps: [] }).success).toBe(false);
    const wrong = { ...data.steps[0]!, probability: 1.5 };
    expect(schema.safeParse({ ...data, steps: [wrong] }).success).toBe(false);
  });
});
