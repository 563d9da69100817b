import type { LogLevel } from "#src/notebook/runtime/message.ts";
import { Place, type Reveal } from "./place.tsx";

export interface LogLine {
  level: LogLevel;
  text: string;
  line?: number;
}

const MAX_LINES = 500;
const LONG = 15;
const WORDS: Partial<Record<LogLevel, string>> = { warn: "Warning", error: "Error", debug: "Debug" };

/** What a cell wrote with `console`: the latest lines, in a box of their own when there are many. */
export function Log({ cell, logs, onReveal }: { cell: string; logs: LogLine[]; onReveal?: Reveal }) {
  const shown = logs.slice(-MAX_LINES);
  const left = logs.length - shown.length;
  const isLong = shown.length > LONG;
  return (
    <div
      class="output-log"
      {...(isLong ? { tabIndex: 0, role: "region", "aria-label": `Log of ${cell}` } : {})}
    >
      {left > 0 && <p class="output-note">{left.toLocaleString("en-US")} earlier lines are not shown.</p>}
      <ul role="list">
        {shown.map((log, k) => (
          <li key={left + k} class={`is-${log.level}`}>
            {WORDS[log.level] && <strong>{WORDS[log.level]} </strong>}
            <span class="log-text">{log.text}</span>
            {log.line !== undefined && (
              <Place cell={cell} position={{ line: log.line, column: 1 }} from={cell} onReveal={onReveal} />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
