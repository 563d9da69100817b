import { EXPORT_LIST } from "./refuse.ts";

/** Where the parser stopped. */
export interface Place {
  source: string;
  at: number;
  end: number;
}

type Sentence = (match: RegExpExecArray, place: Place) => string;

export const AWAIT =
  "`await` works at the top of a cell and in `async` functions, and this is another place. Write `async` before the function, or use another name.";

/** The parser's complaints, and what a reader is told: the rule, what came instead, the next move. */
export const SENTENCES: [complaint: RegExp, sentence: Sentence][] = [
  [
    /^Unterminated string constant/,
    (_, { source, at }) =>
      `A text in quotes ends on the line where it starts, and its closing \`${source[at]}\` is missing. Add it, or use backticks for a text of several lines.`,
  ],
  [
    /^Unterminated template/,
    () => "The text that starts with a backtick never ends. Add the closing backtick.",
  ],
  [/^Unterminated comment/, () => "The comment that starts with `/*` never ends. Add `*/`."],
  [
    /^Unterminated regular expression/,
    () =>
      "A `/` starts a regular expression here, and its closing `/` is missing. Add it; for a division, write the number before the `/`.",
  ],
  [
    /^Invalid regular expression: \/.*\/: (.+)/,
    ([, reason]) =>
      `This regular expression is not valid: ${lowerFirst(reason)}. Put \`\\\` before a character that stands for itself.`,
  ],
  [
    /^Identifier '(.+)' has already been declared/,
    ([, name]) =>
      `A cell declares a name once, and \`${name}\` is declared here a second time. Give it another name; to change a \`let\`, write \`${name} = …\` without \`let\`.`,
  ],
  [
    /^type '(.+)' has already been declared/,
    ([, name]) =>
      `A cell declares a type once, and \`${name}\` is declared here a second time. Give it another name.`,
  ],
  [
    /^'return' outside of function/,
    () =>
      "`return` works only in functions. A cell shows its last line when that is a value without a semicolon: write the value alone.",
  ],
  [/'await'/, () => AWAIT],
  [
    /'yield'/,
    () =>
      "`yield` works at the top of a cell and in functions written `function*`, and this is another place. Write `function*`, or use another name.",
  ],
  [
    /^(?:Unexpected keyword|The keyword) '(.+?)'/,
    ([, word]) =>
      `\`${word}\` is a word of the language and cannot be a name. Choose another, such as \`${word}_\`.`,
  ],
  [
    /^Unsyntactic (break|continue)/,
    ([, word = ""], { source, end }) =>
      jumpText(word, /^[ \t]+([\p{ID_Continue}$]+)/u.exec(source.slice(end))?.[1]),
  ],
  [/^Export '.+' is not defined/, () => EXPORT_LIST],
  [
    /^Assigning to rvalue/,
    () =>
      "Only a name or a part such as `a.b` or `a[0]` can be given a value, and something else stands before this `=`. To compare, write `===`.",
  ],
  [
    /^Optional chaining cannot appear in left-hand side/,
    () => "`?.` only reads, and here a value is given. Write `.` instead, or test with `if` first.",
  ],
  [
    /^Identifier directly after number/,
    () =>
      "A number ends before the first letter, and a name cannot start with a digit. Put an operator between them, or start the name with a letter.",
  ],
  [/^Unexpected character/, (_, { source, at }) => strangeCharacter(characterAt(source, at))],
  [
    /^Logical expressions and coalesce/,
    () => "`??` cannot stand beside `||` or `&&` without brackets. Write `(a ?? b) || c` or `a ?? (b || c)`.",
  ],
  [
    /^Missing catch or finally/,
    () => "A `try` needs a `catch` or a `finally`, and neither came. Add `catch (error) { … }`.",
  ],
  [
    /^Complex binding patterns require/,
    () =>
      "Names in `[…]` or `{…}` take their values from something, and no value came. Write `= …` behind the bracket.",
  ],
  [
    /^Argument name clash/,
    (_, { source, at, end }) =>
      `A function's parameters have different names, and \`${source.slice(at, end)}\` came twice. Rename one of them.`,
  ],
  [
    /^Invalid number|^Numeric separator|^Expected number in radix/,
    () =>
      "This is not a number that code can read. Write it without a leading 0 and with single `_` between digits, such as `1_000` or `0.5`.",
  ],
  [
    /^Illegal newline after throw/,
    () => "What is thrown starts on the line of its `throw`. Join the two lines.",
  ],
  [
    /^Bad character escape|^Expecting Unicode escape/,
    () =>
      "A `\\` starts an escape such as `\\n` or `\\u00e9`, and this is none. For the character itself, write `\\\\` in a text.",
  ],
  [
    /^Private field '(.+)' must be declared/,
    ([, name]) =>
      `A class lists its private fields, and \`${name}\` is not in the list. Add \`${name};\` to the class.`,
  ],
];

function jumpText(word: string, label: string | undefined): string {
  if (label)
    return `\`${word} ${label}\` needs a loop with the label \`${label}\` around it, and there is none. Write \`${label}:\` before the loop, or leave out the label.`;
  const places = word === "break" ? "a loop or a `switch`" : "a loop";
  return `\`${word}\` works only inside ${places}, and there is none around it. Move it there, or use \`return\` in a function.`;
}

/** The parser reports a lonely `#` one place too far. */
const characterAt = (source: string, at: number): string =>
  source[at - 1] === "#" ? "#" : String.fromCodePoint(source.codePointAt(at) ?? 32);

const lowerFirst = (text = ""): string => text.charAt(0).toLowerCase() + text.slice(1);

function strangeCharacter(char: string): string {
  if (/[“”„‟«»]/.test(char)) return `\`${char}\` is a quote of print, not of code. Write \`"\`.`;
  if (/[‘’‚‛´]/.test(char)) return `\`${char}\` is a quote of print, not of code. Write \`'\`.`;
  if (/[−–—]/.test(char)) return `\`${char}\` is a dash of print, not a minus. Write \`-\`.`;
  if (char === "×") return "`×` is a sign of print. To multiply, write `*`.";
  return `The character \`${char}\` means nothing in code. Remove it, or put it in quotes.`;
}
