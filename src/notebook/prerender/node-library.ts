import { Script } from "node:vm";
import { LibraryLoader } from "../runtime/library-loader.ts";

export interface NodeLibraryOptions {
  /** code of each chunk by name */
  chunks: Record<string, string>;
  names: Record<string, string>;
  needs: Record<string, readonly string[]>;
  /** data files by name */
  data: Record<string, string>;
  seed: number;
}

/** The library as the page loads it, from the same texts, in Node. */
export function createNodeLibrary(options: NodeLibraryOptions): LibraryLoader {
  const library: LibraryLoader = new LibraryLoader({
    names: options.names,
    needs: options.needs,
    load: async (chunk) => options.chunks[chunk]!,
    evaluate: (code, chunk) => {
      Object.assign(globalThis, { __unrolledDefine: library.define });
      new Script(code, { filename: `library/${chunk}.js` }).runInThisContext();
    },
    host: {
      seed: options.seed,
      loadText: async (name) => {
        const text = options.data[name];
        if (text === undefined) throw new Error(`There is no data file "${name}" in this course.`);
        return text;
      },
    },
  });
  return library;
}
