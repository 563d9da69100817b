import type { Canvas } from "./canvas.ts";
import { type SyntaxNode, child, children } from "./syntax-node.ts";

/** Blanks `abstract` and `implements …` in a class's head. */
export function blankClass(node: SyntaxNode, canvas: Canvas): void {
  const start = canvas.skipTrivia(children(node, "decorators").at(-1)?.end ?? node.start);
  let at = start;
  if (canvas.wordAt(at) === "abstract") {
    canvas.blank(at, at + "abstract".length);
    at = canvas.skipTrivia(at + "abstract".length);
  }
  const interfaces = children(node, "implements");
  const last = interfaces.at(-1);
  if (!last) return;
  canvas.blank(implementsKeyword(node, at, canvas), last.end);
}

function implementsKeyword(node: SyntaxNode, classKeyword: number, canvas: Canvas): number {
  const before = ["superTypeParameters", "superTypeArguments", "superClass", "typeParameters", "id"]
    .map((field) => child(node, field)?.end)
    .find((end) => end !== undefined);
  let at = canvas.skipTrivia(before ?? classKeyword + "class".length);
  while (canvas.source[at] === ")") at = canvas.skipTrivia(at + 1);
  return at;
}

const TYPE_MODIFIERS: ReadonlySet<string> = new Set([
  "public",
  "private",
  "protected",
  "readonly",
  "override",
  "abstract",
]);

/** Blanks a member's type modifiers and the `?` or `!` behind its name. */
export function blankMember(node: SyntaxNode, canvas: Canvas): void {
  const key = child(node, "key");
  if (!key) return;
  blankModifiers(node, key, canvas);
  if (node.optional !== true && node.definite !== true) return;
  let at = canvas.skipTrivia(key.end);
  while (canvas.source[at] === ")" || canvas.source[at] === "]") at = canvas.skipTrivia(at + 1);
  if (canvas.source[at] === "?" || canvas.source[at] === "!") canvas.blank(at, at + 1);
}

function blankModifiers(node: SyntaxNode, key: SyntaxNode, canvas: Canvas): void {
  let at = canvas.skipTrivia(children(node, "decorators").at(-1)?.end ?? node.start);
  while (at < key.start) {
    const word = canvas.wordAt(at);
    if (word === "") return;
    if (TYPE_MODIFIERS.has(word)) canvas.blank(at, at + word.length);
    at = canvas.skipTrivia(at + word.length);
  }
}
