import type { LessonCell } from "../lesson.ts";
import type { PrerenderedCell, RuntimeMessage } from "../runtime/message.ts";
import { createNodeRuntime } from "./node-runtime.ts";
import type { NodeLibraryOptions } from "./node-library.ts";

/** One lesson to run, as it travels to a thread of its own. */
export interface LessonJob {
  lesson: string;
  cells: LessonCell[];
  library: NodeLibraryOptions;
  /** cells to run, in the order given; the others only lend their names */
  run: string[];
}

export interface LessonRun {
  cells: Record<string, PrerenderedCell>;
  cpuSeconds: number;
}

/** Runs a lesson's cells in this thread and collects what they show. */
export async function runLesson(
  job: LessonJob,
  onCell: (cell: string) => void = () => {},
): Promise<LessonRun> {
  const start = process.threadCpuUsage();
  const collected: Record<string, PrerenderedCell> = {};
  const runtime = createNodeRuntime(job.library, (message) => {
    if (message.type === "state" && message.state === "running") onCell(message.cell);
    collect(collected, message);
  });
  await runtime.receive({ type: "cells", cells: job.cells, seed: job.library.seed });
  await runtime.receive({ type: "run", cells: job.run });
  runtime.dispose();
  const used = process.threadCpuUsage(start);
  return { cells: collected, cpuSeconds: (used.user + used.system) / 1e6 };
}

const emptyCell = (id: string): PrerenderedCell => ({
  id,
  state: "idle",
  ms: 0,
  outputs: [],
  logs: [],
  values: {},
});

/** Keeps the last version of every output, as a page would show it. */
export function collect(cells: Record<string, PrerenderedCell>, message: RuntimeMessage): void {
  if (!("cell" in message)) return;
  const cell = (cells[message.cell] ??= emptyCell(message.cell));
  switch (message.type) {
    case "clear":
      cells[message.cell] = emptyCell(message.cell);
      return;
    case "state":
      if (message.why) return;
      cell.state = message.state;
      if (message.ms !== undefined) cell.ms = Math.round(message.ms);
      if (message.kept) cell.kept = message.kept;
      return;
    case "output":
      return collectOutput(cell, message);
    case "log":
      cell.logs.push({
        level: message.level,
        text: message.text,
        ...(message.line ? { line: message.line } : {}),
      });
      return;
    case "error":
      cell.error = message.error;
      return;
    case "values":
      cell.values = message.values;
      if (Object.keys(message.arrays ?? {}).length > 0) cell.arrays = message.arrays;
  }
}

function collectOutput(cell: PrerenderedCell, message: Extract<RuntimeMessage, { type: "output" }>): void {
  const known = cell.outputs.find((output) => output.slot === message.slot);
  if (message.op === "remove") cell.outputs = cell.outputs.filter((output) => output !== known);
  else if (known) known.bundle = message.bundle;
  else cell.outputs.push({ slot: message.slot, bundle: message.bundle });
}
