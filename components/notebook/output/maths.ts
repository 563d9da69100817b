import katex from "katex";
import { MACROS } from "#content/macros.ts";

/** MathML markup, or why there is none. */
export type Typeset = { markup: string } | { problem: string };

/** Sets TeX, the course's own commands included. */
export type Maths = (tex: string) => Typeset;

/** This module brings KaTeX (77 KB gz): the build imports it, the page loads it at the first formula. */
export function createMaths(): Maths {
  // a cell's formula is not trusted with attributes of its own
  const macros = { ...MACROS, "\\term": "#2" };
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
