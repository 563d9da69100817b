/** Who may import whom: the table of rooms, the gates of packages, and what never reaches the reader's page. */
import { findChain, type Import } from "./imports.ts";

interface Room {
  /** files whose path starts so; the first room that fits is the file's */
  path: RegExp;
  /** rooms whose values it may use, besides its own */
  uses: string[];
  /** rooms from which it may take types only */
  types?: string[];
}

const NN = ["ref", "kernels", "layers", "models", "model", "train", "decode", "metrics", "words"];

/** "contract" is the plain data between rooms: types, MIME names, the error of a bad source. */
export const ROOMS: Record<string, Room> = {
  contract: {
    path: /^src\/notebook\/(lesson|cells\/parsed-cell|runtime\/(bundle|fitting-value|message))\.ts$/,
    uses: [],
  },
  util: { path: /^src\/util\//, uses: [] },
  ref: { path: /^src\/nn\/ref\//, uses: ["util"] },
  kernels: { path: /^src\/nn\/kernels\//, uses: ["ref", "util"], types: ["model"] },
  layers: { path: /^src\/nn\/layers\//, uses: ["kernels", "ref", "util"] },
  models: { path: /^src\/nn\/models\//, uses: ["layers", "kernels", "ref", "model", "util"] },
  model: { path: /^src\/nn\/(model|weights-file)\.ts$/, uses: ["util"], types: ["ref"] },
  train: { path: /^src\/nn\/train\//, uses: ["model", "ref", "util"] },
  decode: { path: /^src\/nn\/decode\//, uses: ["model", "util"] },
  metrics: { path: /^src\/nn\/metrics\//, uses: ["model", "util"] },
  words: { path: /^src\/nn\/words\//, uses: ["kernels", "ref", "train", "util"] },
  data: { path: /^src\/data\//, uses: ["util"] },
  cells: { path: /^src\/notebook\/cells\//, uses: ["contract", "util"] },
  runtime: { path: /^src\/notebook\/runtime\//, uses: ["contract", "util"], types: ["cells"] },
  worker: {
    path: /^src\/notebook\/sandbox\/worker[\w-]*\.ts$/,
    uses: ["sandbox", "cells", "runtime", "library", "contract", "util"],
  },
  sandbox: { path: /^src\/notebook\/sandbox\//, uses: ["cells", "runtime", "worker", "contract", "util"] },
  prerender: {
    path: /^src\/notebook\/prerender\//,
    uses: ["cells", "runtime", "sandbox", "worker", "library", "mdx", "data", "schema", "contract", "util"],
  },
  library: {
    path: /^src\/library\//,
    uses: [...NN, "data", "schema", "contract", "util"],
    types: ["runtime"],
  },
  schema: { path: /^components\/figures\/[\w-]+\/schema\.ts$/, uses: ["util"] },
  kit: { path: /^components\/figures\/(kit\/|[\w-]+\.tsx?$)/, uses: ["util"], types: ["contract"] },
  figure: {
    path: /^components\/figures\//,
    uses: ["kit", "ref", "util"],
    types: ["contract"],
  },
  notebook: {
    path: /^components\/notebook\//,
    uses: ["sandbox", "prerender", "exercises", "contract", "schema", "util"],
    types: ["cells", "runtime", "figure", "kit"],
  },
  exercises: {
    path: /^components\/exercises\//,
    uses: ["notebook", "prerender", "contract", "util"],
  },
  site: {
    path: /^components\/site\//,
    uses: ["notebook", "exercises", "mdx", "prerender", "data", "contract", "util"],
  },
  mdx: {
    path: /^src\/mdx\//,
    uses: ["cells", "prerender", "notebook", "exercises", "site", "contract", "util"],
    types: ["runtime"],
  },
  page: {
    path: /^src\/(pages|layouts|styles)\//,
    uses: [
      "page",
      "site",
      "notebook",
      "exercises",
      "figure",
      "kit",
      "schema",
      "mdx",
      "prerender",
      "data",
      "contract",
    ],
  },
  "content config": { path: /^src\/content\.config\.ts$/, uses: ["mdx", "util"] },
};

interface Gate {
  package: RegExp;
  /** the only files that may use its values */
  only: RegExp;
  says: string;
}

export const GATES: Gate[] = [
  {
    package: /^@tensorflow\//,
    only: /^(src\/(nn\/(kernels|layers|models|train)|library)\/|e2e\/bench\/|tools\/train-)/,
    says: "TensorFlow.js belongs to src/nn/{kernels,layers,models,train}, src/library, the benches and tools/train-*",
  },
  {
    package: /^@codemirror\//,
    only: /^components\/notebook\/editor/,
    says: "CodeMirror belongs to components/notebook/editor",
  },
  {
    package: /^(acorn|@sveltejs\/acorn-typescript)$/,
    only: /^src\/notebook\/cells\//,
    says: "the parser belongs to src/notebook/cells",
  },
  {
    package: /^@observablehq\/plot$/,
    only: /^src\/library\/plot[\w-]*\.ts$/,
    says: "Observable Plot belongs to src/library/plot*.ts",
  },
  {
    package: /^@keckelt\/tsne$/,
    only: /^src\/nn\/words\/t-sne\.ts$/,
    says: "t-SNE belongs to src/nn/words/t-sne.ts",
  },
  {
    package: /^katex$/,
    only: /^(src\/(mdx|layouts)|components\/notebook\/output)\//,
    says: "KaTeX belongs to src/mdx, its sheet to the layout, and to the notebook's maths output",
  },
  {
    package: /^esbuild$/,
    only: /^(src\/notebook\/prerender|tools)\//,
    says: "esbuild belongs to the build: src/notebook/prerender and tools",
  },
  {
    package: /^node:/,
    only: /^(src\/(mdx|pages|layouts|notebook\/prerender|data)\/|src\/content\.config\.ts|src\/notebook\/sandbox\/frame-document\.ts|src\/notebook\/runtime\/test-|components\/.*\.astro$|tools\/|e2e\/)/,
    says: "Node's modules belong to the build: this file also runs in the reader's browser",
  },
];

/** The name of a file's room; each figure is a room of its own. */
export function roomOf(file: string): string | undefined {
  const name = Object.keys(ROOMS).find((each) => ROOMS[each]!.path.test(file));
  return name === "figure" ? `figure ${file.split("/")[2]}` : name;
}

/** One sentence for every import that the tables do not allow. */
export const checkImports = (imports: Import[]): string[] =>
  imports.flatMap((each) => (each.isPackage ? checkPackage(each) : checkRooms(each)) ?? []);

function checkPackage({ file, target, isTypeOnly }: Import): string | undefined {
  const gate = GATES.find((each) => each.package.test(target));
  if (!gate || isTypeOnly || gate.only.test(file)) return undefined;
  return `${file} may not import ${target}: ${gate.says}`;
}

function checkRooms({ file, target, isTypeOnly }: Import): string | undefined {
  const from = roomOf(file);
  const to = roomOf(target);
  // a test's own helper (test-….ts) may look anywhere; so may what stands outside all rooms
  if (!from || !to || from === to || /\/test-[\w-]+\.tsx?$/.test(file)) return undefined;
  // a figure's schema and its view are one folder
  if (
    file.split("/").slice(0, 3).join("/") === target.split("/").slice(0, 3).join("/") &&
    from.startsWith("figure ")
  )
    return undefined;
  const room = ROOMS[from.split(" ")[0]!] ?? ROOMS[from]!;
  const kind = to.startsWith("figure ") ? "figure" : to;
  if (room.uses.includes(kind) || (isTypeOnly && (room.types?.includes(kind) ?? false))) return undefined;
  const may = [room.uses.join(", ") || "nothing", room.types && `types of ${room.types.join(", ")}`];
  return `${file} may not import ${target}: ${from} uses ${may.filter(Boolean).join(" and ")}`;
}

/** What a browser meets: scripts of pages and components, and the view of every figure. */
export function checkReaderPage(imports: Import[]): string[] {
  const files = new Set(imports.map((each) => each.file));
  const scripts = imports.filter((each) => each.isClient && !each.isPackage).map((each) => each.target);
  const views = [...files].filter((file) => /^components\/figures\/[\w-]+\/view\.tsx$/.test(file));
  const isBuildOnly = (target: string): boolean =>
    /^(@tensorflow\/|node:|esbuild$|src\/library\/|src\/notebook\/prerender\/|src\/nn\/(kernels|layers|models)\/)/.test(
      target,
    );
  return [...new Set([...scripts, ...views])].sort().flatMap((start) => {
    const chain = findChain(imports, [start], isBuildOnly);
    return chain ? [`${chain.join(" → ")}: the reader's page never loads ${chain.at(-1)}`] : [];
  });
}
