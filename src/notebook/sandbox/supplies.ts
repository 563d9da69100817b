import type { SandboxManifest } from "../lesson.ts";
import type { PageMessage, RuntimeMessage } from "../runtime/message.ts";

type Need = Extract<RuntimeMessage, { type: "need" }>;
type Supply = Extract<PageMessage, { type: "supply" }>;

export interface SuppliesOptions {
  manifest: SandboxManifest;
  /** the site's base path, ending in "/" */
  base: string;
  fetch(url: string): Promise<Response>;
}

export interface Supplies {
  frameUrl: string;
  /** the worker's script */
  runtime(): Promise<string>;
  /** the answer to a need: a file that the manifest names, or an error that says why not */
  answer(need: Need): Promise<Supply>;
}

/** Fetches what the worker may have. The manifest is the whole list: a worker names things, never addresses. */
export function createSupplies({ manifest, base, fetch }: SuppliesOptions): Supplies {
  const kept = new Map<string, Promise<unknown>>();

  /** Fetches a file once; a failure is forgotten, so that the next try is a real one. */
  function load<T>(url: string, what: string, read: (response: Response) => Promise<T>): Promise<T> {
    const known = kept.get(url);
    if (known) return known as Promise<T>;
    const loading = get(base + url, what, fetch).then(read);
    loading.catch(() => kept.delete(url));
    kept.set(url, loading);
    return loading;
  }

  async function find({ kind, name }: Need): Promise<Partial<Supply>> {
    if (kind === "library" && Object.hasOwn(manifest.libraries, name)) {
      return {
        code: await load(manifest.libraries[name].url, `The library "${name}"`, (file) => file.text()),
      };
    }
    if (kind === "data" && Object.hasOwn(manifest.data, name)) {
      return {
        bytes: await load(manifest.data[name], `The data file "${name}"`, (file) => file.arrayBuffer()),
      };
    }
    return {
      error: unknownName(kind, name, Object.keys(kind === "data" ? manifest.data : manifest.libraries)),
    };
  }

  return {
    frameUrl: base + manifest.frame,
    runtime: () => load(manifest.runtime, "The program that runs the cells", (file) => file.text()),
    async answer(need) {
      const found = await find(need).catch((error: unknown) => ({ error: String((error as Error).message) }));
      return { type: "supply", request: need.request, ...found };
    },
  };
}

function unknownName(kind: "library" | "data", name: string, known: string[]): string {
  const noun = kind === "data" ? "data file" : "library";
  const list = known.length > 0 ? `It has: ${known.sort().join(", ")}.` : "It has none.";
  return `This course has no ${noun} named "${name}". ${list}`;
}

async function get(url: string, what: string, fetch: SuppliesOptions["fetch"]): Promise<Response> {
  const response = await fetch(url).catch(() => null);
  if (response?.ok) return response;
  const came = response ? `the server answered ${response.status}` : "the network gave no answer";
  throw new Error(`${what} could not be loaded: ${came} for ${url}. Check the connection, then run again.`);
}
