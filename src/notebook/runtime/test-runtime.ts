import { collect } from "../prerender/run-lesson.ts";
import { createNodeRuntime } from "../prerender/node-runtime.ts";
import type { CellSpec, CellState, PageMessage, PrerenderedCell, RuntimeMessage } from "./message.ts";

/** A notebook for tests: the real runtime in this process, with everything it said. */
export interface TestNotebook {
  messages: RuntimeMessage[];
  run(cells?: string[] | "all" | "stale"): Promise<void>;
  edit(sources: Record<string, string>): Promise<void>;
  input(cell: string, name: string, value: number | string | boolean): Promise<void>;
  receive(message: PageMessage): Promise<void>;
  stop(cell?: string): void;
  dispose(): void;
  cell(id: string): PrerenderedCell;
  /** what the cell displays as its value */
  shown(id: string): string | undefined;
  states(id: string): CellState[];
  /** cells in the order in which they started to run */
  order(): string[];
  forget(): void;
}

export interface TestCell {
  source: string;
  run?: CellSpec["run"];
}

export async function testNotebook(cells: Record<string, string | TestCell>): Promise<TestNotebook> {
  const messages: RuntimeMessage[] = [];
  const collected: Record<string, PrerenderedCell> = {};
  const library = { chunks: {}, names: {}, needs: {}, data: {}, seed: 1 };
  const runtime = createNodeRuntime(library, (message) => {
    messages.push(message);
    collect(collected, message);
  });
  let specs: CellSpec[] = Object.entries(cells).map(([id, cell]) => ({
    id,
    source: typeof cell === "string" ? cell : cell.source,
    run: typeof cell === "string" ? "auto" : (cell.run ?? "auto"),
    isOriginal: true,
  }));
  await runtime.setCells(specs, 1);
  return {
    messages,
    run: (wanted = "all") => runtime.run(wanted),
    edit: (sources) => {
      specs = specs.map((spec) =>
        spec.id in sources ? { ...spec, source: sources[spec.id]!, isOriginal: false } : spec,
      );
      return runtime.setCells(specs, 1);
    },
    input: (cell, name, value) => runtime.setInput(cell, name, value),
    receive: (message) => runtime.receive(message),
    stop: (cell) => runtime.stop(cell),
    dispose: () => runtime.dispose(),
    cell: (id) => collected[id]!,
    shown: (id) => collected[id]?.outputs.find((output) => output.slot === "value")?.bundle["text/plain"],
    states: (id) => messages.flatMap((m) => (m.type === "state" && m.cell === id ? [m.state] : [])),
    order: () => messages.flatMap((m) => (m.type === "state" && m.state === "running" ? [m.cell] : [])),
    forget: () => void messages.splice(0),
  };
}
