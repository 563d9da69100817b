import { render } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import { ExerciseView } from "#components/exercises/exercise-view.tsx";
import type { LessonCell } from "#src/notebook/lesson.ts";
import type { PrerenderedCell } from "#src/notebook/runtime/message.ts";
import { CellView } from "./cell-view.tsx";

const cell: LessonCell = {
  id: "train",
  source: "const a = 1 < 2;",
  run: "click",
  isOriginal: true,
  kind: "cell",
  line: 10,
  isRecord: false,
  isFolded: false,
};
const tokens = [
  { text: "const", classes: "tok-keyword" },
  { text: " ", classes: "" },
  { text: "a", classes: "tok-name", term: "h" },
  { text: " = 1 < 2;", classes: "" },
];
const prerendered: PrerenderedCell = {
  id: "train",
  state: "done",
  ms: 1234,
  outputs: [{ slot: "0", bundle: { "text/plain": "the output" } }],
  logs: [],
  values: {},
};

describe("a cell at rest", () => {
  it("is code with the author's output under it, readable without script", () => {
    const html = render(<CellView cell={cell} prerendered={prerendered} tokens={tokens} />);
    expect(html).toContain('id="cell-train"');
    expect(html).toContain('data-state="idle"');
    expect(html).toContain(
      '<span class="tok-keyword">const</span> <span class="tok-name" data-term="h">a</span> = 1 &lt; 2;',
    );
    expect(html).toContain("The author’s run · 1.2 s");
    expect(html).toContain("the output");
    expect(html).toContain('aria-label="Run cell train"');
  });
  it("can be reached by keyboard and says what Enter does", () => {
    const html = render(<CellView cell={cell} tokens={tokens} />);
    expect(html).toMatch(/<pre[^>]* tabindex="0"[^>]* aria-label="Code of train. Press Enter to edit it."/i);
  });
  it("says that it has not run when the build made no run of it", () => {
    const html = render(<CellView cell={{ ...cell, kind: "exercise", seconds: 20 }} tokens={tokens} />);
    expect(html).toContain("Not run yet · takes about 20 s");
    expect(html).toContain('aria-label="Exercise train"');
  });
  it("folds code that the author folded, under its title", () => {
    const html = render(<CellView cell={{ ...cell, isFolded: true, title: "Plotting" }} tokens={tokens} />);
    expect(html).toContain('<details class="cell-fold"><summary>Plotting</summary>');
  });
});

describe("an exercise", () => {
  const check: LessonCell = { ...cell, id: "train-check", kind: "check", run: "check" };
  const html = render(
    <ExerciseView
      cell={{ ...cell, kind: "exercise", title: "Clip it" }}
      tokens={tokens}
      check={check}
      hint={"Look at `norm`.\n\nThen divide."}
      solution={tokens}
    />,
  );
  it("has a check, a folded hint and a folded solution", () => {
    expect(html).toContain('data-action="check"');
    expect(html).toContain('aria-label="Check exercise train"');
    expect(html).toContain("<summary>Hint</summary><p>Look at <code>norm</code>.</p><p>Then divide.</p>");
    expect(html).toContain("<summary>Solution</summary>");
  });
  it("does not show its check's source", () => {
    expect(html.match(/const/g)).toHaveLength(2);
    expect(html).toContain('data-cell="train-check"');
  });
  it("carries its done mark, hidden", () => {
    expect(html).toMatch(/<span class="exercise-done" data-done="train" hidden>Done<\/span>/);
  });
});
