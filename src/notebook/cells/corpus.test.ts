import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { blankTypes } from "./blank-types.ts";
import { parseSyntax } from "./syntax.ts";
import { type SyntaxNode, isErased, runningParts } from "./syntax-node.ts";
import { compile, meaning } from "./typescript-oracle.ts";

const root = new URL("../../../", import.meta.url);
const filesOf = (pattern: string): string[] =>
  globSync(pattern, { cwd: root })
    // AssemblyScript is another language
    .filter((file) => !file.endsWith(".d.ts") && !file.includes("nn/kernels/assembly/"))
    .sort();

/** Erasing cannot express these; cells refuse them. */
const NOT_ERASABLE =
  /^TS(?:EnumDeclaration|ModuleDeclaration|ParameterProperty|TypeAssertion|ExportAssignment|ImportEqualsDeclaration)$/;

function isErasable(node: SyntaxNode): boolean {
  if (isErased(node)) return true;
  return !NOT_ERASABLE.test(node.type) && runningParts(node).every(isErasable);
}

/** `<const T>` in an interface; a function that merges with a `declare class`: the parser takes neither. */
const UNPARSED = ["mini/schemas.ts", "core/schemas.ts", "classic/schemas.ts", "signals-core/src/index.ts"];

describe("does a source mean the same after blanking as after the TypeScript compiler?", () => {
  const patterns = [
    "node_modules/zod/src/v4/{core,classic,mini}/**/*.ts",
    "node_modules/katex/src/*.ts",
    "src/**/*.ts",
    "tools/*.ts",
  ];
  test.each(patterns)("%s", { timeout: 60_000 }, (pattern) => {
    let compared = 0;
    let skipped = 0;
    for (const file of filesOf(pattern)) {
      const source = readFileSync(new URL(file, root), "utf8");
      if (UNPARSED.some((name) => file.endsWith(name))) continue;
      const program = parseSyntax(source);
      if (!isErasable(program)) {
        skipped++;
        continue;
      }
      const blanked = blankTypes(source, program);
      expect(blanked.length, file).toBe(source.length);
      expect(blanked.split("\n").length, file).toBe(source.split("\n").length);
      expect(meaning(blanked), file).toBe(meaning(compile(source)));
      compared++;
    }
    expect(compared).toBeGreaterThan(skipped);
  });
});
