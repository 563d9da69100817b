import katex from "katex";

/** MathML markup, or why there is none. */
export type Typeset = { markup: string } | { problem: string };

/** Sets TeX: `macros` are the course's own commands. */
export type Maths = (tex: string) => Typeset;

/** This module brings KaTeX (77 KB gz): the build imports it, the page loads it at the first formula. */
export function createMaths(macros: Record<string, string> = {}): Maths {
  return (tex) => {
    try {
      const options = { output: "mathml", displayMode: true, throwOnError: true, strict: false } as const;
      // a copy: \gdef writes into it
      return { markup: katex.renderToString(tex, { ...options, trust: false, macros: { ...macros } }) };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  };
}
