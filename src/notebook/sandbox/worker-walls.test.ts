import { expect, test } from "vitest";
import type { PageMessage } from "../runtime/message.ts";
import { refusal, takeHost, type WorkerScope } from "./worker-walls.ts";

type Handler = (event: MessageEvent) => void;

/** A worker's scope as browsers have it: some powers on the object itself, some on its prototype. */
function fakeScope() {
  const posted: string[] = [];
  const ran: string[] = [];
  const handlers: Handler[] = [];
  const prototype = {
    importScripts: (url: string) => ran.push(url),
    addEventListener: (_type: string, handler: Handler) => handlers.push(handler),
  };
  const scope = Object.assign(Object.create(prototype), {
    postMessage: (message: string) => posted.push(message),
    fetch: () => "network",
    WebSocket: class {},
    Worker: class {},
    indexedDB: { open: () => "storage" },
    caches: {},
    close: () => "closed",
  });
  return {
    scope: scope as WorkerScope & Record<string, (...x: unknown[]) => unknown>,
    prototype,
    posted,
    ran,
    handlers,
  };
}

test("the runtime keeps the powers that it took", () => {
  const { scope, posted, ran, handlers } = fakeScope();
  const host = takeHost(scope);
  host.post({ type: "idle" });
  host.importScripts("blob:x");
  const heard: PageMessage[] = [];
  host.listen((message) => heard.push(message));
  for (const handler of handlers) handler({ data: { type: "stop" } } as MessageEvent);
  expect(posted).toEqual(['+idle\t\t\t\n{"type":"idle"}']);
  expect(ran).toEqual(["blob:x"]);
  expect(heard).toEqual([{ type: "stop" }]);
});

test("a cell that tries the network, storage or other workers is told why not", () => {
  const { scope } = fakeScope();
  takeHost(scope);
  const network =
    "is not available in cells: a lesson's code cannot reach the network. Use data.* or input.file for data.";
  expect(() => scope.fetch("x")).toThrow(`fetch ${network}`);
  expect(() => Reflect.construct(scope.WebSocket, [])).toThrow(`WebSocket ${network}`);
  expect(() => (scope.indexedDB as unknown as IDBFactory).open("x")).toThrow(
    "indexedDB is not available in cells: a lesson's code cannot store anything in the browser. " +
      "Keep values in the names of cells; the page keeps your edits.",
  );
  expect(() => scope.importScripts("x")).toThrow(
    "importScripts is not available in cells: a lesson runs in one worker, which Stop can end, and it starts no " +
      "other code. Long work may stay in the cell: the page goes on meanwhile.",
  );
  expect(() => scope.close()).toThrow(
    "close is not available in cells: the worker belongs to the notebook. " +
      "Use display(…) to show something; Stop and Restart end a run.",
  );
});

test("a wall cannot be taken down or walked around", () => {
  const { scope, prototype } = fakeScope();
  takeHost(scope);
  expect(Reflect.deleteProperty(scope, "fetch")).toBe(false);
  expect(Reflect.set(scope, "fetch", () => 1)).toBe(false);
  expect(() => Object.defineProperty(scope, "fetch", { value: () => 1 })).toThrow(TypeError);
  expect(prototype).not.toHaveProperty("importScripts");
});

test("a library may still ask whether a name exists", () => {
  const { scope } = fakeScope();
  takeHost(scope);
  expect(typeof scope.fetch).toBe("function");
  expect(typeof scope.document).toBe("undefined");
  expect([] instanceof (scope.Worker as unknown as typeof Object)).toBe(false);
});

test("names that a worker does not have are explained too", () => {
  const apart = "is not available in cells: code runs in a worker, apart from the page.";
  expect(refusal("document")).toBe(`document ${apart} Use display(…) to show something.`);
  expect(refusal("parent")).toBe(`parent ${apart} Use display(…) to show something.`);
  expect(refusal("prompt")).toBe(
    `prompt ${apart} Use display(…) to show something and input.* to ask for something.`,
  );
  expect(refusal("localStorage")).toMatch(/^localStorage is not available in cells: .* cannot store/);
  expect(refusal("loss")).toBeUndefined();
  expect(refusal("constructor")).toBeUndefined();
});
