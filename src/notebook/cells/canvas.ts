/** A source text on which ranges become spaces. Its length and its line ends never change. */
export interface Canvas {
  readonly source: string;
  /** turns a range into spaces, line ends excepted */
  blank(from: number, to: number): void;
  /** writes one character over one that was blanked */
  put(at: number, char: string): void;
  isBlanked(at: number): boolean;
  /** the first place at or after `at` that is neither white space nor comment */
  skipTrivia(at: number): number;
  /** the identifier or keyword that starts at `at`, or "" */
  wordAt(at: number): string;
  text(): string;
}

const LINE_END = /[\n\r\u2028\u2029]/;
const TRIVIA = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\/)*/y;
const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;

export function createCanvas(source: string): Canvas {
  const chars = source.split("");
  const match = (pattern: RegExp, at: number): string => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0] ?? "";
  };
  return {
    source,
    blank(from, to) {
      for (let at = from; at < to; at++) if (!LINE_END.test(chars[at] ?? "")) chars[at] = " ";
    },
    put(at, char) {
      chars[at] = char;
    },
    isBlanked: (at) => chars[at] === " " && source[at] !== " ",
    skipTrivia: (at) => at + match(TRIVIA, at).length,
    wordAt: (at) => match(WORD, at),
    text: () => chars.join(""),
  };
}
