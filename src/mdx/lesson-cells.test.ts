import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readLesson } from "./lesson-cells.ts";

/** A lesson's folder with this text, and files of exercises by path. */
function lesson(text: string, files: Record<string, string> = {}): string {
  const folder = join(mkdtempSync(join(tmpdir(), "course-")), "05-trial");
  mkdirSync(folder);
  writeFileSync(join(folder, "index.mdx"), text);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const fence = (meta: string, code: string) => `\`\`\`ts ${meta}\n${code}\n\`\`\`\n`;

describe("a lesson's folder", () => {
  it("gives its cells with what their fences say", () => {
    const text = `---\ntitle: A trial\n---\n\n${fence('cell id=train run=click seconds=20 folded title="Train it"', "1")}`;
    const { title, cells } = readLesson(lesson(text));
    expect(title).toBe("A trial");
    expect(cells).toMatchObject([
      { id: "train", run: "click", seconds: 20, isFolded: true, title: "Train it", line: 5, kind: "cell" },
    ]);
  });

  it("leaves fences alone that do not run", () => {
    expect(readLesson(lesson(fence("", "const a = ;"))).cells).toEqual([]);
  });

  it("gives an exercise a hidden check that runs only when asked", () => {
    const files = {
      "exercises/clip/check.ts": "check('it is 1', () => clip === 1)",
      "exercises/clip/solution.ts": "const clip = 1",
      "exercises/clip/wrong-two.ts": "const clip = 2",
    };
    const { cells, exercises } = readLesson(lesson(fence("exercise id=clip", "const clip = 0"), files));
    expect(cells.map(({ id, kind, run }) => [id, kind, run])).toEqual([
      ["clip", "exercise", "click"],
      ["check-clip", "check", "check"],
    ]);
    expect(exercises["clip"]).toEqual({
      solution: "const clip = 1",
      wrong: { "wrong-two.ts": "const clip = 2" },
    });
  });

  it.each([
    [
      "no id",
      fence("cell", "1"),
      "index.mdx:1: a cell needs an id of small letters, digits and dashes: id=train.",
    ],
    [
      "an id twice",
      fence("cell id=a", "1") + fence("cell id=a", "2"),
      'index.mdx:4: two cells have the id "a".',
    ],
    [
      "a misspelt word",
      fence("cell id=a fold", "1"),
      'index.mdx:1: a cell\'s fence has no "fold"; it takes cell, exercise, id, run, seconds, record, folded, title.',
    ],
    [
      "another way to run",
      fence("cell id=a run=later", "1"),
      "index.mdx:1: run=later is neither auto nor click.",
    ],
    ["no end", "```ts cell id=a\n1", "index.mdx:1: this code fence is never closed."],
    [
      "no check",
      fence("exercise id=clip", "1"),
      "index.mdx:1: the exercise needs the file exercises/clip/check.ts.",
    ],
  ])("says where a fence has %s", (_, text, message) => {
    expect(() => readLesson(lesson(text))).toThrow(`content/lessons/05-trial/${message}`);
  });

  it("says the line of a syntax error in the lesson's own file", () => {
    expect(() =>
      readLesson(lesson(`One line.\n\n${fence("cell id=a", "const a = 1\nconst b = ;")}`)),
    ).toThrow(/^content\/lessons\/05-trial\/index\.mdx:5:11: /);
  });
});
