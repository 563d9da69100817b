import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { describe, meanLoss, schema, strength, type SurpriseStripData } from "./schema.ts";
import { View } from "./view.tsx";

const data: SurpriseStripData = {
  title: "Who is surprised?",
  tokens: ["a", "b", " "],
  unit: "character",
  models: [
    { label: "counts", losses: [null, 2, 1] },
    { label: "uniform", losses: [null, 4, 4] },
  ],
};
const show = (own = data) => renderToString(<View data={own} id="a-" />);

suite("the surprise strip", () => {
  test("leaves what was not predicted out of the mean", () => expect(meanLoss(data.models[0]!)).toBe(1.5));

  test("says in words who was surprised where", () =>
    expect(describe(data)).toBe(
      "Who is surprised? counts: 1.50 nats per character, most at “b” (character 2: 2.00); " +
        "uniform: 4.00 nats per character, most at “b” (character 2: 4.00).",
    ));

  test("starts where the models disagree most, and shows the numbers of all", () => {
    const html = show();
    expect(html).toContain("“␣”");
    expect(html).toContain("1.00 nats (p = 0.37)");
    expect(html).toContain("4.00 nats (p = 0.018)");
  });

  test.each([
    [null, 0],
    [0, 0],
    [2.5, 0.5],
    [Infinity, 1],
  ])("colours a loss of %s by %s", (loss, expected) => expect(strength(loss)).toBe(expected));

  test("draws a probability of zero without an infinite style", () => {
    const own = { ...data, models: [{ label: "maximum", losses: [null, Infinity, 1] }] };
    expect(show(own)).toContain("∞ nats (p = 0)");
    expect(show(own)).not.toMatch(/style="[^"]*(?:NaN|Infinity)/);
  });

  test("refuses a model with another number of losses than tokens", () => {
    expect(schema.safeParse(data).success).toBe(true);
    const result = schema.safeParse({ ...data, models: [{ label: "short", losses: [1] }] });
    expect(result.error?.issues[0]?.message).toBe("each model needs a loss (or null) for every token");
  });
});
