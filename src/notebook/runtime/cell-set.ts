import type { CellRecord } from "./cell-record.ts";
import { ReaderError } from "./errors.ts";
import { type Graph, linkCells } from "./graph.ts";
import type { CellError, CellState, TensorCount } from "./message.ts";

/** The lesson's cells with the graph between them: who reads whom, what is up to date, which values there are. */
export class CellSet {
  readonly records: ReadonlyMap<string, CellRecord>;
  readonly graph: Graph;

  constructor(
    records: ReadonlyMap<string, CellRecord>,
    isKnown: (name: string) => boolean,
    refusal?: (name: string) => string | undefined,
  ) {
    this.records = records;
    const cells = [...records.values()].map(({ spec, parsed, problem }) => ({
      id: spec.id,
      parsed,
      problem,
      likelyOutputs: likelyOutputs(spec.source),
    }));
    this.graph = linkCells(cells, isKnown, refusal);
  }

  get(id: string): CellRecord | undefined {
    return this.records.get(id);
  }

  /** What is wrong with a cell before it runs. */
  problemOf(record: CellRecord): CellError | undefined {
    return this.graph.nodes.get(record.spec.id)?.problem;
  }

  /** The cells that this one reads directly. */
  upstream(record: CellRecord): CellRecord[] {
    return this.#all(this.graph.nodes.get(record.spec.id)?.upstream ?? []);
  }

  /** Every cell that must have run before this one. */
  allUpstream(record: CellRecord): CellRecord[] {
    return this.#all(this.graph.upstreamOf(record.spec.id));
  }

  /** Every cell that reads this one, directly or not, upstream first. */
  downstream(record: CellRecord): CellRecord[] {
    return this.#all(this.graph.downstreamOf(record.spec.id));
  }

  #all(ids: Iterable<string>): CellRecord[] {
    return [...ids].map((id) => this.records.get(id)!);
  }

  /** Of the waiting cells the first in page order of which nothing upstream is waiting. */
  firstReady(waiting: ReadonlySet<CellRecord>): CellRecord | undefined {
    const inOrder = [...waiting].sort((a, b) => a.index - b.index);
    return inOrder.find((record) => !this.allUpstream(record).some((up) => waiting.has(up))) ?? inOrder[0];
  }

  /**
   * The readers whose results show an older value of this cell, upstream first. A reader is blocked, to become stale
   * instead of running, when it runs on click only, or when it reads one that is.
   */
  readersToUpdate(record: CellRecord): { reader: CellRecord; isBlocked: boolean }[] {
    const blocked = new Set<CellRecord>();
    const isStaleClick = (up: CellRecord) => up.spec.run === "click" && up.state === "stale";
    return this.downstream(record).flatMap((reader) => {
      if (reader.spec.run === "check" || !(reader.hasRun || record.isChanged)) return [];
      // What is wrong with its names stays wrong; and a circle of cells would rerun for ever.
      if (reader.state === "error" && this.problemOf(reader)) return [];
      const waits =
        this.allUpstream(reader).some(isStaleClick) || this.upstream(reader).some((up) => blocked.has(up));
      const isBlocked = waits || reader.spec.run === "click";
      if (isBlocked) blocked.add(reader);
      return [{ reader, isBlocked }];
    });
  }

  isFresh(record: CellRecord): boolean {
    return this.#isUpToDate(record, ["done"]);
  }

  /** Fresh, or failed with what it would read again: running it once more would change nothing. */
  isSettled(record: CellRecord): boolean {
    return this.#isUpToDate(record, ["done", "error"]);
  }

  #isUpToDate(record: CellRecord, states: CellState[]): boolean {
    if (!states.includes(record.state)) return false;
    return this.upstream(record).every(
      (up) => record.used.get(up.spec.id) === up.version && this.#isUpToDate(up, states),
    );
  }

  /** True when a value of the cell may differ from the author's. */
  isChanged(record: CellRecord): boolean {
    const isMoved = [...record.controlValues].some(
      ([name, value]) => record.controls.get(name)?.spec.value !== value,
    );
    return !record.spec.isOriginal || isMoved || this.upstream(record).some((up) => up.isChanged);
  }

  visibleNames(): Record<string, unknown> {
    return Object.assign({}, ...[...this.records.values()].map((record) => record.exports));
  }

  /** The values that the cell reads from others; throws what the page shows when one is not there. */
  readInputs(record: CellRecord): Record<string, unknown> {
    record.used = new Map(this.upstream(record).map((up) => [up.spec.id, up.version]));
    const problem = this.problemOf(record);
    if (problem) throw new ReaderError(problem);
    const inputs: Record<string, unknown> = {};
    for (const name of record.parsed?.inputs ?? []) {
      const source = this.upstream(record).find((up) =>
        this.graph.nodes.get(up.spec.id)!.outputs.includes(name),
      );
      if (!source) continue;
      if (source.state !== "done" || !(name in source.exports)) throw missing(record, name, source);
      inputs[name] = source.exports[name];
    }
    return inputs;
  }

  /** Settles what the run made and what it keeps: things that upstream objects hold belong to their cells. */
  closeTokens(record: CellRecord): TensorCount | undefined {
    let kept: TensorCount | undefined;
    for (const { hooks, token } of record.tokens) {
      const owners = this.allUpstream(record).flatMap((up) => {
        const own = up.tokens.find((other) => other.hooks === hooks);
        return own ? [{ exports: up.exports, token: own.token }] : [];
      });
      hooks.after(token, owners);
      kept = hooks.count(token) ?? kept;
    }
    return kept;
  }
}

function missing(record: CellRecord, name: string, source: CellRecord): ReaderError {
  const { id } = source.spec;
  const failed = source.state === "error" || source.problem;
  return new ReaderError({
    name: "UpstreamError",
    kind: "upstream",
    message: `\`${name}\` has no value, because cell \`${id}\` ${failed ? "failed" : "has not finished"}.`,
    hint: failed ? `Mend cell \`${id}\` first.` : `Run cell \`${id}\` first.`,
    position: record.parsed?.inputPositions[name],
    cells: [id],
  });
}

/** Names that a source with a syntax error seems to declare: their readers wait for it, instead of not knowing them. */
function likelyOutputs(source: string): string[] {
  const declarations = source.matchAll(
    /^(?:const|let|var|function\*?|async function\*?|class)\s+([A-Za-z_$][\w$]*)/gm,
  );
  return [...declarations].map((match) => match[1]!);
}
