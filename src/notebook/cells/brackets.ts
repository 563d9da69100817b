import { Parser } from "acorn";

export interface Bracket {
  char: string;
  start: number;
  line: number;
}

const CLOSERS: Record<string, string> = { "(": ")", "[": "]", "{": "}", "${": "}" };

export const closerOf = (bracket: Bracket): string => CLOSERS[bracket.char] ?? "";

/**
 * The brackets that are open at `end`, outermost first. Reads tokens, so brackets in texts and comments do not
 * count; types are not special, because their brackets pair like all others.
 */
export function openBrackets(source: string, end: number): Bracket[] {
  const open: Bracket[] = [];
  try {
    const tokens = Parser.tokenizer(source, { ecmaVersion: "latest", sourceType: "module", locations: true });
    for (const token of tokens) {
      if (token.start >= end) break;
      const { label } = token.type;
      if (label in CLOSERS) open.push({ char: label, start: token.start, line: token.loc?.start.line ?? 1 });
      else if (label === ")" || label === "]" || label === "}") open.pop();
    }
  } catch {
    // a text without end, met before `end`: what was open until there is the answer
  }
  return open;
}
