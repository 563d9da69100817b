import { blankTypes } from "./blank-types.ts";
import { createCanvas } from "./canvas.ts";
import { type CellNames, findNames } from "./names.ts";
import { CellSyntaxError, type ParsedCell, type Position } from "./parsed-cell.ts";
import { positionOf } from "./position.ts";
import { type Refusal, refusedName, refusedSyntax } from "./refuse.ts";
import { type SyntaxNode, child, children, isErased } from "./syntax-node.ts";
import { parseSyntax } from "./syntax.ts";

/** The names that the notebook gives to every cell and that no cell may define. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  "display",
  "input",
  "progress",
  "invalidation",
  "console",
  "check",
  "close",
  "tf",
  "Plot",
  "nn",
  "data",
  "figure",
  "tex",
  "rng",
]);

export interface ParseOptions {
  /** default: `RESERVED_NAMES` */
  reserved?: ReadonlySet<string>;
}

/**
 * A cell's source as plain data that the runtime can run.
 *
 * @throws CellSyntaxError where the source does not parse or uses what cells refuse
 */
export function parseCell(source: string, { reserved = RESERVED_NAMES }: ParseOptions = {}): ParsedCell {
  const program = parseSyntax(source);
  refuse(source, refusedSyntax(program, reserved));
  const names = findNames(program);
  refuse(source, refusedName(names, reserved));
  const shown = shownValue(program, source);
  const text = blankExports(blankTypes(source, program, shown?.end), program);
  return {
    body: shown ? `${text.slice(0, shown.start)}$value(${text.slice(shown.start)}\n)` : text,
    ...namesAsData(names, source),
    hasValue: shown !== undefined,
    ...(shown && { valueStart: positionOf(source, shown.start) }),
  };
}

function refuse(source: string, refusal: Refusal | undefined): void {
  if (!refusal) return;
  const { node, message } = refusal;
  throw new CellSyntaxError(message, positionOf(source, node.start, node.end));
}

/** The last expression, unless a `;` follows it; types that are declared behind it do not count. */
function shownValue(program: SyntaxNode, source: string): { start: number; end: number } | undefined {
  const last = children(program, "body").findLast((statement) => !isErased(statement));
  const expression = last && child(last, "expression");
  if (last?.type !== "ExpressionStatement" || !expression) return undefined;
  if (source[last.end - 1] === ";" || expression.type === "YieldExpression") return undefined;
  return { start: startOfValue(last, expression, source), end: last.end - 1 };
}

/** `a, b` has the value of `b`, and the wrapper is a call that would take both as arguments. */
function startOfValue(statement: SyntaxNode, expression: SyntaxNode, source: string): number {
  const isBracketed = expression.start !== statement.start || expression.end !== statement.end;
  const before = children(expression, "expressions").at(-2);
  if (expression.type !== "SequenceExpression" || isBracketed || !before) return statement.start;
  const canvas = createCanvas(source);
  let at = canvas.skipTrivia(before.end);
  while (source[at] === ")") at = canvas.skipTrivia(at + 1);
  return canvas.skipTrivia(at + ",".length);
}

/** `export const x` comes from a module; here every top-level name is visible, so the word is blanked. */
function blankExports(text: string, program: SyntaxNode): string {
  let result = text;
  for (const { type, start } of children(program, "body"))
    if (type === "ExportNamedDeclaration")
      result = `${result.slice(0, start)}${result.slice(start).replace(/^export/, "      ")}`;
  return result;
}

function namesAsData({ inputs, outputs, isGenerator }: CellNames, source: string) {
  const positions = (names: Map<string, SyntaxNode>): Record<string, Position> =>
    Object.fromEntries(
      [...names].map(([name, { start }]) => [name, positionOf(source, start, start + name.length)]),
    );
  return {
    inputs: [...inputs.keys()],
    outputs: [...outputs.keys()],
    isGenerator,
    inputPositions: positions(inputs),
    outputPositions: positions(outputs),
  };
}
