import type { ParsedCell, Position } from "../cells/parsed-cell.ts";
import type { Bundle, InputSpec, InputValue } from "./bundle.ts";

/** What the runtime needs to know of one cell. */
export interface CellSpec {
  id: string;
  source: string;
  /** `auto` reruns when something it reads changes; `click` then becomes stale; `check` runs only when asked */
  run: "auto" | "click" | "check";
  /** the parsed source when it is known (unedited cells come parsed from the build), else the runtime parses */
  parsed?: ParsedCell;
  /** false when the reader changed the source */
  isOriginal: boolean;
  /** values of the cell's controls that the reader set before; they run nothing (an `input` message does) */
  inputs?: Record<string, InputValue>;
}

/**
 * idle     has not run here; what stands under it is the author's run
 * waiting  queued behind another cell
 * running  now; may be streaming
 * done     its names are up to date
 * stale    its source, an input or a cell that it reads changed since it ran
 * error    it failed; `error` says where
 * stopped  the reader or a limit ended it
 */
export type CellState = "idle" | "waiting" | "running" | "done" | "stale" | "error" | "stopped";

/** Why a cell is stale. `cell` names the upstream cell or the input's cell. */
export interface StaleReason {
  kind: "edited" | "upstream" | "input" | "restarted";
  cell?: string;
  name?: string;
}

export interface Frame extends Position {
  cell: string;
  function?: string;
}

/** An error as the page shows it: a plain sentence, the place, and the way out. */
export interface CellError {
  /** "SyntaxError", "ReferenceError", "TypeError", "DuplicateDefinition", "CircularDefinition", "UpstreamError", … */
  name: string;
  kind: "syntax" | "duplicate" | "cycle" | "undefined" | "upstream" | "runtime" | "limit";
  message: string;
  /** the next move, in a sentence */
  hint?: string;
  position?: Position;
  /** the reader's frames, innermost first */
  frames?: Frame[];
  /** other cells involved, to link to */
  cells?: string[];
}

export interface GraphNode {
  id: string;
  inputs: string[];
  outputs: string[];
  upstream: string[];
  downstream: string[];
  /** what is wrong before anything runs: syntax, duplicate, cycle, undefined name */
  problem?: CellError;
}

export interface TensorCount {
  /** tensors and variables that the cell's last run keeps */
  tensors: number;
  bytes: number;
}

export type LogLevel = "log" | "info" | "warn" | "error" | "debug";

/** Runtime → page. Every message that belongs to a run carries its number; older runs are dropped. */
export type RuntimeMessage =
  | { type: "ready"; version: 1 }
  | { type: "graph"; cells: GraphNode[] }
  | {
      type: "state";
      cell: string;
      run: number;
      state: CellState;
      why?: StaleReason;
      ms?: number;
      kept?: TensorCount;
    }
  | { type: "output"; cell: string; run: number; slot: string; op: "put"; bundle: Bundle }
  | { type: "output"; cell: string; run: number; slot: string; op: "remove" }
  /** a new run starts: all slots, logs, error and progress of the cell are gone */
  | { type: "clear"; cell: string; run: number }
  | { type: "log"; cell: string; run: number; level: LogLevel; text: string; line?: number }
  | { type: "error"; cell: string; run: number; error: CellError }
  | { type: "progress"; cell: string; run: number; value: number; total?: number; label?: string }
  /** the cell's numbers, strings and booleans by name: the prose shows them; arrays of numbers as a line of text */
  | {
      type: "values";
      cell: string;
      run: number;
      values: Record<string, Scalar>;
      arrays?: Record<string, string>;
    }
  /** the source as data, so that it need not be parsed again after a restart */
  | { type: "parsed"; cell: string; source: string; parsed: ParsedCell }
  /** the runtime wants a library chunk or a data file, which the page alone can fetch */
  | { type: "need"; request: number; kind: "library" | "data"; name: string }
  /** all that was asked for has run */
  | { type: "idle" }
  | { type: "completions"; request: number; items: Completion[] }
  | { type: "pong"; n: number }
  /** a stopped cell is still computing and cannot be stopped from within: the page must restart the worker */
  | { type: "unstoppable"; cell: string };

export interface Completion {
  label: string;
  /** "function" | "number" | "Float32Array" … */
  type: string;
  detail?: string;
}

/** Page → runtime. */
export type PageMessage =
  | { type: "cells"; cells: CellSpec[]; seed: number }
  /** runs these cells (all: every auto and click cell; stale: those that are stale or edited), and what they need first */
  | { type: "run"; cells: string[] | "all" | "stale" }
  | { type: "stop"; cell?: string }
  | { type: "input"; cell: string; name: string; value: InputValue }
  | { type: "supply"; request: number; code?: string; bytes?: ArrayBuffer; error?: string }
  /** the page has drawn the last `put` of this slot: the next one may come */
  | { type: "drawn"; cell: string; run: number; slot: string }
  /** live members of an expression such as `model` or `batch.inputs` */
  | { type: "complete"; request: number; path: string[] }
  | { type: "ping"; n: number };

/** What the prose can print. */
export type Scalar = number | string | boolean;

/** What the build keeps of one cell's run, and what the page shows before anything is live. */
export interface PrerenderedCell {
  id: string;
  state: CellState;
  ms: number;
  kept?: TensorCount;
  /** slots in the order of their first appearance */
  outputs: { slot: string; bundle: Bundle }[];
  logs: { level: LogLevel; text: string; line?: number }[];
  error?: CellError;
  values: Record<string, Scalar>;
  /** of its arrays of numbers and tensors: shape and first entries */
  arrays?: Record<string, string>;
  /** a `record` cell: the author's kept run, not this build's */
  isRecorded?: boolean;
}

export type { InputSpec, InputValue, Position };
