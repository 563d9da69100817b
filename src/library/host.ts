/** What a library file's `create` gets from the notebook that it serves. */
export type { LibraryHost } from "#src/notebook/runtime/library-loader.ts";
