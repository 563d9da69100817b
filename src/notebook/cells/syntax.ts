import { tsPlugin } from "@sveltejs/acorn-typescript";
import { Parser } from "acorn";
import { explain } from "./explain.ts";
import { CellSyntaxError } from "./parsed-cell.ts";
import { positionOf } from "./position.ts";
import type { SyntaxNode } from "./syntax-node.ts";

/** acorn's scopes, which its types leave out */
interface ParserScopes {
  currentVarScope(): { flags: number };
  scopeStack: unknown[];
}

const GENERATOR_FLAG = 8;

/** A cell is the body of an async generator: `yield` works at its top level. */
function withTopLevelYield(Base: typeof Parser): typeof Parser {
  return class extends Base {
    get inGenerator(): boolean {
      const parser = this as unknown as ParserScopes;
      const scope = parser.currentVarScope();
      return scope === parser.scopeStack[0] || (scope.flags & GENERATOR_FLAG) > 0;
    }
  };
}

const CellParser = Parser.extend(tsPlugin(), withTopLevelYield);

/**
 * The syntax tree of a cell, module syntax included.
 *
 * @throws CellSyntaxError where the source does not parse
 */
export function parseSyntax(source: string): SyntaxNode {
  try {
    const program = CellParser.parse(source, {
      ecmaVersion: "latest",
      sourceType: "module",
      allowHashBang: false,
    });
    return program as unknown as SyntaxNode;
  } catch (error) {
    const { message, pos } = error as SyntaxError & { pos?: number };
    if (pos === undefined) throw error;
    const problem = explain(source, message.replace(/ \(\d+:\d+\)$/, ""), pos);
    throw new CellSyntaxError(problem.message, positionOf(source, problem.start, problem.end));
  }
}
