/**
 * Browsers' MathML knows no `mathvariant` but `normal`: a bold x is another character there. For each variant the
 * first code points of A–Z, a–z, 0–9 and α–ω.
 */
const FIRST: Record<string, { upper?: number; lower?: number; digit?: number; greek?: number }> = {
  bold: { upper: 0x1d400, lower: 0x1d41a, digit: 0x1d7ce, greek: 0x1d6c2 },
  "bold-italic": { upper: 0x1d468, lower: 0x1d482, greek: 0x1d736 },
  script: { upper: 0x1d49c, lower: 0x1d4b6 },
  fraktur: { upper: 0x1d504, lower: 0x1d51e },
  "double-struck": { upper: 0x1d538, lower: 0x1d552, digit: 0x1d7d8 },
  "sans-serif": { upper: 0x1d5a0, lower: 0x1d5ba, digit: 0x1d7e2 },
  monospace: { upper: 0x1d670, lower: 0x1d68a, digit: 0x1d7f6 },
};

/** Letters that Unicode had before the mathematical block. */
const OLDER: Record<string, string> = {
  script: "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ",
  fraktur: "CℭHℌIℑRℜZℨ",
  "double-struck": "CℂHℍNℕPℙQℚRℝZℤ",
};

/** `letters("R", "double-struck")` → "ℝ"; undefined for a variant that is not known. */
export function letters(text: string, variant: string): string | undefined {
  if (!Object.hasOwn(FIRST, variant)) return undefined;
  return Array.from(text, (letter) => letterOf(letter, variant)).join("");
}

function letterOf(letter: string, variant: string): string {
  const older = OLDER[variant] ?? "";
  const place = older.indexOf(letter);
  if (place >= 0 && letter < "\u0080") return older[place + 1]!;
  const { upper, lower, digit, greek } = FIRST[variant]!;
  const ranges: [string, string, number | undefined][] = [
    ["A", "Z", upper],
    ["a", "z", lower],
    ["0", "9", digit],
    ["α", "ω", greek],
  ];
  const range = ranges.find(([from, to]) => from <= letter && letter <= to);
  if (range?.[2] === undefined) return letter;
  return String.fromCodePoint(range[2] + letter.charCodeAt(0) - range[0].charCodeAt(0));
}
