import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { type BeamTreeData, describe, pathTo, schema } from "./schema.ts";
import { View } from "./view.tsx";

const node = (parent: number, token: string, logProb: number, fate: "live" | "finished" | "pruned") => ({
  ...{ parent, token, logProb, fate },
  ...{ tokenLogProb: -0.5, score: logProb },
});
const data: BeamTreeData = {
  title: "Which way is best?",
  width: 2,
  alpha: 0,
  cost: 3,
  steps: [
    [node(-1, "a", -0.5, "live"), node(-1, "b", -1, "live"), node(-1, "c", -3, "pruned")],
    [node(1, "end", -1.2, "finished"), node(0, "d", -1.4, "live"), node(0, "e", -2, "pruned")],
  ],
  hypotheses: [
    { text: "b", logProb: -1.2, score: -1.2, isFinished: true },
    { text: "a d", logProb: -1.4, score: -1.4, isFinished: false },
  ],
  others: [{ label: "greedy", text: "a d", logProb: -1.9, cost: 2 }],
};

suite("the beam laboratory", () => {
  test("follows a node back to the start", () => {
    expect(pathTo(data, 1, 0).map(({ token }) => token)).toEqual(["b", "end"]);
    expect(pathTo(data, 1, 2).map(({ token }) => token)).toEqual(["a", "e"]);
  });

  test("says what was found, at what cost, and what greedy finds", () => {
    expect(describe(data)).toBe(
      "Which way is best? A beam of 2 with α = 0 took 2 steps and read 3 tokens; 2 of the candidates shown were pruned. " +
        "Best: “b”, log-probability -1.20, score -1.20. greedy finds “a d” with -1.90.",
    );
  });

  test("draws every candidate with its fate, the ranking, and every number in the table", () => {
    const html = renderToString(<View data={data} id="b-" />);
    expect(html.match(/class="beam-node/g)).toHaveLength(6);
    expect(html.match(/beam-node is-pruned/g)).toHaveLength(2);
    expect(html).toContain("(not finished)");
    expect(html).toContain("<td>b end</td>");
    expect(html).not.toContain("NaN");
  });

  test("refuses a search without steps", () => {
    expect(schema.safeParse({ ...data, steps: [] }).success).toBe(false);
  });
});
