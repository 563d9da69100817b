import { getLineInfo } from "acorn";
import type { Position } from "./parsed-cell.ts";

/** Lines and columns from 1, as the reader's editor counts them. */
export function positionOf(source: string, start: number, end?: number): Position {
  const from = getLineInfo(source, start);
  const position: Position = { line: from.line, column: from.column + 1 };
  if (end === undefined) return position;
  const to = getLineInfo(source, end);
  return { ...position, endLine: to.line, endColumn: to.column + 1 };
}
