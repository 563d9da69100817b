import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { describe, type PictureWordsData, placeName, schema } from "./schema.ts";
import { View } from "./view.tsx";

const [white, red] = ["#ffffff", "#cc2211"];
const data: PictureWordsData = {
  title: "Where does it look?",
  grid: { rows: 1, columns: 2 },
  examples: [
    {
      label: "scene 1",
      alt: "a red dot",
      image: [
        [white, red],
        [white, white],
      ],
      words: ["red", "dot"],
      weights: [
        [0.25, 0.75],
        [0.5, 0.5],
      ],
      truth: "red dot",
    },
  ],
};

suite("words and the picture they are said of", () => {
  test("says where each word looks most, and what should have been said", () => {
    expect(describe(data)).toBe(
      "Where does it look? A picture of a red dot. It says: red (row 1, column 2, 0.75), dot (row 1, column 1, 0.50).",
    );
    const [example] = data.examples;
    const asked = { ...example!, question: "what is it ?", truth: "green dot" };
    expect(describe({ ...data, examples: [asked] })).toMatch(
      /Asked “what is it \?”, it says: red.* It should say: green dot\.$/,
    );
    expect(placeName(5, 4)).toBe("row 2, column 2");
  });

  test("begins with the surest word, lights its strongest cell and shades the others by their share", () => {
    const html = renderToString(<View data={data} id="p-" />);
    const shades = [...html.matchAll(/picture-shade.*?fill-opacity="([\d.]+)"/g)].map(([, value]) =>
      Number(value),
    );
    expect(shades).toEqual([0.52, 0]);
    expect(html).toContain('aria-label="A picture of a red dot"');
    expect(html).toContain("Right.");
    expect(html).toContain("<td>0.750</td>");
  });

  test("refuses weights that do not fit the words or the cells", () => {
    const [example] = data.examples;
    const withWeights = (weights: number[][]) => ({ ...data, examples: [{ ...example, weights }] });
    expect(schema.safeParse(withWeights([[1, 0]])).success).toBe(false);
    expect(schema.safeParse(withWeights([[1], [1]])).success).toBe(false);
    expect(schema.safeParse(data).success).toBe(true);
  });
});
