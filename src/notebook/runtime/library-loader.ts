import type { RunHooks } from "./host.ts";

/** What a library chunk's module exports: the names it gives, made for one notebook. */
export interface LibraryModule {
  create?(host: LibraryHost): Record<string, unknown>;
  hooks?(): RunHooks;
}

/** What the library gets from the notebook that it serves. */
export interface LibraryHost {
  /** the text of a data file that the site ships */
  loadText(name: string): Promise<string>;
  seed: number;
}

/** A chunk's text defines one CommonJS module by calling this function. */
export type Define = (name: string, factory: ModuleFactory) => void;
type ModuleFactory = (
  module: { exports: LibraryModule },
  exports: LibraryModule,
  require: (name: string) => unknown,
) => void;

export interface LibraryLoaderOptions {
  /** which chunk gives a name */
  names: Record<string, string>;
  /** which chunks a chunk needs first */
  needs: Record<string, readonly string[]>;
  /** the chunk's text */
  load(chunk: string): Promise<string>;
  /** evaluates a chunk's text, which calls `define` */
  evaluate(code: string, chunk: string): void;
  host: LibraryHost;
}

/** Loads library chunks when a cell first reads one of their names. */
export class LibraryLoader {
  readonly #options: LibraryLoaderOptions;
  readonly #modules = new Map<string, Promise<LibraryModule>>();
  readonly #factories = new Map<string, ModuleFactory>();
  readonly #values: Record<string, unknown> = {};
  readonly #hooks: RunHooks[] = [];

  constructor(options: LibraryLoaderOptions) {
    this.#options = options;
  }

  readonly define: Define = (name, factory) => void this.#factories.set(name, factory);

  get names(): ReadonlySet<string> {
    return new Set(Object.keys(this.#options.names));
  }

  get hooks(): readonly RunHooks[] {
    return this.#hooks;
  }

  /** The values of these names; loads what is not there yet. */
  async provide(names: string[]): Promise<Record<string, unknown>> {
    const chunks = new Set(
      names.map((name) => this.#options.names[name]).filter((chunk) => chunk !== undefined),
    );
    for (const chunk of chunks) await this.module(chunk);
    return Object.fromEntries(
      names.filter((name) => name in this.#values).map((name) => [name, this.#values[name]]),
    );
  }

  /** A chunk's module, loaded once; a failed load may be tried again. */
  module(chunk: string): Promise<LibraryModule> {
    const known = this.#modules.get(chunk);
    if (known) return known;
    const loading = this.#load(chunk);
    this.#modules.set(chunk, loading);
    loading.catch(() => this.#modules.delete(chunk));
    return loading;
  }

  async #load(chunk: string): Promise<LibraryModule> {
    const needed = new Map<string, LibraryModule>();
    const code = this.#options.load(chunk);
    for (const name of this.#options.needs[chunk] ?? []) needed.set(name, await this.module(name));
    this.#options.evaluate(await code, chunk);
    const factory = this.#factories.get(chunk);
    if (!factory) throw new Error(`The library part "${chunk}" did not load.`);
    const module = { exports: {} as LibraryModule };
    factory(module, module.exports, (name) => needed.get(name));
    Object.assign(this.#values, module.exports.create?.(this.#options.host));
    if (module.exports.hooks) this.#hooks.push(module.exports.hooks());
    return module.exports;
  }
}
