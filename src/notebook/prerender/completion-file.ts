import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The completion table as JSON, made once for each state of the library: the type checker needs seconds. */
export async function completionJson(root: string, fingerprint: string): Promise<string> {
  const folder = join(root, "node_modules/.cache/unrolled");
  const file = join(folder, `completions-${fingerprint.slice(0, 16)}.json`);
  if (existsSync(file)) return readFileSync(file, "utf8");
  const { buildCompletionTable } = await import("../completion/build-table.ts");
  const library = join(root, "src/library");
  const files = readdirSync(library).filter(
    (name) => /^[\w-]+\.ts$/.test(name) && !/(\.test|\.d)\.ts$/.test(name),
  );
  const json = JSON.stringify(buildCompletionTable(files.map((name) => join(library, name))));
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, json);
  return json;
}
