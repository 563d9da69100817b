import { CellSyntaxError, type ParsedCell, type Position } from "../cells/parsed-cell.ts";
import { inspectText } from "./inspect.ts";
import type { CellError, Frame } from "./message.ts";

/** The run is over, by Stop, a rerun or a changed input: not an error of the cell. */
export class Aborted extends Error {
  override readonly name = "Aborted";
}

/** An error whose text is already for the reader, with everything the page shows. */
export class ReaderError extends Error {
  readonly detail: CellError;
  constructor(detail: CellError) {
    super(detail.message);
    this.name = detail.name;
    this.detail = detail;
  }
}

/** A place in a script that the host evaluated: which cell, and the line and column in the evaluated text. */
export interface ScriptPlace {
  cell: string;
  line: number;
  column: number;
}

/** Finds the cell's script in one line of a stack trace. */
export type Locate = (stackLine: string) => ScriptPlace | undefined;

/** The evaluated text has one line before the cell's first. */
const LINES_BEFORE = 1;
/** `$value(` */
const WRAPPER_LENGTH = 7;

export function syntaxProblem(error: unknown): CellError {
  if (error instanceof CellSyntaxError)
    return { name: "SyntaxError", kind: "syntax", message: error.message, position: error.position };
  return { name: "SyntaxError", kind: "syntax", message: (error as Error).message };
}

/**
 * Whatever a cell threw, as the page shows it.
 *
 * @param parsedOf the parsed form of a cell, to undo the column shift of its displayed expression
 */
export function toCellError(
  thrown: unknown,
  cell: string,
  locate: Locate,
  parsedOf: (cell: string) => ParsedCell | undefined,
): CellError {
  if (thrown instanceof ReaderError) return thrown.detail;
  const error = thrown as Partial<Error> | null | undefined;
  const isError = typeof error?.message === "string";
  const frames = framesOf(String(error?.stack ?? ""), locate, parsedOf);
  const own = frames.find((frame) => frame.cell === cell) ?? frames[0];
  const message = isError
    ? cleaned(error.message!)
    : `The cell threw ${inspectText(thrown)}, which is not an Error.`;
  return {
    name: (isError && error.name) || "Error",
    kind: "runtime",
    message: message || "The cell failed without a message.",
    ...hintFor(error?.name, message),
    ...(own ? { position: { line: own.line, column: own.column } } : {}),
    ...(frames.length ? { frames } : {}),
  };
}

/** JavaScriptCore quotes the source in its messages: blanked types would show as runs of spaces. */
const cleaned = (message: string): string => message.replace(/ {2,}/g, " ").slice(0, 2000);

function hintFor(name: string | undefined, message: string): { hint?: string } {
  if (name === "RangeError" && /call stack/i.test(message))
    return { hint: "A function calls itself without an end: check the case in which it should stop." };
  if (/before initialization|before it is (initialized|defined)/i.test(message))
    return { hint: "Move the declaration above its first use." };
  return {};
}

function framesOf(
  stack: string,
  locate: Locate,
  parsedOf: (cell: string) => ParsedCell | undefined,
): Frame[] {
  const frames: Frame[] = [];
  for (const text of stack.split("\n")) {
    const place = locate(text);
    if (!place || place.line <= LINES_BEFORE) continue;
    const name = functionName(text);
    const position = sourcePosition(place, parsedOf(place.cell));
    frames.push({ cell: place.cell, ...position, ...(name ? { function: name } : {}) });
  }
  return frames.slice(0, 12);
}

function sourcePosition(place: ScriptPlace, parsed: ParsedCell | undefined): Position {
  const line = place.line - LINES_BEFORE;
  const start = parsed?.valueStart;
  const isBehindWrapper = start && line === start.line && place.column >= start.column + WRAPPER_LENGTH;
  return { line, column: isBehindWrapper ? place.column - WRAPPER_LENGTH : place.column };
}

function functionName(text: string): string | undefined {
  const name = /at (?:async )?(?:new )?([\w$.]+) \(/.exec(text)?.[1] ?? /^([\w$.]+)@/.exec(text)?.[1];
  return name && !/^(eval|Object\.eval|anonymous|\$cell|globalThis\.\$cell|self\.\$cell)$/.test(name)
    ? name
    : undefined;
}
