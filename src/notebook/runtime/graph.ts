import type { ParsedCell, Position } from "../cells/parsed-cell.ts";
import { suggestName } from "#src/util/suggest-name.ts";
import type { CellError, GraphNode } from "./message.ts";

/** One cell as the graph sees it: its names, or the error that its source has. */
export interface GraphCell {
  id: string;
  parsed?: ParsedCell;
  problem?: CellError;
  /** of a source that does not parse: the names that it seems to declare */
  likelyOutputs?: string[];
}

/** Which cell reads which, by names, with what is wrong before anything runs. */
export interface Graph {
  nodes: Map<string, GraphNode>;
  /** every cell that must have run before this one, in no order, without itself */
  upstreamOf(id: string): Set<string>;
  /** every cell that reads this one, directly or not, upstream before downstream */
  downstreamOf(id: string): string[];
}

/**
 * Links cells by the names that they define and read.
 *
 * @param cells in page order
 * @param isKnown whether a name is given by the library, the notebook or JavaScript
 */
export function linkCells(
  cells: GraphCell[],
  isKnown: (name: string) => boolean,
  refusal: (name: string) => string | undefined = () => undefined,
): Graph {
  const definers = collectDefiners(cells);
  const nodes = new Map<string, GraphNode>();
  for (const cell of cells) {
    const inputs = cell.parsed?.inputs ?? [];
    const upstream = unique(inputs.flatMap((name) => definers.get(name) ?? [])).filter(
      (id) => id !== cell.id,
    );
    nodes.set(cell.id, {
      id: cell.id,
      inputs,
      outputs: outputsOf(cell),
      upstream,
      downstream: [],
      problem: cell.problem,
    });
  }
  for (const node of nodes.values()) for (const id of node.upstream) nodes.get(id)?.downstream.push(node.id);
  const parsed = new Map(cells.map((cell) => [cell.id, cell.parsed]));
  markDuplicates(nodes, definers, parsed);
  markCycles(nodes, parsed);
  markUndefined(nodes, parsed, { isDefined: (name) => definers.has(name) || isKnown(name), refusal });
  return {
    nodes,
    upstreamOf: (id) => reach(nodes, id, "upstream"),
    downstreamOf: (id) => orderedDownstream(nodes, id),
  };
}

const outputsOf = (cell: GraphCell): string[] => cell.parsed?.outputs ?? cell.likelyOutputs ?? [];

function collectDefiners(cells: GraphCell[]): Map<string, string[]> {
  const definers = new Map<string, string[]>();
  for (const cell of cells)
    for (const name of outputsOf(cell)) definers.set(name, [...(definers.get(name) ?? []), cell.id]);
  return definers;
}

function reach(nodes: Map<string, GraphNode>, id: string, side: "upstream" | "downstream"): Set<string> {
  const found = new Set<string>();
  const waiting = [id];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const other of nodes.get(next)?.[side] ?? [])
      if (!found.has(other) && other !== id) {
        found.add(other);
        waiting.push(other);
      }
  return found;
}

function orderedDownstream(nodes: Map<string, GraphNode>, id: string): string[] {
  const affected = reach(nodes, id, "downstream");
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (cell: string) => {
    if (seen.has(cell)) return;
    seen.add(cell);
    for (const up of nodes.get(cell)?.upstream ?? []) if (affected.has(up)) visit(up);
    order.push(cell);
  };
  for (const cell of nodes.keys()) if (affected.has(cell)) visit(cell);
  return order;
}

function markDuplicates(
  nodes: Map<string, GraphNode>,
  definers: Map<string, string[]>,
  parsed: Map<string, ParsedCell | undefined>,
): void {
  for (const [name, ids] of definers) {
    if (ids.length < 2) continue;
    for (const id of ids) {
      const position = parsed.get(id)?.outputPositions[name];
      const others = ids
        .filter((other) => other !== id)
        .map((other) => place(other, parsed.get(other)?.outputPositions[name]));
      setProblem(nodes, id, {
        name: "DuplicateDefinition",
        kind: "duplicate",
        message: `\`${name}\` is defined here and in ${listed(others)}. A name belongs to one cell.`,
        hint: `Rename one of them, or delete the cell you do not need.`,
        position,
        cells: ids,
      });
    }
  }
}

function markCycles(nodes: Map<string, GraphNode>, parsed: Map<string, ParsedCell | undefined>): void {
  const done = new Set<string>();
  const visit = (id: string, path: string[]): void => {
    const start = path.indexOf(id);
    if (start >= 0) return reportCycle(nodes, parsed, path.slice(start));
    if (done.has(id)) return;
    for (const up of nodes.get(id)?.upstream ?? []) visit(up, [...path, id]);
    done.add(id);
  };
  for (const id of nodes.keys()) visit(id, []);
}

/** `loop` lists cells so that each reads the next and the last reads the first. */
function reportCycle(
  nodes: Map<string, GraphNode>,
  parsed: Map<string, ParsedCell | undefined>,
  loop: string[],
): void {
  loop.forEach((id, k) => {
    const next = loop[(k + 1) % loop.length]!;
    const name = nodes.get(id)!.inputs.find((input) => nodes.get(next)!.outputs.includes(input)) ?? "";
    const path = [...loop.slice(k), ...loop.slice(0, k), id].map((cell) => `\`${cell}\``).join(" → ");
    setProblem(nodes, id, {
      name: "CircularDefinition",
      kind: "cycle",
      message: `This cell waits for itself: ${path} (each reads the next). It reads \`${name}\`.`,
      hint: `Break the circle: move what both need into a cell of its own.`,
      position: parsed.get(id)?.inputPositions[name],
      cells: loop,
    });
  });
}

function markUndefined(
  nodes: Map<string, GraphNode>,
  parsed: Map<string, ParsedCell | undefined>,
  { isDefined, refusal }: { isDefined(name: string): boolean; refusal(name: string): string | undefined },
): void {
  const known = [...nodes.values()].flatMap((node) => node.outputs);
  for (const node of nodes.values()) {
    const name = node.inputs.find((input) => !isDefined(input));
    if (name === undefined) continue;
    const reason = refusal(name);
    const near = suggestName(name, known);
    const hint = near ? `Did you mean \`${near}\`?` : "Define it in a cell, or check its spelling.";
    setProblem(nodes, node.id, {
      name: "ReferenceError",
      kind: "undefined",
      message: reason ?? `\`${name}\` is not defined in any cell of this lesson.`,
      ...(reason ? {} : { hint }),
      position: parsed.get(node.id)?.inputPositions[name],
    });
  }
}

/** The first problem of a cell stands: syntax before duplicates before cycles before undefined names. */
function setProblem(nodes: Map<string, GraphNode>, id: string, problem: CellError): void {
  const node = nodes.get(id);
  if (node && !node.problem) node.problem = problem;
}

const unique = <T>(items: T[]): T[] => [...new Set(items)];
const place = (id: string, at: Position | undefined): string =>
  `cell \`${id}\`${at ? ` (line ${at.line})` : ""}`;
const listed = (items: string[]): string =>
  items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
