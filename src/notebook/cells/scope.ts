import {
  type SyntaxNode,
  child,
  children,
  isClass,
  isErased,
  isFunction,
  nameOf,
  runningParts,
} from "./syntax-node.ts";

/** The names that a block, a function or the cell declares. */
export interface Scope {
  names: Set<string>;
  parent?: Scope;
}

export function isBound(name: string, scope: Scope): boolean {
  for (let at: Scope | undefined = scope; at; at = at.parent) if (at.names.has(name)) return true;
  return false;
}

/** The identifiers that a pattern such as `{ a, b: [c, ...d] = e }` gives a value to. */
export function patternNames(pattern: SyntaxNode): SyntaxNode[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern];
    case "ObjectPattern":
      return children(pattern, "properties").flatMap(patternNames);
    case "ArrayPattern":
      return children(pattern, "elements").flatMap(patternNames);
    default: {
      const inner = child(pattern, PATTERN_FIELDS[pattern.type] ?? "");
      return inner ? patternNames(inner) : [];
    }
  }
}

/** Where a pattern's node holds the pattern inside it. */
const PATTERN_FIELDS: Record<string, string> = {
  Property: "value",
  RestElement: "argument",
  AssignmentPattern: "left",
  VariableDeclarator: "id",
  TSAsExpression: "expression",
  TSSatisfiesExpression: "expression",
  TSNonNullExpression: "expression",
};

/** The identifiers that a statement itself declares: not those inside its blocks. */
export function declareNames(statement: SyntaxNode): SyntaxNode[] {
  if (isErased(statement)) return [];
  if (statement.type === "VariableDeclaration")
    return children(statement, "declarations").flatMap(patternNames);
  const id = isFunction(statement) || isClass(statement) ? child(statement, "id") : undefined;
  return id ? [id] : [];
}

export function declareBlock(statements: SyntaxNode[], scope: Scope): void {
  for (const statement of statements) for (const id of declareNames(statement)) scope.names.add(nameOf(id));
}

/** `var` belongs to the whole function, however deep it stands. */
export function declareVars(node: SyntaxNode, scope: Scope): void {
  if (isFunction(node) || isClass(node)) return;
  if (node.type === "VariableDeclaration" && node.kind === "var") declareBlock([node], scope);
  for (const part of runningParts(node)) declareVars(part, scope);
}
