import { renderToString } from "preact-render-to-string";
import { describe as suite, expect, test } from "vitest";
import { PLANS } from "./diagram.tsx";
import { describe, schema, type SequenceShapesData } from "./schema.ts";
import { View } from "./view.tsx";

const data: SequenceShapesData = {
  title: "Two shapes",
  shapes: [
    {
      kind: "many-to-many",
      task: "Tag names",
      losses: [
        { iteration: 1, loss: 0.7 },
        { iteration: 2, loss: 0.25 },
      ],
      frames: [
        { iteration: 1, score: 0, answers: [{ input: ["rose"], answer: ["word"], target: ["NAME"] }] },
        { iteration: 2, score: 1, answers: [{ input: ["rose"], answer: ["NAME"], target: ["NAME"] }] },
      ],
    },
    {
      kind: "one-to-one",
      task: "Read a digit",
      losses: [{ iteration: 1, loss: 2.3 }],
      frames: [
        { iteration: 1, answers: [{ input: ["4"], pixels: { width: 1, values: [0.5] }, answer: ["4"] }] },
      ],
    },
  ],
};

suite("the sequence shapes", () => {
  test("start with the first shape at the end of its training", () => {
    const html = renderToString(<View data={data} id="a" />);
    expect(html).toContain("100 %");
    expect(html).toContain("NAME ");
    expect(html).not.toContain("should be");
    expect(html.match(/type="radio"/g)).toHaveLength(2);
    expect(html).not.toContain("NaN");
  });

  test("mark an answer that is wrong and say what it should be", () => {
    const early = { ...data.shapes[0]!, frames: data.shapes[0]!.frames.slice(0, 1) };
    const html = renderToString(<View data={{ ...data, shapes: [early] }} id="a" />);
    expect(html).toContain("should be: NAME");
    expect(html).not.toContain("Play");
  });

  test("draw a picture where the input is one", () => {
    const html = renderToString(<View data={{ ...data, shapes: [data.shapes[1]!] }} id="a" />);
    expect(html).toContain('aria-label="4"');
  });

  test("have as many reads, says and feeds as states", () => {
    for (const { reads, says, feeds } of Object.values(PLANS)) {
      expect(says).toHaveLength(reads.length);
      expect(feeds).toHaveLength(reads.length);
    }
  });

  test("say their finding in words", () => {
    expect(describe(data)).toBe(
      "Two shapes. many to many, equal lengths (Tag names): loss 0.70 to 0.25, 100 % right; one to one (Read a digit): loss 2.30 to 2.30.",
    );
  });

  test("refuse a shape that does not exist", () => {
    expect(schema.safeParse(data).success).toBe(true);
    expect(schema.safeParse({ ...data, shapes: [{ ...data.shapes[0], kind: "none-to-many" }] }).success).toBe(
      false,
    );
  });
});
