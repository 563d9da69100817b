import type { InputSpec } from "#src/notebook/runtime/bundle.ts";
import type { LessonCell, LessonPageData } from "#src/notebook/lesson.ts";

const cell = (id: string, source: string, more: Partial<LessonCell> = {}): LessonCell => ({
  id,
  source,
  run: "auto",
  isOriginal: true,
  kind: "cell",
  line: 1,
  isRecord: false,
  isFolded: false,
  ...more,
});

/** A line of text in the cell `data`, as the runtime gives it to the page. */
export const lessonControl = (name: string): InputSpec => ({
  kind: "text",
  cell: "data",
  name,
  label: name,
  value: "",
});

/** A small lesson for the tests of this room: two cells, an exercise and its check. */
export function lessonData(more: Partial<LessonPageData> = {}): LessonPageData {
  const parsed = {
    body: "const data = 1;",
    inputs: [],
    outputs: ["data"],
    isGenerator: false,
    hasValue: false,
    inputPositions: {},
    outputPositions: { data: { line: 1, column: 7 } },
  };
  return {
    lesson: "05-char-lm",
    title: "A language model of characters",
    seed: 7,
    version: "v1",
    cells: [
      cell("data", "const data = 1;", { parsed }),
      cell("train", "const model = data;", { run: "click" }),
      cell("clip", "const clip = null;", { kind: "exercise", run: "click" }),
      cell("clip-check", "check(clip)", { kind: "check", run: "check" }),
    ],
    manifest: { frame: "frame.html", runtime: "runtime.js", libraries: {}, names: {}, data: {} },
    base: "/",
    ...more,
  };
}
