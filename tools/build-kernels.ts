/**
 * Compiles the two entries of src/nn/kernels/assembly (recurrent networks, word vectors) twice, with plain and with relaxed
 * SIMD, into src/nn/kernels/built/. Does nothing when what is there is of the present sources: the first line names their hash.
 */
import asc from "assemblyscript/asc";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "./program.ts";

const SOURCES = join(ROOT, "src/nn/kernels/assembly");
const BUILT = join(ROOT, "src/nn/kernels/built");
const FLAGS = [
  "-O3",
  "--noAssert",
  "--runtime",
  "stub",
  "--use",
  "abort=",
  "--importMemory",
  "--enable",
  "simd",
];
const BUILDS: Record<string, string[]> = { simd: [], relaxed: ["--enable", "relaxed-simd"] };
/** Each entry file, and how what it becomes is called in each build. */
const ENTRIES: Record<string, (build: string) => string> = {
  "index.ts": (build) => build,
  "words.ts": (build) => `words-${build}`,
};

const { version } = createRequire(import.meta.url)("assemblyscript/package.json") as { version: string };

async function compile(entry: string, flags: string[]): Promise<string> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main([entry, ...FLAGS, ...flags, "--outFile", "out.wasm"], {
    readFile: (name, folder) => {
      const file = join(folder || SOURCES, name);
      const place = existsSync(file) ? file : join(SOURCES, name);
      return existsSync(place) ? readFileSync(place, "utf8") : null;
    },
    writeFile: (_, contents) => void (binary = contents as Uint8Array),
    listFiles: () => [],
  });
  if (error || !binary)
    throw new Error(`The kernels did not compile:\n${stderr.toString()}\n${error?.message ?? ""}`);
  return Buffer.from(binary).toString("base64");
}

async function buildKernels(): Promise<void> {
  const hash = createHash("sha256").update([version, ...FLAGS].join(" "));
  for (const name of readdirSync(SOURCES).sort()) hash.update(name).update(readFileSync(join(SOURCES, name)));
  const head = `// of sources with the hash ${hash.digest("hex")}\n`;
  mkdirSync(BUILT, { recursive: true });
  for (const [entry, nameOf] of Object.entries(ENTRIES))
    for (const [build, flags] of Object.entries(BUILDS)) {
      const name = nameOf(build);
      const file = join(BUILT, `${name}.ts`);
      if (existsSync(file) && readFileSync(file, "utf8").startsWith(head)) continue;
      const module = { build, code: await compile(entry, flags) };
      writeFileSync(file, `${head}export const ${camelCase(name)} = ${JSON.stringify(module)} as const;\n`);
    }
}

const camelCase = (name: string): string =>
  name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

await buildKernels();
