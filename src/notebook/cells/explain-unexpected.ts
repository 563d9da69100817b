import { AWAIT } from "./explain-sentences.ts";
import { type Bracket, closerOf, openBrackets } from "./brackets.ts";

/** What to say where a token came that cannot stand there; `at` is the source's length when the cell ended. */
export function explainUnexpected(source: string, at: number, end: number): string {
  const token = source.slice(at, end);
  const before = source.slice(0, at).trimEnd();
  const open = openBrackets(source, at);
  return (
    explainHabit(before, token, source) ??
    (token === "" ? explainEnd(open) : explainBracket(token, open, source.slice(0, at))) ??
    explainStatement(token) ??
    `\`${token}\` cannot stand here. Something just before it is missing or too much: an operator, a comma, a bracket or a quote.`
  );
}

const STATEMENT = /^(?:const|let|var|function|class|if|for|while|do|switch|try|throw|return)$/;

/** Mistakes that have one well-known cause. */
function explainHabit(before: string, token: string, source: string): string | undefined {
  const previous = /[\p{ID_Continue}$]+$/u.exec(before)?.[0] ?? "";
  const constant = /\bconst\s+([\p{ID_Continue}$]+)(?:\s*:[^=;\n]+)?$/u.exec(before);
  if (constant && token !== "=")
    return `A \`const\` gets its value where it is declared. Write \`= …\` behind \`${constant[1]}\`, or declare it with \`let\`.`;
  if (previous === "for" && token === "await") return AWAIT;
  if (/^(?:if|while|for|switch)$/.test(previous) && token !== "(" && token !== "")
    return `\`${previous}\` takes what it tests in round brackets, and \`${token}\` came instead. Write \`${previous} (…) { … }\`.`;
  if (previous === "def")
    return "A function is written `function name(…) { … }` here, and `def` came instead. Write `function`.";
  if (/\b(?:function\s*\*?|class)$/.test(before) && (token === "(" || token === "{"))
    return `A ${previous === "class" ? "class" : "function"} that stands on its own needs a name. Write one before this \`${token}\`.`;
  if (source.trimStart().startsWith("{") && token === ":")
    return "A line that starts with `{` is a block of code, not an object. To show an object, put it in round brackets: `({ … })`.";
  return undefined;
}

function explainStatement(token: string): string | undefined {
  if (!STATEMENT.test(token)) return undefined;
  return `\`${token}\` starts a statement, and the one before it has not ended. Start a new line; behind \`if (…)\` or a loop, put it in \`{ … }\`.`;
}

function explainEnd(open: Bracket[]): string {
  const last = open.at(-1);
  if (!last) return "The cell ends in the middle of something. Complete its last line.";
  return `The \`${last.char}\` of line ${last.line} is never closed. Add the missing \`${closerOf(last)}\`.`;
}

function explainBracket(token: string, open: Bracket[], before: string): string | undefined {
  const last = open.at(-1);
  const line = before.split("\n").length;
  if (/^[)\]}]$/.test(token)) {
    if (!last)
      return `This \`${token}\` closes nothing: no bracket is open. Remove it, or add what it should close.`;
    if (closerOf(last) !== token)
      return `The \`${last.char}\` of line ${last.line} must be closed first, and \`${token}\` came instead. Add \`${closerOf(last)}\` before it.`;
    return undefined;
  }
  if (!last || last.char === "{" || last.line === line) return undefined;
  return `\`${token}\` cannot stand here, because the \`${last.char}\` of line ${last.line} is still open. Close it with \`${closerOf(last)}\`, or put a comma before \`${token}\`.`;
}
