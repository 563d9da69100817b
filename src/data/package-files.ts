import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Build side: the folder of an installed package. */
export function packageFolder(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
}

/** Build side: the text of one file of an installed package. */
export function readPackageFile(name: string, path: string): Promise<string> {
  return readFile(join(packageFolder(name), path), "utf8");
}
