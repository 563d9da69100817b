/** Reads what source files import, with the TypeScript parser: text in strings and comments is no import. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";

export interface Import {
  /** file and target are relative to the project, with forward slashes; a package keeps its bare name */
  file: string;
  target: string;
  isPackage: boolean;
  /** erased before anything runs: `import type`, or only `type` names */
  isTypeOnly: boolean;
  /** `import(…)`: loaded later or never */
  isDynamic: boolean;
  /** the `<script>` of an .astro file: sent to the browser, unlike its frontmatter */
  isClient: boolean;
}

type Found = Pick<Import, "isTypeOnly" | "isDynamic"> & { specifier: string };

/** The imports of all TypeScript and Astro files in these folders, tests left out. */
export function readImports(root: string, folders: string[]): Import[] {
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx,astro}`, { cwd: root }));
  return files
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .sort()
    .flatMap((file) => importsOf(root, file, readFileSync(join(root, file), "utf8")));
}

export function importsOf(root: string, file: string, source: string): Import[] {
  return scripts(file, source).flatMap(({ text, isClient }) =>
    findImports(file, text).map(({ specifier, ...kind }) => ({
      file,
      isClient,
      ...kind,
      ...resolveImport(root, file, specifier),
    })),
  );
}

function scripts(file: string, source: string): { text: string; isClient: boolean }[] {
  if (!file.endsWith(".astro")) return [{ text: source, isClient: false }];
  const frontmatter = /^\s*---\r?\n([\s\S]*?)\r?\n---/.exec(source)?.[1] ?? "";
  const sent = [...source.matchAll(/<script(?![^>]*is:inline)[^>]*>([\s\S]*?)<\/script>/g)];
  return [
    { text: frontmatter, isClient: false },
    ...sent.map((match) => ({ text: match[1]!, isClient: true })),
  ];
}

function findImports(file: string, text: string): Found[] {
  const kind = file.endsWith(".tsx") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false, kind);
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    const one = importAt(node);
    if (one) found.push(one);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function importAt(node: ts.Node): Found | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
    return {
      specifier: node.moduleSpecifier.text,
      isTypeOnly: isErased(node.importClause),
      isDynamic: false,
    };
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
    return { specifier: node.moduleSpecifier.text, isTypeOnly: node.isTypeOnly, isDynamic: false };
  if (
    ts.isImportTypeNode(node) &&
    ts.isLiteralTypeNode(node.argument) &&
    ts.isStringLiteral(node.argument.literal)
  )
    return { specifier: node.argument.literal.text, isTypeOnly: true, isDynamic: false };
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return undefined;
  const [argument] = node.arguments;
  if (!argument || !ts.isStringLiteral(argument)) return undefined;
  return { specifier: argument.text, isTypeOnly: false, isDynamic: true };
}

function isErased(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false; // `import "./x.ts"` is for its effect
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = clause;
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every((element) => element.isTypeOnly);
}

function resolveImport(root: string, file: string, specifier: string): Pick<Import, "target" | "isPackage"> {
  const plain = specifier.replace(/\?.*$/, "");
  const own = /^#(src|components|content)\//.test(plain) ? plain.slice(1) : undefined;
  if (own === undefined && !plain.startsWith(".")) return { target: packageName(plain), isPackage: true };
  const path = own ?? relative(root, join(root, dirname(file), plain)).replaceAll("\\", "/");
  const target = [path, `${path}.ts`, `${path}.tsx`].find((each) => existsSync(join(root, each))) ?? path;
  return { target, isPackage: false };
}

/** `@tensorflow/tfjs-core/dist/x` → `@tensorflow/tfjs-core` */
const packageName = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

/** Circles of static imports that exist at run time, each starting at its first file in alphabetical order. */
export function findCycles(imports: Import[]): string[][] {
  const graph = edgesOf(imports.filter((each) => !each.isPackage && !each.isTypeOnly && !each.isDynamic));
  const cycles = new Map<string, string[]>();
  const done = new Set<string>();
  const walk = (file: string, path: string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) {
      const cycle = path.slice(start);
      cycles.set([...cycle].sort().join(), rotate(cycle));
    }
    if (start >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of [...graph.keys()].sort()) walk(file, []);
  return [...cycles.values()];
}

function rotate(cycle: string[]): string[] {
  const first = cycle.indexOf([...cycle].sort()[0]!);
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}

function edgesOf(imports: Import[]): Map<string, string[]> {
  const edges = new Map<string, string[]>();
  for (const { file, target } of imports) edges.set(file, [...(edges.get(file) ?? []), target]);
  return edges;
}

/** The shortest chain of imports from one of `starts` to a target that `isWanted`; also over `import(…)`. */
export function findChain(
  imports: Import[],
  starts: string[],
  isWanted: (target: string) => boolean,
): string[] | undefined {
  const graph = edgesOf(imports.filter((each) => !each.isTypeOnly));
  const seen = new Set(starts);
  const queue = starts.map((start) => [start]);
  for (const chain of queue) {
    const last = chain.at(-1)!;
    if (isWanted(last)) return chain;
    for (const next of graph.get(last) ?? []) {
      if (!seen.has(next)) queue.push([...chain, next]);
      seen.add(next);
    }
  }
  return undefined;
}
