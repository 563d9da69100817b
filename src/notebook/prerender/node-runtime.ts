import { setImmediate as nextTurn } from "node:timers/promises";
import { Script } from "node:vm";
import { parseCell } from "../cells/parse.ts";
import { PACE_INTERVAL } from "../runtime/slots.ts";
import { Runtime } from "../runtime/runtime.ts";
import type { Locate } from "../runtime/errors.ts";
import type { CellFunction } from "../runtime/host.ts";
import type { RuntimeMessage } from "../runtime/message.ts";
import { createNodeLibrary, type NodeLibraryOptions } from "./node-library.ts";

/** Node's own globals, which no cell may lean on: the reader's page does not have them. */
const NODE_ONLY = new Set([
  "process",
  "Buffer",
  "global",
  "require",
  "module",
  "exports",
  "__filename",
  "__dirname",
]);

/** The notebook's runtime in this thread. It takes over `Math.random`: give it a thread of its own. */
export function createNodeRuntime(
  options: NodeLibraryOptions,
  post: (message: RuntimeMessage) => void,
): Runtime {
  const library = createNodeLibrary(options);
  return new Runtime({
    post,
    evaluate: (source, cell) =>
      new Script(source, { filename: `cell/${cell}.ts` }).runInThisContext() as CellFunction,
    locate,
    parse: parseCell,
    libraryNames: library.names,
    provide: (names) => library.provide(names),
    hooks: () => library.hooks,
    isGlobal: (name) => name in globalThis && !NODE_ONLY.has(name),
    pace: { interval: PACE_INTERVAL, awaitsDrawn: false, now: () => performance.now() },
    breathe: () => nextTurn(),
  });
}

const locate: Locate = (stackLine) => {
  const match = /cell\/([\w-]+)\.ts:(\d+):(\d+)/.exec(stackLine);
  return match ? { cell: match[1]!, line: Number(match[2]), column: Number(match[3]) } : undefined;
};
