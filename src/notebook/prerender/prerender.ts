import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LessonError, type LessonSource, readLesson } from "#src/mdx/lesson-cells.ts";
import type { PrerenderedLesson } from "../lesson.ts";
import type { PrerenderedCell } from "../runtime/message.ts";
import { hash, type SandboxFiles, SEED } from "./bundle.ts";
import { runInThread } from "./pool.ts";
import { readRecording, recordedCells, recordFingerprint } from "./record.ts";
import type { LessonJob } from "./run-lesson.ts";

/** CPU-seconds that a lesson's cells may take at build; longer runs are `record` cells. */
export const CPU_BUDGET = 8;

export interface PrerenderReport {
  result: PrerenderedLesson;
  /** absent when the result came from the cache */
  cpuSeconds?: number;
}

/** Hash of a lesson's sources: a reader's stored edits belong to one version. */
export const versionOf = (source: LessonSource): string =>
  hash(JSON.stringify(source.cells.map((cell) => [cell.id, cell.source]))).slice(0, 12);

/** The job that runs cells of a lesson with the library's built parts. */
export function lessonJob(source: LessonSource, sandbox: SandboxFiles, run: string[]): LessonJob {
  const { manifest } = sandbox;
  const needs = Object.fromEntries(
    Object.entries(manifest.libraries).map(([name, chunk]) => [name, chunk.needs]),
  );
  const data = Object.fromEntries(
    Object.entries(manifest.data).map(([name, path]) => [name, sandbox.files.get(path)!]),
  );
  const library = { chunks: sandbox.chunks, names: manifest.names, needs, data, seed: SEED };
  return { lesson: source.lesson, cells: source.cells, library, run };
}

/** Runs a lesson, or finds its last run in the cache. Fails when a cell fails or a pinned value differs. */
export async function prerenderLesson(
  root: string,
  lesson: string,
  sandbox: SandboxFiles,
): Promise<PrerenderReport> {
  const folder = join(root, "content/lessons", lesson);
  const source = readLesson(folder);
  const recorded = recordedCells(source);
  const run = source.cells
    .filter((cell) => cell.kind === "cell" && !recorded.has(cell.id))
    .map((cell) => cell.id);
  const version = versionOf(source);
  const key = hash(JSON.stringify([sandbox.fingerprint, source.cells, SEED])).slice(0, 24);
  const cached = readCache(root, lesson, key);
  const made = cached ? { cells: cached } : await runInThread(lessonJob(source, sandbox, run));
  if (!cached) {
    for (const id of run) assertDone(source, id, made.cells[id]);
    writeCache(root, lesson, key, made.cells);
  }
  const cells = Object.fromEntries(Object.entries(made.cells).filter(([id]) => run.includes(id)));
  for (const id of recorded)
    cells[id] = readRecording(folder, lesson, id, recordFingerprint(source, id, sandbox, SEED));
  return {
    result: { lesson, version, cells },
    ...("cpuSeconds" in made ? { cpuSeconds: made.cpuSeconds } : {}),
  };
}

function assertDone(source: LessonSource, id: string, cell: PrerenderedCell | undefined): void {
  const { line, source: code } = source.cells.find((other) => other.id === id)!;
  const place = (inner: number) => `content/lessons/${source.lesson}/index.mdx:${line + inner}`;
  if (cell?.state === "done") return assertPinned(code, cell, place);
  const { error } = cell ?? {};
  throw new LessonError(
    `${place(error?.position?.line ?? 0)}: cell "${id}" failed: ${error?.name ?? "it did not run"}: ${error?.message ?? ""} ${error?.hint ?? ""}`,
  );
}

/** A comment `// → text` behind the displayed expression pins what it shows. */
function assertPinned(code: string, cell: PrerenderedCell, place: (line: number) => string): void {
  const lines = code.split("\n");
  const at = lines.findLastIndex((text) => text.includes("// → "));
  if (at < 0) return;
  const pinned = lines[at]!.split("// → ")[1]!.trim();
  const shown = cell.outputs.find((output) => output.slot === "value")?.bundle["text/plain"] ?? "(nothing)";
  if (shown !== pinned)
    throw new LessonError(
      `${place(at + 1)}: cell "${cell.id}" shows ${shown}, but the comment says ${pinned}.`,
    );
}

const cachePath = (root: string, lesson: string, key: string): string =>
  join(root, "node_modules/.cache/unrolled/lessons", `${lesson}-${key}.json`);

function readCache(root: string, lesson: string, key: string): Record<string, PrerenderedCell> | undefined {
  const path = cachePath(root, lesson, key);
  return existsSync(path)
    ? (JSON.parse(readFileSync(path, "utf8")) as Record<string, PrerenderedCell>)
    : undefined;
}

function writeCache(root: string, lesson: string, key: string, cells: Record<string, PrerenderedCell>): void {
  const path = cachePath(root, lesson, key);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, JSON.stringify(cells));
}
