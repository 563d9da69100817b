import { blankClass, blankMember } from "./blank-class.ts";
import { blankParameters, keepArrowOnOneLine } from "./blank-function.ts";
import { type Canvas, createCanvas } from "./canvas.ts";
import {
  type SyntaxNode,
  TYPE_FIELDS,
  child,
  children,
  isClass,
  isErased,
  isFunction,
  nameOf,
  runningParts,
} from "./syntax-node.ts";

/**
 * JavaScript of the same length and the same lines: each type becomes spaces.
 *
 * A statement that ended with a type at the end of its line needs a `;` there, because the line break alone would
 * join it to a next line that starts with `(` or `[`.
 *
 * @param openFrom no `;` is put at or behind this place: what stands there is wrapped in a call
 */
export function blankTypes(source: string, program: SyntaxNode, openFrom = Infinity): string {
  const canvas = createCanvas(source);
  const separate = (at: number) => {
    if (at < openFrom) canvas.put(at, ";");
  };
  visit(program, canvas, separate);
  return canvas.text();
}

type Separate = (at: number) => void;

/** @param isLoopHead the node stands in the brackets of a `for`, where a `;` has another meaning */
function visit(node: SyntaxNode, canvas: Canvas, separate: Separate, isLoopHead = false): void {
  if (isErased(node)) {
    canvas.blank(node.start, node.end);
    separate(node.start);
    return;
  }
  const body = isLoop(node) ? child(node, "body") : undefined;
  for (const part of runningParts(node)) visit(part, canvas, separate, body !== undefined && part !== body);
  blankOwnTypes(node, canvas);
  if (isClass(node)) blankClass(node, canvas);
  else if (isFunction(node)) blankFunction(node, canvas);
  else BLANK[node.type]?.(node, canvas);
  if (!isLoopHead && SEPARATED.test(node.type) && canvas.isBlanked(node.end - 1)) separate(node.end - 1);
  if (isMember(node) && canvas.isBlanked(node.start)) separate(node.start);
}

/** What a line break can end. */
const SEPARATED = /^(?:Expression|Return|Throw)Statement$|^VariableDeclaration$|^PropertyDefinition$/;

const isLoop = (node: SyntaxNode): boolean => /^For(?:In|Of)?Statement$/.test(node.type);

const isMember = (node: SyntaxNode): boolean =>
  node.type === "PropertyDefinition" || node.type === "MethodDefinition";

function blankOwnTypes(node: SyntaxNode, canvas: Canvas): void {
  for (const field of TYPE_FIELDS) {
    const type = child(node, field);
    if (type) canvas.blank(type.start, type.end);
  }
}

function blankFunction(node: SyntaxNode, canvas: Canvas): void {
  blankParameters(node, canvas);
  if (node.type === "ArrowFunctionExpression") keepArrowOnOneLine(node, canvas);
}

/** `(a ?? b) as T`: the expression's node ends before its closing brackets. */
function blankOperator(node: SyntaxNode, canvas: Canvas): void {
  let at = canvas.skipTrivia(child(node, "expression")?.end ?? node.start);
  while (canvas.source[at] === ")") at = canvas.skipTrivia(at + 1);
  canvas.blank(at, node.end);
}

function blankDefinite(node: SyntaxNode, canvas: Canvas): void {
  const id = child(node, "id");
  if (node.definite !== true || !id) return;
  const at = canvas.skipTrivia(id.start + nameOf(id).length);
  if (canvas.source[at] === "!") canvas.blank(at, at + 1);
}

/** `import { type A, b }`: cells do not import, but other TypeScript does. */
function blankSpecifiers(node: SyntaxNode, canvas: Canvas): void {
  for (const specifier of children(node, "specifiers")) {
    if (specifier.importKind !== "type" && specifier.exportKind !== "type") continue;
    const comma = canvas.skipTrivia(specifier.end);
    canvas.blank(specifier.start, canvas.source[comma] === "," ? comma + 1 : specifier.end);
  }
}

const BLANK: Record<string, (node: SyntaxNode, canvas: Canvas) => void> = {
  TSAsExpression: blankOperator,
  TSSatisfiesExpression: blankOperator,
  TSNonNullExpression: (node, canvas) => canvas.blank(node.end - 1, node.end),
  VariableDeclarator: blankDefinite,
  PropertyDefinition: blankMember,
  MethodDefinition: blankMember,
  ImportDeclaration: blankSpecifiers,
  ExportNamedDeclaration: blankSpecifiers,
};
