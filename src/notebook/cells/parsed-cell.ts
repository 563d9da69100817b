/**
 * What a cell's source text becomes at compile time: plain data that the runtime can run without a compiler.
 * This type is the only thing that `notebook/cells` and `notebook/runtime` share.
 */

/** A place in a cell's source. Lines and columns start at 1, as the reader's editor shows them. */
export interface Position {
  line: number;
  column: number;
  endLine?: number;
  endColumn?: number;
}

export interface ParsedCell {
  /**
   * JavaScript with the types blanked out in place, so that every line and column is the source's.
   * When `hasValue`, the last expression is wrapped as `$value(` … `\n)`: columns behind the wrapper on
   * that line are 7 too large (see `valueStart`).
   */
  body: string;
  /** the free names, in order of first use: other cells' names, library names and JavaScript globals */
  inputs: string[];
  /** the names declared at top level, in order */
  outputs: string[];
  /** true when the cell has a `yield` at top level and streams its values */
  isGenerator: boolean;
  /** true when the cell ends in an expression, whose value is displayed (unless a `;` follows it) */
  hasValue: boolean;
  /** where the displayed expression starts */
  valueStart?: Position;
  /** first use of each input */
  inputPositions: Record<string, Position>;
  /** declaration of each output */
  outputPositions: Record<string, Position>;
}

/** A source that cannot become a cell: bad syntax, or syntax that cells refuse. The message is for the reader. */
export class CellSyntaxError extends SyntaxError {
  override readonly name = "SyntaxError";
  readonly position: Position;
  constructor(message: string, position: Position) {
    super(message);
    this.position = position;
  }
}
