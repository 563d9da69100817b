import type { RuntimeMessage } from "../runtime/message.ts";

const MAX_SLOTS = 200;
const MAX_LOGS = 1000;
const MAX_LOG_TEXT = 20_000;
/** more cells than a lesson has: forged names may not fill the page's memory */
const MAX_CELLS = 500;

interface Run {
  run: number;
  slots: Set<string>;
  logs: number;
  isSlotsTold: boolean;
}

/**
 * How much one run of a cell may put on the page. The runtime keeps the same measure; this is for a worker in
 * which a cell speaks in the runtime's place.
 */
export class RunCaps {
  readonly #runs = new Map<string, Run>();

  /** The message as the page may show it: itself, a shorter one, a note in its stead, or null. */
  admit(message: RuntimeMessage): RuntimeMessage | null {
    if (message.type === "log") return this.#admitLog(message);
    if (message.type !== "output" || message.op !== "put") return message;
    const run = this.#run(message.cell, message.run);
    if (!run) return null;
    if (run.slots.has(message.slot) || run.slots.size < MAX_SLOTS) {
      run.slots.add(message.slot);
      return message;
    }
    if (run.isSlotsTold) return null;
    run.isSlotsTold = true;
    return note(message, SLOTS_NOTE);
  }

  #admitLog(message: Extract<RuntimeMessage, { type: "log" }>): RuntimeMessage | null {
    const run = this.#run(message.cell, message.run);
    if (!run) return null;
    run.logs++;
    if (run.logs > MAX_LOGS + 1) return null;
    if (run.logs > MAX_LOGS) return note(message, LOGS_NOTE);
    if (message.text.length <= MAX_LOG_TEXT) return message;
    const cut = `${message.text.slice(0, MAX_LOG_TEXT)}… (${count(message.text.length)} characters in all)`;
    return { ...message, text: cut };
  }

  #run(cell: string, number: number): Run | null {
    const known = this.#runs.get(cell);
    if (known?.run === number) return known;
    if (!known && this.#runs.size >= MAX_CELLS) return null;
    const run: Run = { run: number, slots: new Set(), logs: 0, isSlotsTold: false };
    this.#runs.set(cell, run);
    return run;
  }
}

const count = (value: number) => value.toLocaleString("en");

const SLOTS_NOTE =
  "A run shows at most 200 outputs, and this one made more: the rest is left out. " +
  "Show a summary, or let display(x, {id}) replace the earlier output of the same id.";
const LOGS_NOTE =
  "A run logs at most 1,000 lines, and this one wrote more: the rest is left out. Log every 100th step, or show a table.";

function note({ cell, run }: { cell: string; run: number }, text: string): RuntimeMessage {
  return { type: "log", cell, run, level: "warn", text };
}
