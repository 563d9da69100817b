import type { LessonCell } from "#src/notebook/lesson.ts";
import type { PrerenderedCell } from "#src/notebook/runtime/message.ts";
import { knownValues } from "./known-values.ts";
import type { FigureRegistry } from "./output/figure-registry.ts";
import type { Maths } from "./output/maths.ts";
import { OutputView } from "./output/output-view.tsx";
import { statusText } from "./status-text.ts";

/** A piece of highlighted code; `term` names the quantity that the site's hover lights everywhere. */
export interface CodeToken {
  text: string;
  classes: string;
  term?: string;
}

export interface CellViewProps {
  cell: LessonCell;
  /** the author's run; exercises' starters have none */
  prerendered?: PrerenderedCell;
  /** the source, highlighted */
  tokens: CodeToken[];
  figures?: FigureRegistry;
  maths?: Maths;
}

export const cellLabel = (cell: LessonCell): string => {
  const noun = cell.kind === "exercise" ? "Exercise" : "Cell";
  return cell.title ? `${noun} ${cell.id}: ${cell.title}` : `${noun} ${cell.id}`;
};

export function Code({ tokens }: { tokens: CodeToken[] }) {
  return (
    <code>
      {tokens.map((token) =>
        token.classes || token.term ? (
          <span class={token.classes || undefined} data-term={token.term}>
            {token.text}
          </span>
        ) : (
          token.text
        ),
      )}
    </code>
  );
}

function Source({ cell, tokens }: { cell: LessonCell; tokens: CodeToken[] }) {
  const source = (
    <div class="cell-code" data-code>
      <pre
        class="cell-source"
        data-source
        tabIndex={0}
        role="group"
        aria-label={`Code of ${cell.id}. Press Enter to edit it.`}
      >
        <Code tokens={tokens} />
      </pre>
    </div>
  );
  if (!cell.isFolded) return source;
  return (
    <details class="cell-fold">
      <summary>{cell.title ?? `The code of ${cell.id}`}</summary>
      {source}
    </details>
  );
}

export function RunMark({ label, action = "run" }: { label: string; action?: string }) {
  return (
    <button
      class="cell-run"
      type="button"
      data-action={action}
      aria-label={label}
      title={`${label} (Shift+Enter)`}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d="M4.5 2.8v10.4L13 8z" />
      </svg>
    </button>
  );
}

const restingStatus = (cell: LessonCell, prerendered?: PrerenderedCell): string =>
  statusText({
    state: "idle",
    isLive: false,
    seconds: cell.seconds,
    author: prerendered && {
      ms: prerendered.ms,
      isRecorded: prerendered.isRecorded,
      isFailed: prerendered.state === "error",
    },
  });

/** A cell as the page carries it before anything is live: code in a book, with the author's output under it. */
export function CellView({ cell, prerendered, tokens, figures, maths }: CellViewProps) {
  return (
    <section
      class="cell"
      id={`cell-${cell.id}`}
      data-cell={cell.id}
      data-run={cell.run}
      data-kind={cell.kind}
      data-state="idle"
      data-author-ms={prerendered?.ms}
      data-author-state={prerendered?.state}
      data-known={prerendered && knownValues(prerendered)}
      data-author-recorded={prerendered?.isRecorded ? "" : undefined}
      aria-label={cellLabel(cell)}
    >
      <Source cell={cell} tokens={tokens} />
      <p class="cell-line">
        <RunMark label={`Run cell ${cell.id}`} />
        <span class="cell-shape" aria-hidden="true" />
        <span class="cell-status" data-status>
          {restingStatus(cell, prerendered)}
        </span>
        <span class="cell-tools" data-tools />
      </p>
      <div class="cell-output" data-output>
        {prerendered && (
          <OutputView
            cell={cell.id}
            outputs={prerendered.outputs}
            logs={prerendered.logs}
            error={prerendered.error}
            isLive={false}
            figures={figures}
            maths={maths}
          />
        )}
      </div>
    </section>
  );
}
