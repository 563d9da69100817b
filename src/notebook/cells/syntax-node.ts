/**
 * A node of the syntax tree as this room reads it: every field may be absent, and only `child` and `children`
 * look at fields, so that a parser's surprise is `undefined` and not a crash.
 */
export interface SyntaxNode {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === "object" && value !== null && typeof (value as SyntaxNode).type === "string";

export function child(node: SyntaxNode, field: string): SyntaxNode | undefined {
  const value = node[field];
  return isNode(value) ? value : undefined;
}

/** The nodes in a list field; holes, as in `[, b]`, are left out. */
export function children(node: SyntaxNode, field: string): SyntaxNode[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export const nameOf = (node: SyntaxNode): string => String(node.name ?? "");

/** Fields that hold types and nothing that runs. */
export const TYPE_FIELDS: ReadonlySet<string> = new Set([
  "typeAnnotation",
  "returnType",
  "typeParameters",
  "typeArguments",
  "superTypeParameters",
  "superTypeArguments",
  "implements",
]);

/** The parts of a node that can run, in source order. */
export function runningParts(node: SyntaxNode): SyntaxNode[] {
  const parts: SyntaxNode[] = [];
  for (const field of Object.keys(node)) {
    if (TYPE_FIELDS.has(field)) continue;
    const value = node[field];
    if (isNode(value)) parts.push(value);
    else if (Array.isArray(value)) parts.push(...value.filter(isNode));
  }
  return parts.sort((a, b) => a.start - b.start);
}

const ERASED_TYPES: ReadonlySet<string> = new Set([
  "TSInterfaceDeclaration",
  "TSTypeAliasDeclaration",
  "TSDeclareFunction",
  "TSNamespaceExportDeclaration",
  "TSIndexSignature",
]);

/** Declarations that exist only for the type checker and leave nothing behind. */
export function isErased(node: SyntaxNode): boolean {
  if (ERASED_TYPES.has(node.type) || node.declare === true) return true;
  const isMember = node.type === "MethodDefinition" || node.type === "PropertyDefinition";
  if (isMember) return node.abstract === true || child(node, "value")?.type === "TSDeclareMethod";
  if (node.type === "ImportDeclaration") return node.importKind === "type";
  if (!node.type.startsWith("Export")) return false;
  const declaration = child(node, "declaration");
  return node.exportKind === "type" || (declaration !== undefined && isErased(declaration));
}

export const isFunction = (node: SyntaxNode): boolean =>
  node.type === "FunctionDeclaration" ||
  node.type === "FunctionExpression" ||
  node.type === "ArrowFunctionExpression";

export const isClass = (node: SyntaxNode): boolean =>
  node.type === "ClassDeclaration" || node.type === "ClassExpression";
