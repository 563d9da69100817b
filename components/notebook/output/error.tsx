import type { CellError, Frame } from "#src/notebook/runtime/message.ts";
import { cellLink } from "./output-id.ts";
import { Place, type Reveal } from "./place.tsx";

export interface ErrorProps {
  cell: string;
  error: CellError;
  /** a live error is announced when it appears */
  isLive: boolean;
  onReveal?: Reveal;
}

/** What went wrong, where, and the next move. */
export function ErrorOutput({ cell, error, isLive, onReveal }: ErrorProps) {
  const frames = error.frames ?? [];
  const others = (error.cells ?? []).filter((other) => other !== cell);
  return (
    <div class="output-error" role={isLive ? "alert" : undefined}>
      <p class="error-message">
        <strong>
          <span aria-hidden="true">✗ </span>
          {titleText(error)}
        </strong>{" "}
        {error.message}
        {error.position && (
          <>
            {" "}
            <Place cell={cell} position={error.position} from={cell} onReveal={onReveal} />
          </>
        )}
      </p>
      {error.hint && <p class="error-hint">{error.hint}</p>}
      {others.length > 0 && (
        <p class="error-cells">
          {others.length === 1 ? "The other cell: " : "The other cells: "}
          {others.map((other, k) => (
            <>
              {k > 0 && ", "}
              <a href={cellLink(other)}>{other}</a>
            </>
          ))}
        </p>
      )}
      {frames.length > 1 && <Frames cell={cell} frames={frames} onReveal={onReveal} />}
    </div>
  );
}

/** Errors of the notebook speak in sentences; errors of JavaScript keep the name that search engines know. */
const TITLES: Partial<Record<CellError["kind"], string>> = {
  syntax: "Syntax error.",
  duplicate: "Defined twice.",
  cycle: "Circular definition.",
  undefined: "Unknown name.",
  upstream: "Waiting for another cell.",
  limit: "Stopped at a limit.",
};
const titleText = (error: CellError): string => TITLES[error.kind] ?? `${error.name}:`;

function Frames({ cell, frames, onReveal }: { cell: string; frames: Frame[]; onReveal?: Reveal }) {
  return (
    <details class="error-frames">
      <summary>How the program came there</summary>
      <ol>
        {frames.map((frame, k) => (
          <li key={k}>
            {frame.function ? <code>{frame.function}</code> : "the cell itself"}{" "}
            <Place cell={frame.cell} position={frame} from={cell} onReveal={onReveal} />
          </li>
        ))}
      </ol>
    </details>
  );
}
