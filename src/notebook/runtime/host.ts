import type { ParsedCell } from "../cells/parsed-cell.ts";
import type { Locate } from "./errors.ts";
import type { RuntimeMessage, TensorCount } from "./message.ts";
import type { Pace } from "./slots.ts";

/** A cell's evaluated text: called with the values of its parameters, it runs once. */
export type CellFunction = (...values: unknown[]) => Promise<unknown> | AsyncGenerator<unknown, unknown>;

/** Bookkeeping around each run, for things that outlive it: tensors are freed when their cell runs again. */
export interface RunHooks {
  /** a run starts; the token stays with the cell until `dispose` */
  before(cell: string): unknown;
  /** the run is over; what upstream objects hold now belongs to their cells' tokens */
  after(token: unknown, upstream: { exports: Record<string, unknown>; token: unknown }[]): void;
  /** frees what the token's run made */
  dispose(token: unknown): void;
  count(token: unknown): TensorCount | undefined;
}

/** What the runtime needs from the place where it runs: a worker in the page, or Node at build. */
export interface RuntimeHost {
  post(message: RuntimeMessage): void;
  /** evaluates an expression that is one function */
  evaluate(source: string, cell: string): CellFunction | Promise<CellFunction>;
  locate: Locate;
  parse(source: string): ParsedCell | Promise<ParsedCell>;
  /** the names that the library gives */
  libraryNames: ReadonlySet<string>;
  /** the values of library names, and the hooks of the chunks they came from */
  provide(names: string[]): Promise<Record<string, unknown>>;
  hooks(): readonly RunHooks[];
  /** true for JavaScript's own globals that a cell may use */
  isGlobal(name: string): boolean;
  /** why a cell cannot use a name that it might expect to be there */
  refusal?(name: string): string | undefined;
  pace: Pace;
  /** gives the event loop a turn, so that Stop and inputs are heard */
  breathe(): Promise<void>;
}
