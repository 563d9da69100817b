import type { PageMessage, RuntimeMessage } from "../runtime/message.ts";
import { encodeMessage } from "./wire.ts";

/**
 * Names that a cell may not use, each with the reason and the next move. The wall itself is the frame's policy
 * (`connect-src 'none'`) and the worker's opaque origin; this only says it in words, before the browser does.
 */
const REASONS: [names: string[], reason: string][] = [
  [
    [
      "fetch",
      "XMLHttpRequest",
      "WebSocket",
      "WebSocketStream",
      "WebTransport",
      "EventSource",
      "RTCPeerConnection",
    ],
    "a lesson's code cannot reach the network. Use data.* or input.file for data.",
  ],
  [
    ["localStorage", "sessionStorage", "indexedDB", "caches", "cookieStore"],
    "a lesson's code cannot store anything in the browser. Keep values in the names of cells; the page keeps your edits.",
  ],
  [
    ["window", "document", "parent", "top", "opener", "frameElement"],
    "code runs in a worker, apart from the page. Use display(…) to show something.",
  ],
  [
    ["alert", "confirm", "prompt"],
    "code runs in a worker, apart from the page. Use display(…) to show something and input.* to ask for something.",
  ],
  [
    ["Worker", "SharedWorker", "BroadcastChannel", "importScripts"],
    "a lesson runs in one worker, which Stop can end, and it starts no other code. " +
      "Long work may stay in the cell: the page goes on meanwhile.",
  ],
  [
    ["postMessage", "close"],
    "the worker belongs to the notebook. Use display(…) to show something; Stop and Restart end a run.",
  ],
];

/** Why cells cannot use this global, as a sentence for the reader; undefined for every other name. */
export function refusal(name: string): string | undefined {
  const entry = REASONS.find(([names]) => names.includes(name));
  return entry && `${name} is not available in cells: ${entry[1]}`;
}

/** What the runtime's entry may do that cells may not. */
export interface WorkerHost {
  post(message: RuntimeMessage): void;
  listen(handler: (message: PageMessage) => void): void;
  /** a blob URL for a classic script: stack frames name it */
  createUrl(code: string): string;
  revokeUrl(url: string): void;
  importScripts(url: string): void;
}

/** The part of a worker's global scope that is taken; tests bring their own. */
export interface WorkerScope {
  postMessage(message: string): void;
  importScripts(url: string): void;
  addEventListener(type: "message", handler: (event: MessageEvent) => void): void;
}

/**
 * Takes the worker's powers for the runtime, then puts a wall in the place of each. Call it first in the worker's
 * entry, once, before any code of a reader runs.
 *
 * Only globals that exist are walled: `typeof document` must stay "undefined" for libraries. For the names that
 * are missing the runtime asks `refusal` when it reports an undefined name.
 */
export function takeHost(scope: WorkerScope = self as unknown as WorkerScope): WorkerHost {
  const post = scope.postMessage.bind(scope);
  const importScripts = scope.importScripts.bind(scope);
  const listen = scope.addEventListener.bind(scope);
  const createObjectURL = URL.createObjectURL.bind(URL);
  const revokeUrl = URL.revokeObjectURL.bind(URL);
  buildWalls(scope);
  return {
    post: (message) => post(encodeMessage(message)),
    listen: (handler) => listen("message", (event) => handler(event.data as PageMessage)),
    createUrl: (code) => createObjectURL(new Blob([code], { type: "text/javascript" })),
    revokeUrl,
    importScripts,
  };
}

function buildWalls(scope: object): void {
  for (const name of REASONS.flatMap(([names]) => names)) {
    if (!(name in scope)) continue;
    removeInherited(scope, name);
    Object.defineProperty(scope, name, { value: wall(refusal(name)!), configurable: false, writable: false });
  }
}

/** Some engines keep the worker's methods on its prototypes, where they could be borrowed. */
function removeInherited(scope: object, name: string): void {
  for (let proto = Object.getPrototypeOf(scope); proto; proto = Object.getPrototypeOf(proto)) {
    if (Object.hasOwn(proto, name)) Reflect.deleteProperty(proto, name);
  }
}

/** Still of type "function", so that a library may look at it; every use throws. */
function wall(message: string): object {
  const refuse = () => {
    throw new Error(message);
  };
  return new Proxy(function () {}, {
    apply: refuse,
    construct: refuse,
    get: (target, key) =>
      typeof key === "symbol" || key === "prototype" ? Reflect.get(target, key) : refuse(),
    set: refuse,
  });
}
