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

export const createModel = (data: LessonPageData): LessonModel => new PageModel(data);

class PageModel implements LessonModel {
  readonly cells: readonly LessonCell[];
  readonly #cells: Map<string, LessonCell>;
  readonly #sources: Map<string, string>;
  readonly #runs: Map<string, CellRun>;
  readonly #inputs = new Map<string, Record<string, InputValue>>();
  readonly #parses = new Map<string, { source: string; parsed: ParsedCell }>();
  #nodes = new Map<string, GraphNode>();

  constructor({ cells }: LessonPageData) {
    this.cells = cells;
    this.#cells = new Map(cells.map((cell) => [cell.id, cell]));
    this.#sources = new Map(cells.map((cell) => [cell.id, cell.source]));
    this.#runs = new Map(cells.map((cell) => [cell.id, restingRun()]));
    for (const { id, source, parsed } of cells) if (parsed) this.#parses.set(id, { source, parsed });
  }

  cell(id: string): LessonCell | undefined {
    return this.#cells.get(id);
  }

  run(id: string): CellRun {
    return this.#runs.get(id) ?? restingRun();
  }

  source(id: string): string {
    return this.#sources.get(id) ?? "";
  }

  isEdited(id: string): boolean {
    return this.#sources.get(id) !== this.#cells.get(id)?.source;
  }

  errors(id: string): CellError[] {
    const error = this.run(id).error ?? this.#nodes.get(id)?.problem;
    return error ? [error] : [];
  }

  setSource(id: string, source: string): void {
    if (!this.#cells.has(id) || this.#sources.get(id) === source) return;
    this.#sources.set(id, source);
    const { state, isLive, why } = this.run(id);
    if (state === "running" || state === "waiting") return;
    if (this.isEdited(id) || isLive) this.setStale(id, { kind: "edited" });
    else if (why?.kind === "edited") this.#change(id, { state: "idle", why: undefined });
  }

  input(id: string, name: string): InputValue | undefined {
    return this.#inputs.get(id)?.[name];
  }

  setInput(id: string, name: string, value: InputValue): void {
    if (this.#cells.has(id)) this.#inputs.set(id, { ...this.#inputs.get(id), [name]: value });
  }

  clearInputs(): void {
    this.#inputs.clear();
  }

  await(ids: readonly string[]): void {
    for (const id of ids) if (this.run(id).state !== "running") this.#change(id, { state: "waiting" });
  }

  setStale(id: string, why: StaleReason): void {
    if (this.#cells.has(id)) this.#change(id, { state: "stale", why });
  }

  receive(message: RuntimeMessage, now: number): string[] {
    if (message.type === "graph") {
      this.#nodes = new Map(message.cells.map((node) => [node.id, node]));
      return [...this.#nodes.keys()];
    }
    if (message.type === "parsed") {
      this.#parses.set(message.cell, { source: message.source, parsed: message.parsed });
      return [];
    }
    if (!isCellMessage(message) || !this.#cells.has(message.cell)) return [];
    const before = this.run(message.cell);
    const after = reduceCell(before, message, now);
    this.#runs.set(message.cell, after);
    return after === before ? [] : [message.cell];
  }

  restart(): void {
    for (const [id, one] of this.#runs) this.#runs.set(id, restartedRun(one));
  }

  specs(): CellSpec[] {
    return this.cells.map((cell) => {
      const source = this.source(cell.id);
      const known = this.#parses.get(cell.id);
      const inputs = this.#inputs.get(cell.id);
      return {
        id: cell.id,
        source,
        run: cell.run,
        isOriginal: source === cell.source,
        ...(known?.source === source ? { parsed: known.parsed } : {}),
        ...(inputs ? { inputs } : {}),
      };
    });
  }

  namesFor(id: string): string[] {
    const others = this.cells.filter((cell) => cell.id !== id && cell.kind !== "check");
    const namesOf = ({ id: other }: LessonCell): string[] =>
      this.#nodes.get(other)?.outputs ?? this.#parses.get(other)?.parsed.outputs ?? [];
    return [...new Set(others.flatMap(namesOf))];
  }

  idsIn(...states: CellRun["state"][]): string[] {
    return this.cells.filter(({ id }) => states.includes(this.run(id).state)).map(({ id }) => id);
  }

  #change(id: string, next: Partial<CellRun>): void {
    this.#runs.set(id, { ...this.run(id), ...next });
  }
}
