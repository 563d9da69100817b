import { describe, expect, it } from "vitest";
import { changesText } from "./changes-file.ts";
import { offeredText, restoredText } from "./restore.ts";
import { emptyLesson } from "./stored-lesson.ts";

const edit = (source: string) => ({ source, basedOn: "h" });
const now = new Date(2026, 10, 25, 9, 0).getTime();
const saved = new Date(2026, 10, 20, 14, 2).getTime();

describe("the file of a reader's changes", () => {
  it("holds every text that the browser could not keep: cells, inputs, older versions, unreadable ones", () => {
    const lesson = {
      ...emptyLesson("v2"),
      edits: { train: edit("const a = 1;\n") },
      inputs: { knobs: { rate: 0.5 } },
      earlier: [{ version: "v1", saved, edits: { data: edit("old") } }],
    };
    const text = changesText("Characters", lesson, ["{ broken"]);
    expect(text).toContain("# My changes to “Characters”");
    expect(text).toContain("## train\n\n```ts\nconst a = 1;\n```");
    expect(text).toContain('"rate": 0.5');
    expect(text).toContain("# From another version of the lesson (v1)\n\n## data\n\n```ts\nold\n```");
    expect(text).toContain("```\n{ broken\n```");
  });
  it("is not broken by backticks in a cell", () => {
    const text = changesText("T", { ...emptyLesson("v"), edits: { a: edit("f`\n```\n`") } });
    expect(text).toContain("````ts\nf`\n```\n`\n````");
  });
});

describe("what a reader is told who comes back", () => {
  it("says how much was changed, when, and that nothing has run", () => {
    const one = { ...emptyLesson("v"), saved, edits: { a: edit("x") } };
    expect(restoredText(one, now)).toBe("You changed 1 cell here (20 Nov). It is back; nothing has run.");
    const more = { ...one, inputs: { k: { rate: 1, size: 2 } } };
    expect(restoredText(more, now)).toBe(
      "You changed 1 cell and 2 controls here (20 Nov). They are back; nothing has run.",
    );
  });
  it("says that the lesson has changed since, and which cells are gone", () => {
    const edits = { a: edit("x"), b: edit("y") };
    expect(offeredText(edits, saved, [], now)).toBe(
      "You changed 2 cells in an earlier version of this lesson (20 Nov).",
    );
    expect(offeredText(edits, saved, ["b"], now)).toContain(
      "b is no longer in the lesson; download to keep the text.",
    );
  });
});
