import type { LessonCell, LessonPageData } from "#src/notebook/lesson.ts";
import type { ParsedCell } from "#src/notebook/cells/parsed-cell.ts";
import type { InputValue } from "#src/notebook/runtime/bundle.ts";
import type {
  CellError,
  CellSpec,
  GraphNode,
  RuntimeMessage,
  StaleReason,
} from "#src/notebook/runtime/message.ts";
import { isCellMessage, reduceCell, restartedRun, restingRun } from "./cell-state.ts";
import type { CellRun } from "./cell-state.ts";

/** What the page knows of a lesson: sources, control values, and each cell's runs. No DOM. */
export interface LessonModel {
  readonly cells: readonly LessonCell[];
  cell(id: string): LessonCell | undefined;
  run(id: string): CellRun;
  source(id: string): string;
  isEdited(id: string): boolean;
  /** errors to mark in the editor: of the last run, else what is wrong before any run */
  errors(id: string): CellError[];
  setSource(id: string, source: string): void;
  input(id: string, name: string): InputValue | undefined;
  setInput(id: string, name: string, value: InputValue): void;
  clearInputs(): void;
  /** marks cells that were asked for as waiting, so that the page answers at once */
  await(ids: readonly string[]): void;
  setStale(id: string, why: StaleReason): void;
  /** the cells that a message changed */
  receive(message: RuntimeMessage, now: number): string[];
  restart(): void;
  /** what the runtime is told of the cells */
  specs(): CellSpec[];
  /** names that other cells define, for completion */
  namesFor(id: string): string[];
  idsIn(...states: CellRun["state"][]): string[];
}

export function createModel(data: LessonPageData): LessonModel {
  const cells = new Map(data.cells.map((cell) => [cell.id, cell]));
  const sources = new Map(data.cells.map((cell) => [cell.id, cell.source]));
  const runs = new Map(data.cells.map((cell) => [cell.id, restingRun()]));
  const inputs = new Map<string, Record<string, InputValue>>();
  const parses = new Map<string, { source: string; parsed: ParsedCell }>();
  const nodes = new Map<string, GraphNode>();
  for (const { id, source, parsed } of data.cells) if (parsed) parses.set(id, { source, parsed });

  const run = (id: string): CellRun => runs.get(id) ?? restingRun();
  const isEdited = (id: string): boolean => sources.get(id) !== cells.get(id)?.source;
  const change = (id: string, next: Partial<CellRun>): void => void runs.set(id, { ...run(id), ...next });

  function spec(cell: LessonCell): CellSpec {
    const source = sources.get(cell.id) ?? cell.source;
    const known = parses.get(cell.id);
    const values = inputs.get(cell.id);
    return {
      id: cell.id,
      source,
      run: cell.run,
      isOriginal: source === cell.source,
      ...(known?.source === source ? { parsed: known.parsed } : {}),
      ...(values ? { inputs: values } : {}),
    };
  }

  function receiveGraph(graph: GraphNode[]): string[] {
    nodes.clear();
    for (const node of graph) nodes.set(node.id, node);
    return graph.map((node) => node.id);
  }

  return {
    cells: data.cells,
    cell: (id) => cells.get(id),
    run,
    source: (id) => sources.get(id) ?? "",
    isEdited,
    errors(id) {
      const error = run(id).error ?? nodes.get(id)?.problem;
      return error ? [error] : [];
    },
    setSource(id, source) {
      if (!cells.has(id) || sources.get(id) === source) return;
      sources.set(id, source);
      const { state, isLive, why } = run(id);
      if (state === "running" || state === "waiting") return;
      if (isEdited(id) || isLive) change(id, { state: "stale", why: { kind: "edited" } });
      else if (why?.kind === "edited") change(id, { state: "idle", why: undefined });
    },
    input: (id, name) => inputs.get(id)?.[name],
    setInput(id, name, value) {
      if (cells.has(id)) inputs.set(id, { ...inputs.get(id), [name]: value });
    },
    clearInputs: () => inputs.clear(),
    await(ids) {
      for (const id of ids) if (run(id).state !== "running") change(id, { state: "waiting" });
    },
    setStale(id, why) {
      if (cells.has(id)) change(id, { state: "stale", why });
    },
    receive(message, now) {
      if (message.type === "graph") return receiveGraph(message.cells);
      if (message.type === "parsed") {
        parses.set(message.cell, { source: message.source, parsed: message.parsed });
        return [];
      }
      if (!isCellMessage(message) || !cells.has(message.cell)) return [];
      const before = run(message.cell);
      const after = reduceCell(before, message, now);
      runs.set(message.cell, after);
      return after === before ? [] : [message.cell];
    },
    restart() {
      for (const [id, one] of runs) runs.set(id, restartedRun(one));
    },
    specs: () => data.cells.map(spec),
    namesFor(id) {
      const others = data.cells.filter((cell) => cell.id !== id && cell.kind !== "check");
      const names = others.flatMap(
        (cell) => nodes.get(cell.id)?.outputs ?? parses.get(cell.id)?.parsed.outputs ?? [],
      );
      return [...new Set(names)];
    },
    idsIn: (...states) =>
      data.cells.filter((cell) => states.includes(run(cell.id).state)).map((cell) => cell.id),
  };
}
