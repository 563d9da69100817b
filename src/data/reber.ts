import { assertCount } from "#src/util/assert.ts";
import type { Rng } from "#src/util/rng.ts";
import { assertRng, pick } from "./draw.ts";

/** The symbols of the grammar; a symbol's token is its place. */
export const REBER_SYMBOLS = "BTPSXVE";

/** The two ways out of each state; the graph starts at 0 and is left by E from END. */
const GRAPH: readonly (readonly [symbol: string, next: number])[][] = [
  [
    ["T", 1],
    ["P", 2],
  ],
  [
    ["S", 1],
    ["X", 3],
  ],
  [
    ["T", 2],
    ["V", 4],
  ],
  [
    ["X", 2],
    ["S", 5],
  ],
  [
    ["P", 3],
    ["V", 5],
  ],
];
const END = 5;

export interface ReberExample {
  /** such as "BPBTXSEPE": the second symbol and the second last are the same */
  text: string;
  /** [T]: the tokens of the text */
  tokens: number[];
  /** [T]: the symbols that may follow each symbol, in the order of `REBER_SYMBOLS`; "" at the end */
  legal: string[];
}

/**
 * Strings of the embedded Reber grammar: B, then T or P, then a whole string of Reber's grammar, then the same T or P,
 * then E. To foretell the second last symbol, a model must remember the second through all that comes between.
 *
 * Source: Reber 1967; Hochreiter & Schmidhuber 1997, experiment 1.
 */
export function reberExamples(options: { count: number; rng: Rng }): ReberExample[] {
  const { count, rng } = options;
  assertCount("reberExamples", "count", count);
  assertRng("reberExamples", rng);
  return Array.from({ length: count }, () => drawString(rng));
}

function drawString(rng: Rng): ReberExample {
  const legal: string[] = [];
  let text = "";
  for (let next = reberNext(text); next; next = reberNext(text)) {
    if (text !== "") legal.push(next);
    text += pick(rng, [...next]);
  }
  return { text, tokens: [...text].map((symbol) => REBER_SYMBOLS.indexOf(symbol)), legal: [...legal, ""] };
}

/**
 * The symbols that may come after the start of a string, in the order of `REBER_SYMBOLS`: "" when the string is
 * complete, undefined when no string of the embedded grammar starts so.
 *
 * @throws TypeError when it is not a string
 */
export function reberNext(start: string): string | undefined {
  const state = walk(start);
  return state && [...REBER_SYMBOLS].filter((symbol) => follow(state, symbol)).join("");
}

/** Whether the text is a whole string of the embedded grammar. */
export function isReber(text: string): boolean {
  return walk(text)?.place === "done";
}

interface State {
  place: "start" | "branch" | "open" | "inside" | "close" | "last" | "done";
  /** T or P, once it came */
  branch?: string;
  /** the state of the inner graph */
  node: number;
}

function walk(start: string): State | undefined {
  if (typeof start !== "string") throw new TypeError(`reber: expected a string, got ${String(start)}`);
  let state: State | undefined = { place: "start", node: 0 };
  for (const symbol of start) state = state && follow(state, symbol);
  return state;
}

function follow(state: State, symbol: string): State | undefined {
  switch (state.place) {
    case "start":
      return symbol === "B" ? { ...state, place: "branch" } : undefined;
    case "branch":
      return symbol === "T" || symbol === "P" ? { ...state, place: "open", branch: symbol } : undefined;
    case "open":
      return symbol === "B" ? { ...state, place: "inside" } : undefined;
    case "inside":
      return followGraph(state, symbol);
    case "close":
      return symbol === state.branch ? { ...state, place: "last" } : undefined;
    case "last":
      return symbol === "E" ? { ...state, place: "done" } : undefined;
    case "done":
      return undefined;
  }
}

function followGraph(state: State, symbol: string): State | undefined {
  if (state.node === END) return symbol === "E" ? { ...state, place: "close" } : undefined;
  const way = GRAPH[state.node].find(([each]) => each === symbol);
  return way && { ...state, node: way[1] };
}
