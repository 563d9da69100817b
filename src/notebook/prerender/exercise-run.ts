import type { LessonSource } from "#src/mdx/lesson-cells.ts";
import { parseCell } from "../cells/parse.ts";

/** The lesson with an answer in the place of an exercise's starter, as if a reader had typed it. */
export function withAnswer(source: LessonSource, exercise: string, answer: string): LessonSource {
  const cells = source.cells.map((cell) =>
    cell.id === exercise ? { ...cell, source: answer, isOriginal: false, parsed: parseCell(answer) } : cell,
  );
  return { ...source, cells };
}
