import { classHighlighter, highlightTree } from "@lezer/highlight";
import { parser } from "@lezer/javascript";
import { termOf } from "../term-of.ts";

/** A piece of code with its classes; `term` names the quantity of the course that an identifier stands for. */
export interface Token {
  text: string;
  classes: string;
  term?: string;
}

const language = parser.configure({ dialect: "ts" });

/** TypeScript as tokens whose texts add up to the source: the same parser and classes as in the editor. */
export function highlight(source: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  highlightTree(language.parse(source), classHighlighter, (from, to, classes) => {
    if (from > end) tokens.push({ text: source.slice(end, from), classes: "" });
    const text = source.slice(from, to);
    const term = /tok-(variableName|propertyName)/.test(classes) ? termOf(text) : undefined;
    tokens.push({ text, classes, ...(term ? { term } : {}) });
    end = to;
  });
  if (end < source.length) tokens.push({ text: source.slice(end), classes: "" });
  return tokens;
}
