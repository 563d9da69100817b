import { MACROS } from "#content/macros.ts";
import type { KatexOptions } from "katex";

const TRUSTED = ["\\htmlClass", "\\htmlData"];

export const katexOptions = (): KatexOptions => ({
  output: "htmlAndMathml",
  throwOnError: true,
  trust: ({ command }) => TRUSTED.includes(command),
  strict: (code: string) => (code === "htmlExtension" ? "ignore" : "error"),
  // a copy: \gdef writes into it
  macros: { ...MACROS },
});
