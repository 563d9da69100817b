import type { LessonCell } from "#src/notebook/lesson.ts";
import { CellView, Code } from "#components/notebook/cell-view.tsx";
import type { CodeToken } from "#components/notebook/cell-view.tsx";

export interface ExerciseViewProps {
  /** the starter that the reader completes */
  cell: LessonCell;
  tokens: CodeToken[];
  check: LessonCell;
  /** plain text: blank lines part paragraphs, backticks mark code */
  hint?: string;
  /** the solution's source, highlighted */
  solution?: CodeToken[];
}

/** `a \`b\` c` as text and code. */
function inline(text: string) {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part));
}

function Hint({ text }: { text: string }) {
  const paragraphs = text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim());
  return (
    <details class="exercise-hint">
      <summary>Hint</summary>
      {paragraphs.map((paragraph) => (
        <p>{inline(paragraph)}</p>
      ))}
    </details>
  );
}

function Check({ check, exercise }: { check: LessonCell; exercise: string }) {
  return (
    <div
      class="exercise-check"
      role="group"
      aria-label={`Check of exercise ${exercise}`}
      data-cell={check.id}
      data-kind="check"
      data-run="check"
      data-state="idle"
      data-exercise={exercise}
    >
      <p class="cell-line">
        <button
          class="exercise-button"
          type="button"
          data-action="check"
          aria-label={`Check exercise ${exercise}`}
        >
          Check
        </button>
        <span class="cell-shape" aria-hidden="true" />
        <span class="cell-status" data-status />
        <span class="cell-tools" data-tools />
      </p>
      <div class="cell-output" data-output />
    </div>
  );
}

/** An exercise: starter, check, folded hint and solution, and a mark when the check has passed. */
export function ExerciseView({ cell, tokens, check, hint, solution }: ExerciseViewProps) {
  return (
    <div class="exercise" data-exercise-of={cell.id}>
      <p class="exercise-name">
        <span>Exercise{cell.title ? `: ${cell.title}` : ""}</span>
        <span class="exercise-done" data-done={cell.id} hidden>
          Done
        </span>
      </p>
      <CellView cell={cell} tokens={tokens} />
      <Check check={check} exercise={cell.id} />
      {hint && <Hint text={hint} />}
      {solution && (
        <details class="exercise-solution">
          <summary>Solution</summary>
          <pre tabIndex={0} role="group" aria-label={`Solution of exercise ${cell.id}`}>
            <Code tokens={solution} />
          </pre>
        </details>
      )}
    </div>
  );
}
