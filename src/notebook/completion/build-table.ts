import ts from "typescript";
import type { CompletionTable, TypeEntry } from "./table.ts";

/** values without members worth a popup */
const PLAIN = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike;
const MAX_DEPTH = 3;
const MAX_DETAIL = 160;

/**
 * Reads the types of the library's files: each exports `create`, and what that returns are the names of cells.
 *
 * @param files paths of src/library/*.ts
 */
export function buildCompletionTable(files: string[], options: ts.CompilerOptions = {}): CompletionTable {
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    types: [],
    ...options,
  });
  const reader = new TypeReader(program.getTypeChecker());
  for (const file of files) {
    const source = program.getSourceFile(file);
    if (source) reader.readLibrary(source);
  }
  return reader.table;
}

class TypeReader {
  readonly table: CompletionTable = { "": [] };
  readonly #checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  readLibrary(source: ts.SourceFile): void {
    const module = this.#checker.getSymbolAtLocation(source);
    const create =
      module && this.#checker.getExportsOfModule(module).find((symbol) => symbol.name === "create");
    const type = create && this.#checker.getTypeOfSymbolAtLocation(create, source);
    const given = type?.getCallSignatures()[0]?.getReturnType();
    for (const symbol of given?.getProperties() ?? []) this.#addName(symbol, source);
  }

  #addName(symbol: ts.Symbol, at: ts.Node): void {
    this.table[""]!.push(this.#entry(symbol, at));
    this.#addMembers(symbol.name, this.#checker.getTypeOfSymbolAtLocation(symbol, at), { at, depth: 1 });
  }

  #addMembers(path: string, type: ts.Type, { at, depth }: { at: ts.Node; depth: number }): void {
    if (depth > MAX_DEPTH || type.flags & PLAIN) return;
    const members = type
      .getProperties()
      .filter(({ name }) => /^[A-Za-z$][\w$]*$/.test(name) && !name.endsWith("_"));
    if (members.length === 0 || type.getCallSignatures().length > 0) return;
    this.table[path] = members.map((symbol) => this.#entry(symbol, at));
    for (const symbol of members) {
      const member = this.#checker.getTypeOfSymbolAtLocation(symbol, at);
      const isPlain = member.getCallSignatures().length === 0 && member.getConstructSignatures().length === 0;
      if (isPlain && !member.isUnion())
        this.#addMembers(`${path}.${symbol.name}`, member, { at, depth: depth + 1 });
    }
  }

  #entry(symbol: ts.Symbol, at: ts.Node): TypeEntry {
    const type = this.#checker.getTypeOfSymbolAtLocation(symbol, at);
    const signature = type.getCallSignatures()[0];
    const text = signature ? this.#checker.signatureToString(signature) : this.#checker.typeToString(type);
    const doc = this.#doc(symbol, signature);
    return { label: symbol.name, kind: kindOf(type), detail: readable(text), ...(doc ? { doc } : {}) };
  }

  #doc(symbol: ts.Symbol, signature: ts.Signature | undefined): string {
    const parts = signature?.getDocumentationComment(this.#checker) ?? [];
    const text = ts.displayPartsToString(
      parts.length ? parts : symbol.getDocumentationComment(this.#checker),
    );
    return /^[\s\S]*?\.(?=\s|$)/.exec(text.trim())?.[0].replace(/\s+/g, " ") ?? text.trim().split("\n")[0]!;
  }
}

/** Types of modules are named by their place on disk, which is no reader's concern. */
const readable = (text: string): string =>
  text
    .replace(/typeof import\("[^"]*"\)|import\("[^"]*"\)\./g, (found) =>
      found.startsWith("typeof") ? "module" : "",
    )
    .slice(0, MAX_DETAIL);

function kindOf(type: ts.Type): string {
  if (type.getConstructSignatures().length) return "class";
  if (type.getCallSignatures().length) return "function";
  return type.getProperties().length && !(type.flags & PLAIN) ? "namespace" : "property";
}
