import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { keyed } from "./drawing.tsx";
import { describe, findWord, schema, type WordMapData } from "./schema.ts";
import { View } from "./view.tsx";
import { ALL, HEIGHT, labels, magnified, projection, radiusOf, WIDTH } from "./view-box.ts";

const data: WordMapData = {
  title: "Which words stand together?",
  words: [
    { word: "king", x: 1, y: 1, group: 0, near: [[1, 0.8]] },
    { word: "queen", x: 1.5, y: 1, group: 0, near: [[0, 0.8]] },
    { word: "oil", x: -2, y: 0.5, group: 1 },
  ],
  groups: ["court", "earth"],
  chosen: "king",
  arrows: [[0, 1]],
};
const show = (own = data) => renderToString(<View data={own} id="a-" />);

suite("the word map", () => {
  test("says the chosen word's neighbours in words", () => {
    expect(describe(data)).toBe(
      "Which words stand together? A map of 3 words. Nearest to king, by cosine: queen 0.80.",
    );
  });

  test("draws names, groups, arrows and a table without a script", () => {
    const html = show();
    for (const text of ["king", "queen", "oil", "court", "0.80", "Nearest to"]) expect(html).toContain(text);
    expect(html.match(/<path class="word-map-dots"/g)).toHaveLength(2);
    expect(html.match(/class="word-map-arrow"/g)).toHaveLength(1);
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
  });

  test("stands words that are all at one place, or no word chosen", () => {
    const words = data.words.map((word) => ({ ...word, x: 0, y: 0 }));
    expect(show({ ...data, words, chosen: undefined })).not.toMatch(/NaN|Infinity/);
  });

  test("finds a word by itself or by its beginning", () => {
    expect(findWord(data, "Queen ")).toBe(1);
    expect(findWord(data, "oi")).toBe(2);
    expect([findWord(data, "whale"), findWord(data, "")]).toEqual([-1, -1]);
  });

  test("keeps the point under the pointer when it magnifies", () => {
    const radius = radiusOf(data.words);
    const before = projection(radius, ALL);
    const after = projection(radius, magnified(ALL, radius, 3, [before.left(1), before.top(1)]));
    expect(after.left(1)).toBeCloseTo(before.left(1), 6);
    expect(after.top(1)).toBeCloseTo(before.top(1), 6);
    expect(magnified({ x: 1, y: 1, zoom: 1.2 }, radius, 0.5, [0, 0])).toEqual(ALL);
  });

  test("moves by the arrow keys once it is magnified", () => {
    expect(keyed("ArrowLeft", ALL, 3)).toBeUndefined();
    const large = keyed("+", ALL, 3)!;
    expect(large.zoom).toBe(1.5);
    expect(keyed("ArrowLeft", large, 3)!.x).toBeLessThan(large.x);
    expect(keyed("0", large, 3)).toBe(ALL);
    expect(keyed("a", large, 3)).toBeUndefined();
  });

  test("lets no name cover another or leave the drawing", () => {
    const crowd = Array.from({ length: 500 }, (_, k) => ({
      word: `word${k}`,
      x: Math.sin(k),
      y: Math.cos(k * 7),
    }));
    const placed = labels([...crowd.keys()], crowd, projection(radiusOf(crowd), ALL), 1);
    expect(placed.length).toBeGreaterThan(20);
    for (const { left, top } of placed) {
      expect(left).toBeLessThan(WIDTH);
      expect(top).toBeLessThan(HEIGHT);
    }
  });

  test("its scale does not follow every small move", () => {
    const moved = data.words.map((word) => ({ ...word, x: word.x * 1.01 }));
    expect(radiusOf(moved)).toBe(radiusOf(data.words));
  });

  test("draws another training beside it and marks the neighbours that both have", () => {
    const near: [number, number][] = [
      [1, 0.7],
      [2, 0.3],
    ];
    const other = data.words.map(({ x, y }) => ({ x: -x, y, near }));
    const two = { ...data, label: "window 2", beside: { label: "window 12", words: other } };
    expect(schema.safeParse(two).success).toBe(true);
    expect(describe(two)).toContain("Nearest to king (window 12), by cosine: queen 0.70, oil 0.30.");
    const html = show(two);
    expect(html.match(/<svg class="word-map"/g)).toHaveLength(2);
    expect(html.match(/<li [^>]*data-shared/g)).toHaveLength(2);
    for (const text of ["window 2", "window 12", "1 of 1 also", "1 of 2 also"]) expect(html).toContain(text);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, each]) => each);
    expect(new Set(ids).size).toBe(ids.length);
    const short = { ...two, beside: { label: "window 12", words: other.slice(1) } };
    expect(schema.safeParse(short).success).toBe(false);
  });

  test("refuses data that it cannot draw", () => {
    expect(schema.safeParse(data).success).toBe(true);
    expect(schema.safeParse({ ...data, words: [] }).success).toBe(false);
    expect(schema.safeParse({ ...data, arrows: [[0]] }).success).toBe(false);
  });
});
