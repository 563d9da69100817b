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
import { type Scope, declareBlock, declareNames, declareVars, isBound, patternNames } from "./scope.ts";

/** What a cell takes from outside and gives to others; each name with the node where it first stands. */
export interface CellNames {
  inputs: Map<string, SyntaxNode>;
  outputs: Map<string, SyntaxNode>;
  /** the first use of each outside name as the target of an assignment */
  assigned: Map<string, SyntaxNode>;
  isGenerator: boolean;
}

export function findNames(program: SyntaxNode): CellNames {
  const top: Scope = { names: new Set() };
  declareVars(program, top);
  const statements = children(program, "body").map(withoutExport);
  declareBlock(statements, top);
  const names: CellNames = {
    inputs: new Map(),
    outputs: topLevelNames(statements),
    assigned: new Map(),
    isGenerator: false,
  };
  for (const statement of statements) visit(statement, top, { names, isTop: true });
  return names;
}

/** `export const x` is what a reader pastes from a module; in a cell every top-level name is visible anyway. */
export function withoutExport(statement: SyntaxNode): SyntaxNode {
  const declaration =
    statement.type === "ExportNamedDeclaration" ? child(statement, "declaration") : undefined;
  return declaration ?? statement;
}

function topLevelNames(statements: SyntaxNode[]): Map<string, SyntaxNode> {
  const outputs = new Map<string, SyntaxNode>();
  for (const statement of statements)
    for (const id of declareNames(statement)) if (!outputs.has(nameOf(id))) outputs.set(nameOf(id), id);
  return outputs;
}

interface Visit {
  names: CellNames;
  /** false inside functions and classes, where `yield` is not the cell's */
  isTop: boolean;
}

function visit(node: SyntaxNode, scope: Scope, at: Visit): void {
  if (isErased(node)) return;
  if (isFunction(node)) return visitFunction(node, scope, at);
  if (isClass(node)) return visitClass(node, scope, at);
  const handler = VISIT[node.type];
  if (handler) handler(node, scope, at);
  else visitAll(runningParts(node), scope, at);
}

function visitAll(nodes: SyntaxNode[], scope: Scope, at: Visit): void {
  for (const node of nodes) visit(node, scope, at);
}

function visitFunction(node: SyntaxNode, scope: Scope, at: Visit): void {
  const head: Scope = { names: new Set(), parent: scope };
  const id = child(node, "id");
  if (id && node.type === "FunctionExpression") head.names.add(nameOf(id));
  if (node.type !== "ArrowFunctionExpression") head.names.add("arguments");
  const parameters = children(node, "params");
  for (const name of parameters.flatMap(patternNames)) head.names.add(nameOf(name));
  const inside = { ...at, isTop: false };
  visitAll(parameters, head, inside);
  const body = child(node, "body");
  if (!body) return;
  const own: Scope = { names: new Set(), parent: head };
  declareVars(body, own);
  visit(body, own, inside);
}

function visitClass(node: SyntaxNode, scope: Scope, at: Visit): void {
  const id = child(node, "id");
  const own: Scope = { names: new Set(id ? [nameOf(id)] : []), parent: scope };
  visitAll(children(node, "decorators"), scope, at);
  const base = child(node, "superClass");
  if (base) visit(base, own, at);
  const body = child(node, "body");
  if (body) visitAll(children(body, "body"), own, { ...at, isTop: false });
}

function visitBlock(node: SyntaxNode, scope: Scope, at: Visit): void {
  const own: Scope = { names: new Set(), parent: scope };
  const statements = children(node, node.type === "SwitchStatement" ? "cases" : "body");
  declareBlock(
    statements.flatMap((part) => (part.type === "SwitchCase" ? children(part, "consequent") : [part])),
    own,
  );
  const subject = child(node, "discriminant");
  if (subject) visit(subject, scope, at);
  if (node.type === "StaticBlock") declareVars(node, own);
  visitAll(statements, own, at);
}

function visitLoop(node: SyntaxNode, scope: Scope, at: Visit): void {
  const own: Scope = { names: new Set(), parent: scope };
  const head = child(node, "init") ?? child(node, "left");
  if (head?.type === "VariableDeclaration") declareBlock([head], own);
  else if (head && node.type !== "ForStatement") noteAssigned(head, own, at);
  visitAll(runningParts(node), own, at);
}

function visitCatch(node: SyntaxNode, scope: Scope, at: Visit): void {
  const parameter = child(node, "param");
  const names = parameter ? patternNames(parameter).map(nameOf) : [];
  visitAll(runningParts(node), { names: new Set(names), parent: scope }, at);
}

function noteAssigned(target: SyntaxNode, scope: Scope, { names }: Visit): void {
  for (const id of patternNames(target)) {
    const name = nameOf(id);
    if (!isBound(name, scope) && !names.assigned.has(name)) names.assigned.set(name, id);
  }
}

function noteUse(id: SyntaxNode, scope: Scope, { names }: Visit): void {
  const name = nameOf(id);
  if (name === "undefined" || isBound(name, scope) || names.inputs.has(name)) return;
  names.inputs.set(name, id);
}

/** Member names and keys are names of parts, not of variables, unless they stand in `[…]`. */
function visitKeyed(node: SyntaxNode, scope: Scope, at: Visit): void {
  const keyField = node.type === "MemberExpression" ? "property" : "key";
  const key = node.computed === true ? undefined : child(node, keyField);
  visitAll(
    runningParts(node).filter((part) => part !== key),
    scope,
    at,
  );
}

const VISIT: Record<string, (node: SyntaxNode, scope: Scope, at: Visit) => void> = {
  Identifier: noteUse,
  BlockStatement: visitBlock,
  StaticBlock: visitBlock,
  SwitchStatement: visitBlock,
  ForStatement: visitLoop,
  ForInStatement: visitLoop,
  ForOfStatement: visitLoop,
  CatchClause: visitCatch,
  MemberExpression: visitKeyed,
  Property: visitKeyed,
  MethodDefinition: visitKeyed,
  PropertyDefinition: visitKeyed,
  MetaProperty: () => {},
  BreakStatement: () => {},
  ContinueStatement: () => {},
  LabeledStatement: (node, scope, at) => {
    const body = child(node, "body");
    if (body) visit(body, scope, at);
  },
  AssignmentExpression: (node, scope, at) => {
    const target = child(node, "left");
    if (target) noteAssigned(target, scope, at);
    visitAll(runningParts(node), scope, at);
  },
  UpdateExpression: (node, scope, at) => {
    const target = child(node, "argument");
    if (target) noteAssigned(target, scope, at);
    visitAll(runningParts(node), scope, at);
  },
  YieldExpression: (node, scope, at) => {
    if (at.isTop) at.names.isGenerator = true;
    visitAll(runningParts(node), scope, at);
  },
};
