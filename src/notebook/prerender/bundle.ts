import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { build, type BuildOptions, type Plugin } from "esbuild";
import { frameDocument } from "../sandbox/frame-document.ts";
import { dataFiles } from "./data-files.ts";
import type { SandboxManifest } from "../lesson.ts";

/** The parts of the sandbox as texts: what the page fetches, and what the build runs lessons with. */
export interface SandboxFiles {
  manifest: SandboxManifest;
  /** path under the site's base → content */
  files: Map<string, string>;
  /** code of each library chunk by name */
  chunks: Record<string, string>;
  /** changes when any code or data that lessons run with changes */
  fingerprint: string;
}

/** The seed of every lesson: the same numbers at build and in every reader's page. */
export const SEED = 1;

/** The chunk that parses edited cells; it gives no names. */
export const PARSER_CHUNK = "parser";

const common: BuildOptions = {
  bundle: true,
  write: false,
  minify: true,
  keepNames: true,
  target: "es2022",
  platform: "browser",
  mainFields: ["module", "main"],
  legalComments: "none",
  logLevel: "error",
  define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
};

/** Builds every part. The root is the project's folder. */
export async function bundleSandbox(root: string): Promise<SandboxFiles> {
  const chunks = await bundleLibraries(root);
  const needs = Object.fromEntries(Object.keys(chunks).map((name) => [name, neededBy(name, chunks)]));
  const names = await namesOf(chunks, needs);
  const library = JSON.stringify({ names, needs, seed: SEED });
  const [runtime, frame] = await Promise.all([
    bundleScript(join(root, "src/notebook/sandbox/worker.ts"), { __UNROLLED_LIBRARY__: library }),
    bundleScript(join(root, "src/notebook/sandbox/frame.ts")),
  ]);
  const files = new Map<string, string>();
  const place = (name: string, extension: string, content: string) => {
    const path = `sandbox/${name}.${hash(content).slice(0, 10)}.${extension}`;
    files.set(path, content);
    return path;
  };
  const data = Object.fromEntries(
    Object.entries(await dataFiles()).map(([name, content]) => [name, place(`data/${name}`, "txt", content)]),
  );
  const manifest: SandboxManifest = {
    frame: place("frame", "html", frameDocument(frame)),
    runtime: place("runtime", "js", runtime),
    libraries: Object.fromEntries(
      Object.entries(chunks).map(([name, code]) => [
        name,
        { url: place(name, "js", code), needs: needs[name] ?? [] },
      ]),
    ),
    names,
    data,
  };
  return { manifest, files, chunks, fingerprint: hash(JSON.stringify(manifest)) };
}

export const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

async function bundleScript(entry: string, define: Record<string, string> = {}): Promise<string> {
  const options = { ...common, define: { ...common.define, ...define } };
  const { outputFiles } = await build({ ...options, entryPoints: [entry], format: "iife" });
  return outputFiles![0]!.text;
}

/** Each file of src/library is a chunk; files that only give types, tests and shared parts lie in its subfolders. */
async function bundleLibraries(root: string): Promise<Record<string, string>> {
  const folder = join(root, "src/library");
  const entries = readdirSync(folder)
    .filter((file) => /^[\w-]+\.ts$/.test(file) && !/(\.test|\.d)\.ts$/.test(file) && file !== "host.ts")
    .map((file) => join(folder, file));
  entries.push(join(root, `src/notebook/sandbox/${PARSER_CHUNK}.ts`));
  const built = await Promise.all(
    entries.map(async (entry) => {
      const name = basename(entry, ".ts");
      const plugins = [figureSchemas(root), ...(name === "tf" ? [] : [sharedTensorFlow])];
      // nobody sees the names of Plot's functions, which are a tenth of its bytes
      const keepNames = name !== "plot";
      const options = { ...common, keepNames, plugins };
      const { outputFiles } = await build({ ...options, entryPoints: [entry], format: "cjs" });
      const code = `__unrolledDefine(${JSON.stringify(name)},function(module,exports,require){${outputFiles![0]!.text}});`;
      return [name, code] as const;
    }),
  );
  return Object.fromEntries(built);
}

/** TensorFlow.js lives in one chunk, so that every part of the library and every cell see one engine. */
const sharedTensorFlow: Plugin = {
  name: "shared-tensorflow",
  setup(build) {
    build.onResolve({ filter: /^@tensorflow\// }, () => ({ path: "tf", external: true }));
  },
};

/** `virtual:figure-schemas` exports the schema of every folder of components/figures, by the figure's name. */
function figureSchemas(root: string): Plugin {
  const folder = join(root, "components/figures");
  return {
    name: "figure-schemas",
    setup(build) {
      build.onResolve({ filter: /^virtual:figure-schemas$/ }, ({ path }) => ({ path, namespace: "figures" }));
      build.onLoad({ filter: /.*/, namespace: "figures" }, () => {
        const names = readdirSync(folder, { withFileTypes: true })
          .filter(
            (entry) => entry.isDirectory() && readdirSync(join(folder, entry.name)).includes("schema.ts"),
          )
          .map((entry) => entry.name);
        const imports = names.map((name, k) => `import * as f${k} from "./${name}/schema.ts";`);
        const table = names.map((name, k) => `${JSON.stringify(name)}: f${k}`);
        return {
          contents: `${imports.join("\n")}\nexport const figures = {${table.join(",")}};`,
          resolveDir: folder,
        };
      });
    },
  };
}

const neededBy = (name: string, chunks: Record<string, string>): string[] =>
  name !== "tf" && /require\("tf"\)/.test(chunks[name]!) ? ["tf"] : [];

/** Asks every chunk which names it gives. */
async function namesOf(
  chunks: Record<string, string>,
  needs: Record<string, string[]>,
): Promise<Record<string, string>> {
  const { createNodeLibrary } = await import("./node-library.ts");
  const library = createNodeLibrary({ chunks, names: {}, needs, data: {}, seed: SEED });
  const names: Record<string, string> = {};
  for (const chunk of Object.keys(chunks)) {
    const module = await library.module(chunk);
    const given =
      module.create?.({ loadText: () => Promise.reject(new Error("no data here")), seed: SEED }) ?? {};
    for (const name of Object.keys(given)) names[name] = chunk;
  }
  return names;
}
