import type { RuntimeMessage } from "../runtime/message.ts";
import { readRoute } from "./wire.ts";

/** What the reader is told when a limit ended or shortened something. */
export const MEMORY_NOTE =
  "The cells ran out of memory and were stopped. Nothing you wrote is lost. " +
  "Make the arrays, the batch or the model smaller, then run the cells again.";

export const FLOODED_NOTES = {
  rate:
    "The cells sent more than 50,000 messages in a second and were stopped. Nothing you wrote is lost. " +
    "Show or log something every 100th step only, then run the cells again.",
  backlog:
    "The cells sent more than the page can show and were stopped: over 20,000 messages were waiting. " +
    "Nothing you wrote is lost. Show or log something every 100th step only, then run the cells again.",
};

const megabytes = (size: number) => `${(size / 1e6).toFixed(1)} MB`;

/** A message in the place of one that was too large, or null when it belonged to no run. */
export function droppedNote(route: string, size: number): RuntimeMessage | null {
  const from = readRoute(route);
  if (!from) return null;
  const { cell, run, slot } = from;
  if (from.type === "output") {
    const text =
      `This output is larger than 2 MB (it has ${megabytes(size)}) and is not shown. ` +
      "Show a part or a summary of it, such as the first rows.";
    return { type: "output", cell, run, slot, op: "put", bundle: { "text/plain": text } };
  }
  const text =
    `A message of this cell was larger than 2 MB (it had ${megabytes(size)}) and was left out. ` +
    "Log a part or a summary of it.";
  return { type: "log", cell, run, level: "warn", text };
}
