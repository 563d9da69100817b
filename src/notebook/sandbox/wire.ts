import type { RuntimeMessage } from "../runtime/message.ts";

/**
 * How one runtime message travels from the worker to the frame: a single string, so that its size is its length
 * and no hostile object reaches anyone.
 *
 *     <mark><type>\t<cell>\t<run>\t<slot>\n<JSON>
 *
 * The first line is the route. The mark `=` says that a later message of the same route replaces this one while
 * it still waits; `+` says that every message counts. The frame reads the route only; the page gets the JSON.
 */
export interface Route {
  type: string;
  cell: string;
  run: number;
  slot: string;
}

export interface WireParts {
  route: string;
  /** the key under which the message may be replaced while it waits, or "" */
  key: string;
  body: string;
}

/** The largest message that the frame lets through, in UTF-16 units. */
export const MAX_MESSAGE = 2_000_000;
const MAX_ROUTE = 1000;

/** A `remove` shares its route with `put`, so that whichever came last stands. */
const REPLACEABLE = new Set(["output", "progress", "values", "graph"]);

const field = (text: string) => text.replace(/[\t\n\r]/g, " ").slice(0, 300);

export function encodeMessage(message: RuntimeMessage): string {
  const mark = REPLACEABLE.has(message.type) ? "=" : "+";
  const cell = "cell" in message ? field(message.cell) : "";
  const run = "run" in message ? message.run : "";
  const slot = "slot" in message ? field(message.slot) : "";
  // a replacer makes large trees ten times as slow: only where a cell's numbers travel as numbers
  const body = message.type === "values" ? JSON.stringify(message, plainNumber) : JSON.stringify(message);
  return `${mark}${message.type}\t${cell}\t${run}\t${slot}\n${body}`;
}

/** JSON has no NaN and no infinity; a diverged loss must still arrive as what it is. */
function plainNumber(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

export function splitWire(text: string): WireParts {
  const end = text.indexOf("\n");
  if (end < 0 || end > MAX_ROUTE) return { route: "", key: "", body: text };
  const route = text.slice(0, end);
  return { route, key: route.startsWith("=") ? route : "", body: text.slice(end + 1) };
}

/** The route of a message that was left out, as far as it names a run. */
export function readRoute(route: string): Route | null {
  const [type, cell, run, slot = ""] = route.slice(1).split("\t");
  const number = Number(run);
  if (!type || !cell || !run || !Number.isSafeInteger(number)) return null;
  return { type, cell, run: number, slot };
}
