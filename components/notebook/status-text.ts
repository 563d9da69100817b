import type { CellState, StaleReason, TensorCount } from "#src/notebook/runtime/message.ts";

/** What a status line needs to know of a cell. */
export interface StatusFacts {
  state: CellState;
  /** false while what stands under the cell is the author's run */
  isLive: boolean;
  /** the author's run, where the build made one */
  author?: { ms: number; isRecorded?: boolean; isFailed?: boolean };
  isEdited?: boolean;
  why?: StaleReason;
  ms?: number;
  kept?: TensorCount;
  /** when the last run ended, epoch milliseconds */
  endedAt?: number;
  /** since the run began, while it is running */
  elapsedMs?: number;
  /** the author's estimate of a long run */
  seconds?: number;
  /** nothing has been started yet, so the wait is for the notebook itself */
  isStarting?: boolean;
  /** the fence is an exercise's hidden check */
  isCheck?: boolean;
}

/** 84 → "84 ms" · 1234 → "1.2 s" · 75000 → "1 min 15 s" */
export function durationText(ms: number): string {
  if (ms < 100) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const rest = seconds % 60;
  return rest === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${rest} s`;
}

/** 20 → "about 20 s" */
export const estimateText = (seconds: number): string =>
  `about ${seconds < 10 ? `${seconds} s` : durationText(seconds * 1000)}`;

export function clockText(at: number): string {
  const date = new Date(at);
  return `${String(date.getHours()).padStart(2, "0")}:${String(date.getMinutes()).padStart(2, "0")}`;
}

const DAY = 86_400_000;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** "14:02" for today, else "20 Nov" (with the year when it is another one). */
export function dayText(at: number, now: number): string {
  const date = new Date(at);
  const today = new Date(now);
  if (now - at < DAY && date.getDate() === today.getDate()) return clockText(at);
  const day = `${date.getDate()} ${MONTHS[date.getMonth()]}`;
  return date.getFullYear() === today.getFullYear() ? day : `${day} ${date.getFullYear()}`;
}

const joined = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(" · ");

export function keptText(kept?: TensorCount): string | undefined {
  if (!kept || kept.tensors === 0) return undefined;
  return `${kept.tensors} ${kept.tensors === 1 ? "tensor" : "tensors"} kept`;
}

export function staleText(why?: StaleReason): string {
  if (why?.kind === "edited") return "Changed here since it ran";
  if (why?.kind === "restarted") return "From before the restart; run it again";
  if (why?.kind === "input")
    return why.name ? `Stale: the input ${why.name} was moved` : "Stale: an input was moved";
  return why?.cell ? `Stale: cell ${why.cell} has changed` : "Stale: a cell that it reads has changed";
}

function idleText(facts: StatusFacts): string {
  if (facts.isCheck) return "";
  const estimate = facts.seconds ? `takes ${estimateText(facts.seconds)}` : undefined;
  if (!facts.author) return joined("Not run yet", estimate);
  const run = facts.author.isRecorded ? "The author\u2019s kept run" : "The author\u2019s run";
  const failed = facts.author.isFailed ? "failed, as intended" : undefined;
  return joined(run, durationText(facts.author.ms), failed, facts.author.ms > 2000 ? undefined : estimate);
}

/** 3900 → "3 s": a counter that ticks once a second */
function elapsedText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return seconds < 10 ? `${seconds} s` : durationText(seconds * 1000);
}

function runningText(facts: StatusFacts): string {
  const elapsed = elapsedText(facts.elapsedMs ?? 0);
  return facts.seconds ? `Running · ${elapsed} of ${estimateText(facts.seconds)}` : `Running · ${elapsed}`;
}

/** The state of a cell in words. The shape beside it is drawn from `data-state`. */
export function statusText(facts: StatusFacts): string {
  const took = facts.ms === undefined ? undefined : durationText(facts.ms);
  const at = facts.endedAt === undefined ? "" : `, ${clockText(facts.endedAt)}`;
  switch (facts.state) {
    case "idle":
      return idleText(facts);
    case "waiting":
      return facts.isStarting ? "Starting the notebook" : "Waiting for other cells";
    case "running":
      return runningText(facts);
    case "done":
      return joined(facts.isCheck ? `Checked${at}` : `Your run${at}`, took, keptText(facts.kept));
    case "stale":
      if (facts.isLive || facts.why?.kind !== "edited") return staleText(facts.why);
      return facts.author ? "Changed, not run yet; below is the author\u2019s run" : "Changed, not run yet";
    case "error":
      return joined(`Failed${at}`, took);
    case "stopped":
      return joined(took ? `Stopped after ${took}` : "Stopped");
  }
}

/** One short sentence for screen readers when a run ends; empty when there is nothing to say. */
export function announcement(label: string, facts: StatusFacts, message?: string): string {
  if (facts.state === "done")
    return facts.ms === undefined ? `${label} has run` : `${label} ran in ${durationText(facts.ms)}`;
  if (facts.state === "error") return `${label} failed${message ? `: ${message}` : ""}`;
  if (facts.state === "stopped") return `${label} stopped`;
  return "";
}
