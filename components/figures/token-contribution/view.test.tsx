import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { describe, schema, strengthIn, strongest, type TokenContributionData } from "./schema.ts";
import { View } from "./view.tsx";

const data: TokenContributionData = {
  title: "Which words make it spam?",
  class: "spam",
  quantity: "fall of the log-odds without the word",
  examples: [
    { label: "first", tokens: ["free", "lunch", "meeting"], contributions: [2, 0.5, -1], probability: 0.9 },
    { label: "second", tokens: ["hello"], contributions: [-0.5], probability: 0.1 },
  ],
};

suite("the contributions of tokens", () => {
  test("says what speaks most for the class and against it", () => {
    expect(describe(data)).toBe(
      "Which words make it spam? first: spam with 90 %. Most for it: free 2.00, lunch 0.50, meeting -1.00. Most against it: meeting -1.00. " +
        "second: spam with 10 %. Most for it: hello -0.50. Most against it: hello -0.50.",
    );
  });

  test("starts at the strongest token, marks signs by more than colour, and lists every number", () => {
    const html = renderToString(<View data={data} id="c-" />);
    expect(strongest(data.examples[0]!)).toBe(0);
    expect(html).toContain("“free” <b>+2.00</b>");
    expect(html.match(/is-against/g)).toHaveLength(1);
    expect(html).toContain("<td>−1.00</td>");
    expect(strengthIn(data.examples[0]!)(-1)).toBe(-0.5);
  });

  test("refuses a token without a number", () => {
    const [example] = data.examples;
    const bad = { ...data, examples: [{ ...example, contributions: [1] }] };
    expect(schema.safeParse(bad).error?.issues[0]?.message).toBe("each token needs one contribution");
  });
});
