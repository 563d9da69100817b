import { parse } from "acorn";
import ts from "typescript";
import type { SyntaxNode } from "./syntax-node.ts";

/** For tests: the JavaScript that the TypeScript compiler makes of a source. */
export const compile = (source: string): string =>
  ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleDetection: ts.ModuleDetectionKind.Force,
      verbatimModuleSyntax: true,
      removeComments: true,
    },
  }).outputText;

export const parseJavaScript = (code: string): SyntaxNode =>
  parse(code, { ecmaVersion: "latest", sourceType: "module" }) as unknown as SyntaxNode;

/** The tree without places, spellings, empty statements and the `export {}` that the compiler adds to keep a module. */
export const meaning = (code: string): string =>
  JSON.stringify(parseJavaScript(code), (key, value: unknown) => {
    if (key === "start" || key === "end" || key === "raw") return undefined;
    if (typeof value === "bigint") return `${value}n`;
    return Array.isArray(value) ? value.filter(isMeaningful) : value;
  });

function isMeaningful(node: SyntaxNode | null): boolean {
  if (node?.type === "EmptyStatement") return false;
  if (node?.type !== "ExportNamedDeclaration" || node.declaration || node.source) return true;
  return (node.specifiers as unknown[]).length > 0;
}
