import { explainUnexpected } from "./explain-unexpected.ts";
import { SENTENCES } from "./explain-sentences.ts";

/** A parser's complaint in a reader's words, with the range that it is about. */
export interface Explanation {
  message: string;
  start: number;
  end: number;
}

/** @param complaint the parser's message, without its position */
export function explain(source: string, complaint: string, at: number): Explanation {
  const end = tokenEnd(source, at);
  const special = explainForeign(source, at);
  if (special) return special;
  if (complaint === "Unexpected token")
    return { message: explainUnexpected(source, at, end), start: at, end };
  for (const [pattern, sentence] of SENTENCES) {
    const match = pattern.exec(complaint);
    if (match) return { message: sentence(match, { source, at, end }), start: at, end };
  }
  return {
    message: `This is not allowed: ${complaint.replace(/\.$/, "")}. Change it or remove it.`,
    start: at,
    end,
  };
}

const TOKEN = /[\p{ID_Continue}$]+|["'`]|=>|\.\.\.|[^\s]/uy;

function tokenEnd(source: string, at: number): number {
  TOKEN.lastIndex = at;
  return at + (TOKEN.exec(source)?.[0].length ?? 0);
}

const JSX = /<([A-Za-z][\w.]*)(?:\s+[\w-]+(?:=(?:"[^"]*"|'[^']*'|\{[^{}]*\}))?)*\s*(?:\/>|>[^]*?<\/\1\s*>)/g;
const CONST_TYPE_PARAMETER = /<\s*const\s+[\p{ID_Start}$_]/gu;

/** Syntax of other languages that the parser only stumbles over, when it stands around the place of the error. */
function explainForeign(source: string, at: number): Explanation | undefined {
  const markup = lastBefore(JSX, source, at);
  if (markup)
    return {
      message:
        "Cells are TypeScript without JSX, and this looks like a JSX element. To show HTML or a chart, call a function that makes it, such as `Plot.plot(…)`.",
      ...markup,
    };
  const constant = lastBefore(CONST_TYPE_PARAMETER, source, at);
  if (constant && constant.end > at - 2)
    return {
      message:
        "Type parameters can be `const` only where a function is defined, and `<const …` came in another place. Leave out `const`.",
      ...constant,
    };
  return undefined;
}

/** The match that starts nearest to `at`, but not behind it. */
function lastBefore(pattern: RegExp, source: string, at: number): { start: number; end: number } | undefined {
  const found = [...source.matchAll(pattern)].filter((match) => match.index <= at).at(-1);
  if (!found || found.index + found[0].length < at) return undefined;
  return { start: found.index, end: found.index + found[0].length };
}
