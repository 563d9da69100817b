import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LessonError, type LessonSource } from "#src/mdx/lesson-cells.ts";
import { linkCells } from "../runtime/graph.ts";
import type { PrerenderedCell } from "../runtime/message.ts";
import { hash, type SandboxFiles } from "./bundle.ts";

/** An author's long run, kept in the lesson's folder. */
interface Recording {
  /** hash of everything that the run depends on */
  fingerprint: string;
  cell: PrerenderedCell;
}

const recordingPath = (folder: string, id: string): string => join(folder, "recorded", `${id}.json`);

/** The cells that are only run by `npm run record`: those marked, and they alone may read each other. */
export function recordedCells(source: LessonSource): Set<string> {
  const recorded = new Set(source.cells.filter((cell) => cell.isRecord).map((cell) => cell.id));
  const graph = linkCells(source.cells, () => true);
  for (const id of recorded)
    for (const reader of graph.downstreamOf(id)) {
      const cell = source.cells.find((other) => other.id === reader)!;
      if (!recorded.has(reader) && cell.kind === "cell")
        throw new LessonError(
          `${source.lesson}: cell "${reader}" reads the recorded cell "${id}", which the build does not run. ` +
            `Mark "${reader}" as record too.`,
        );
    }
  return recorded;
}

/** Hash of a cell's code, of all code and library parts that it reads, and of the seed. */
export function recordFingerprint(
  source: LessonSource,
  id: string,
  sandbox: SandboxFiles,
  seed: number,
): string {
  const graph = linkCells(source.cells, () => true);
  const cells = source.cells.filter((cell) => cell.id === id || graph.upstreamOf(id).has(cell.id));
  const names = new Set(cells.flatMap((cell) => cell.parsed?.inputs ?? []));
  const chunks = new Set<string>();
  for (const name of names) {
    const chunk = sandbox.manifest.names[name];
    if (chunk) for (const part of [chunk, ...sandbox.manifest.libraries[chunk]!.needs]) chunks.add(part);
  }
  const parts = [...chunks].sort().map((chunk) => hash(sandbox.chunks[chunk]!));
  const data = names.has("data") ? Object.values(sandbox.manifest.data) : [];
  return hash(JSON.stringify([cells.map((cell) => [cell.id, cell.source]), parts, data, seed]));
}

/** The kept run of a cell. Fails with the command that remakes it when it is missing or older than the code. */
export function readRecording(
  folder: string,
  lesson: string,
  id: string,
  fingerprint: string,
): PrerenderedCell {
  const path = recordingPath(folder, id);
  const remake = `Run: npm run record -- ${lesson}`;
  if (!existsSync(path))
    throw new LessonError(`${lesson}: the record cell "${id}" has no recorded run. ${remake}`);
  const recording = JSON.parse(readFileSync(path, "utf8")) as Recording;
  if (recording.fingerprint !== fingerprint)
    throw new LessonError(
      `${lesson}: the recorded run of "${id}" is older than its code, library or seed. ${remake}`,
    );
  return { ...recording.cell, isRecorded: true };
}

export function writeRecording(folder: string, id: string, recording: Recording): void {
  mkdirSync(join(folder, "recorded"), { recursive: true });
  writeFileSync(recordingPath(folder, id), `${JSON.stringify(recording, null, 1)}\n`);
}
