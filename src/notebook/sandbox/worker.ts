import { PACE_INTERVAL } from "../runtime/slots.ts";
import type { Locate } from "../runtime/errors.ts";
import type { CellFunction } from "../runtime/host.ts";
import { LibraryLoader } from "../runtime/library-loader.ts";
import type { ParsedCell } from "../cells/parsed-cell.ts";
import type { PageMessage } from "../runtime/message.ts";
import { Runtime } from "../runtime/runtime.ts";
import { macrotasks } from "./macrotasks.ts";
import { refusal, takeHost, type WorkerHost } from "./worker-walls.ts";
import { Requests } from "./requests.ts";

/** Entry of the worker in which cells run: the runtime, with the page behind the frame as its only world. */
interface WorkerGlobal {
  $cell?: CellFunction;
  __unrolledDefine?: unknown;
  requestAnimationFrame?: unknown;
  setImmediate?: unknown;
}
const scope = self as unknown as WorkerGlobal;

/** Put in by the bundler: which library part gives which name. */
declare const __UNROLLED_LIBRARY__: {
  names: Record<string, string>;
  needs: Record<string, string[]>;
  seed: number;
};

function start(host: WorkerHost): void {
  const breathe = macrotasks();
  // TensorFlow.js waits for a frame between batches, which stands still in a hidden tab: it takes this instead.
  Object.assign(scope, {
    requestAnimationFrame: undefined,
    setImmediate: (run: () => void) => void breathe().then(run),
  });
  const requests = new Requests(host.post);
  const scripts = new Map<string, string>();
  const load = (code: string) => {
    const url = host.createUrl(code);
    host.importScripts(url);
    host.revokeUrl(url);
    return url;
  };
  const { names, needs, seed } = __UNROLLED_LIBRARY__;
  const library = new LibraryLoader({
    names,
    needs,
    load: async (chunk) => (await requests.ask("library", chunk)).code ?? "",
    evaluate: (code) => void load(code),
    host: {
      loadText: async (name) => new TextDecoder().decode((await requests.ask("data", name)).bytes),
      seed,
    },
  });
  scope.__unrolledDefine = library.define;
  const locate: Locate = (text) => {
    const match = /(blob:[^\s)]+?):(\d+):(\d+)/.exec(text);
    const cell = match && scripts.get(match[1]!);
    return cell ? { cell, line: Number(match[2]), column: Number(match[3]) } : undefined;
  };
  const runtime = new Runtime({
    post: host.post,
    locate,
    breathe,
    pace: { interval: PACE_INTERVAL, awaitsDrawn: true, now: () => performance.now() },
    isGlobal: (name) => name in self,
    refusal,
    libraryNames: library.names,
    provide: (wanted) => library.provide(wanted),
    hooks: () => library.hooks,
    evaluate(source, cell) {
      const url = load(`self.$cell=${source}`);
      scripts.set(url, cell);
      const code = scope.$cell!;
      delete scope.$cell;
      return code;
    },
    async parse(source): Promise<ParsedCell> {
      const { parseCell } = (await library.module("parser")) as { parseCell?(text: string): ParsedCell };
      return parseCell!(source);
    },
  });
  host.listen((message: PageMessage) => {
    if (message.type === "supply") requests.answer(message);
    else void runtime.receive(message);
  });
  host.post({ type: "ready", version: 1 });
}

start(takeHost());
