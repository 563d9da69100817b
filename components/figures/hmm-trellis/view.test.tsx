import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { describe, type HmmTrellisData, pathTo, schema, trellisOf } from "./schema.ts";
import { View } from "./view.tsx";

// Rabiner's kind of toy: two coins, one of them unfair
const data: HmmTrellisData = {
  title: "Which coin?",
  states: ["fair", "loaded"],
  observations: ["H", "H", "T", "H"],
  start: [0.6, 0.4],
  transition: [
    [0.7, 0.3],
    [0.2, 0.8],
  ],
  likelihood: [
    [0.5, 0.9],
    [0.5, 0.9],
    [0.5, 0.1],
    [0.5, 0.9],
  ],
};

/** Every path with its joint probability, by counting through all of them. */
function allPaths({ start, transition, likelihood }: HmmTrellisData) {
  const T = likelihood.length;
  return Array.from({ length: 2 ** T }, (_, n) => {
    const path = Array.from({ length: T }, (_, t) => (n >> t) & 1);
    const p = path.reduce(
      (product, state, t) =>
        product * (t ? transition[path[t - 1]!]![state]! : start[state]!) * likelihood[t]![state]!,
      1,
    );
    return { path, p };
  });
}

suite("the trellis", () => {
  test("does the forward recursion add up all paths?", () => {
    const { forward, logForward } = trellisOf(data);
    const total = allPaths(data).reduce((sum, { p }) => sum + p, 0);
    expect(Math.exp(logForward[3]!)).toBeCloseTo(total, 12);
    const loaded = allPaths(data).filter(({ path }) => path[3] === 1);
    expect(forward[3]![1]).toBeCloseTo(loaded.reduce((sum, { p }) => sum + p, 0) / total, 12);
  });

  test("is the Viterbi path the likeliest of all?", () => {
    const trellis = trellisOf(data);
    const best = allPaths(data).sort((a, b) => b.p - a.p)[0]!;
    expect(pathTo(trellis, 3)).toEqual(best.path);
    expect(Math.exp(trellis.logBest[3]!)).toBeCloseTo(best.p, 12);
  });

  test("does a sequence that cannot be shown draw without a broken number?", () => {
    const broken = { ...data, likelihood: data.likelihood.map((row, t) => (t === 2 ? [0, 0] : row)) };
    expect(describe(broken)).toBe("Which coin? No path can show these symbols.");
    expect(renderToString(<View data={broken} id="a-" />)).not.toMatch(/="[^"]*(?:NaN|Infinity)/);
  });

  test("shows the best path first, with both modes to choose from", () => {
    const html = renderToString(<View data={data} id="a-" />);
    expect(html).toContain("<polyline");
    expect(html).toMatch(/aria-pressed="?true"?[^>]*>Viterbi/);
    expect(html.match(/<tr/g)).toHaveLength(5);
  });

  test("refuses rows that do not fit the states", () => {
    expect(schema.safeParse(data).success).toBe(true);
    expect(schema.safeParse({ ...data, start: [1] }).success).toBe(false);
    expect(schema.safeParse({ ...data, likelihood: data.likelihood.slice(1) }).success).toBe(false);
  });
});
