import type { Canvas } from "./canvas.ts";
import { type SyntaxNode, child, children, nameOf } from "./syntax-node.ts";

/** Blanks what a function's parameter list has beside its types: `this: T,` and the `?` of optional ones. */
export function blankParameters(node: SyntaxNode, canvas: Canvas): void {
  for (const parameter of children(node, "params")) {
    if (nameOf(parameter) === "this") blankThis(parameter, canvas);
    else if (parameter.optional === true) {
      const at = canvas.skipTrivia(parameter.start + nameOf(parameter).length);
      if (canvas.source[at] === "?") canvas.blank(at, at + 1);
    }
  }
}

function blankThis(parameter: SyntaxNode, canvas: Canvas): void {
  const comma = canvas.skipTrivia(parameter.end);
  canvas.blank(parameter.start, canvas.source[comma] === "," ? comma + 1 : parameter.end);
}

/**
 * No line break may stand between `async` or `return` and an arrow function's `(`, nor between its `)` and its
 * arrow. Types between them may break lines, so the bracket moves to the other end of the blanked type.
 */
export function keepArrowOnOneLine(node: SyntaxNode, canvas: Canvas): void {
  const generics = child(node, "typeParameters");
  if (generics) {
    const open = canvas.skipTrivia(generics.end);
    if (hasBreak(canvas.source, generics.start, open)) move(canvas, open, generics.start);
  }
  const returned = child(node, "returnType");
  if (!returned) return;
  const close = closingBracket(node, canvas);
  if (hasBreak(canvas.source, close, returned.end)) move(canvas, close, returned.end - 1);
}

const hasBreak = (source: string, from: number, to: number): boolean =>
  /[\n\r\u2028\u2029]/.test(source.slice(from, to));

function move(canvas: Canvas, from: number, to: number): void {
  canvas.put(to, canvas.source[from] ?? "");
  canvas.blank(from, from + 1);
}

function closingBracket(node: SyntaxNode, canvas: Canvas): number {
  const { source } = canvas;
  const last = children(node, "params").at(-1);
  let at = last?.end ?? child(node, "typeParameters")?.end ?? node.start;
  at = canvas.skipTrivia(at);
  if (!last && canvas.wordAt(at) === "async") at = canvas.skipTrivia(at + "async".length);
  while (source[at] === "(" || source[at] === ",") at = canvas.skipTrivia(at + 1);
  return at;
}
