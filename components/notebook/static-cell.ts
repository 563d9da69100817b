import { h } from "preact";
import { render } from "preact-render-to-string";
import { ExerciseView } from "#components/exercises/exercise-view.tsx";
import { lessonCell } from "#src/notebook/prerender/lessons.ts";
import { CellView } from "./cell-view.tsx";
import { highlight } from "./editor/highlight.ts";
import { createMaths } from "./output/maths.ts";
import { allFigures } from "./static-figures.ts";

/** The HTML of a cell with the author's output, for the pages that the build makes. */
export async function cellHtml(lesson: string, id: string): Promise<string> {
  const { cell, prerendered } = await lessonCell(lesson, id);
  const tokens = highlight(cell.source);
  return render(h(CellView, { cell, prerendered, tokens, figures: allFigures(), maths: createMaths() }));
}

/** @throws when the cell has no check: the author named a plain cell as an exercise */
export async function exerciseHtml(lesson: string, id: string): Promise<string> {
  const { cell, exercise } = await lessonCell(lesson, id);
  if (!exercise) {
    throw new Error(
      `An exercise has a check; cell ${id} of ${lesson} has none. ` +
        `Write the fence as \`\`\`ts exercise id=${id}\`\`\` and put its check beside the lesson, or use <Cell>.`,
    );
  }
  const { check, hint, solution } = exercise;
  const tokens = highlight(cell.source);
  return render(
    h(ExerciseView, { cell, tokens, check, hint, solution: solution ? highlight(solution) : undefined }),
  );
}
