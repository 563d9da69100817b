import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { CellSyntaxError } from "#src/notebook/cells/parsed-cell.ts";
import { parseCell } from "#src/notebook/cells/parse.ts";
import type { LessonCell } from "#src/notebook/lesson.ts";

/** A lesson's cells and exercises, as the author wrote them. */
export interface LessonSource {
  /** folder name: "05-char-lm" */
  lesson: string;
  title: string;
  cells: LessonCell[];
  exercises: Record<string, Exercise>;
}

/** The files of an exercise's folder. */
export interface Exercise {
  hint?: string;
  solution: string;
  /** wrong answers that the check must refuse, by file name */
  wrong: Record<string, string>;
}

/** A mistake of the author's; the message names the file and the line. */
export class LessonError extends Error {
  override readonly name = "LessonError";
}

/** `check-clip` is the hidden cell that examines the exercise `clip`. */
export const checkId = (exercise: string): string => `check-${exercise}`;

/** Reads a lesson's folder: the fences of index.mdx and the files of its exercises. */
export function readLesson(folder: string): LessonSource {
  const lesson = basename(folder);
  const file = `content/lessons/${lesson}/index.mdx`;
  const text = readFileSync(join(folder, "index.mdx"), "utf8");
  const cells = fencesOf(text, file).map((fence) => toCell(fence, file));
  const exercises: Record<string, Exercise> = {};
  for (const cell of [...cells]) {
    const twin = cells.find((other) => other !== cell && other.id === cell.id);
    if (twin)
      throw new LessonError(`${file}:${Math.max(cell.line, twin.line)}: two cells have the id "${cell.id}".`);
    if (cell.kind !== "exercise") continue;
    const home = join(folder, "exercises", cell.id);
    exercises[cell.id] = readExercise(home, `${file}:${cell.line}`);
    cells.push(toCheck(cell, readFileSync(join(home, "check.ts"), "utf8")));
  }
  const title = /^title:\s*(.+)$/m.exec(text)?.[1]?.replace(/^["']|["']$/g, "") ?? lesson;
  return { lesson, title, cells, exercises };
}

interface Fence {
  meta: string;
  source: string;
  line: number;
}

/** Fenced code whose language is ts and whose meta starts with `cell` or `exercise`. */
function fencesOf(text: string, file: string): Fence[] {
  const fences: Fence[] = [];
  const lines = text.split(/\r?\n/);
  for (let k = 0; k < lines.length; k++) {
    const open = /^(`{3,})(\S*)\s*(.*)$/.exec(lines[k]!);
    if (!open) continue;
    const start = k;
    const body: string[] = [];
    for (k++; k < lines.length && !lines[k]!.startsWith(open[1]!); k++) body.push(lines[k]!);
    if (k === lines.length) throw new LessonError(`${file}:${start + 1}: this code fence is never closed.`);
    if (open[2] === "ts" && /^(cell|exercise)\b/.test(open[3]!))
      fences.push({ meta: open[3]!, source: body.join("\n"), line: start + 1 });
  }
  return fences;
}

const META = /(\w+)(?:=(?:"([^"]*)"|(\S+)))?/g;
const KEYS = new Set(["cell", "exercise", "id", "run", "seconds", "record", "folded", "title"]);

function toCell({ meta, source, line }: Fence, file: string): LessonCell {
  const words = new Map(
    [...meta.matchAll(META)].map(([, key, quoted, plain]) => [key!, quoted ?? plain ?? ""]),
  );
  const fail = (message: string) => new LessonError(`${file}:${line}: ${message}`);
  for (const key of words.keys())
    if (!KEYS.has(key)) throw fail(`a cell's fence has no "${key}"; it takes ${[...KEYS].join(", ")}.`);
  const id = words.get("id");
  if (!id || !/^[a-z][a-z0-9-]*$/.test(id))
    throw fail(`a cell needs an id of small letters, digits and dashes: id=train.`);
  const isExercise = words.has("exercise");
  const run = words.get("run") ?? (isExercise ? "click" : "auto");
  if (run !== "auto" && run !== "click") throw fail(`run=${run} is neither auto nor click.`);
  return {
    id,
    source,
    run,
    isOriginal: true,
    kind: isExercise ? "exercise" : "cell",
    line,
    isRecord: words.has("record"),
    isFolded: words.has("folded"),
    ...(words.has("title") ? { title: words.get("title")! } : {}),
    ...(words.has("seconds") ? { seconds: Number(words.get("seconds")) } : {}),
    parsed: parsed(source, `${file}:${line}`, line),
  };
}

function toCheck(exercise: LessonCell, source: string): LessonCell {
  const place = `exercises/${exercise.id}/check.ts`;
  return {
    id: checkId(exercise.id),
    source,
    run: "check",
    isOriginal: true,
    kind: "check",
    line: exercise.line,
    isRecord: false,
    isFolded: false,
    parsed: parsed(source, place, 0),
  };
}

/** An author's cell must parse; the fence's first line of code is one below the fence. */
function parsed(source: string, place: string, fenceLine: number) {
  try {
    return parseCell(source);
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    const line = fenceLine + error.position.line;
    throw new LessonError(`${place.replace(/:\d+$/, "")}:${line}:${error.position.column}: ${error.message}`);
  }
}

function readExercise(home: string, place: string): Exercise {
  const read = (name: string) => readFileSync(join(home, name), "utf8");
  for (const name of ["check.ts", "solution.ts"])
    if (!existsSync(join(home, name)))
      throw new LessonError(`${place}: the exercise needs the file exercises/${basename(home)}/${name}.`);
  const wrong = readdirSync(home).filter((name) => /^wrong-[\w-]+\.ts$/.test(name));
  return {
    ...(existsSync(join(home, "hint.md")) ? { hint: read("hint.md") } : {}),
    solution: read("solution.ts"),
    wrong: Object.fromEntries(wrong.map((name) => [name, read(name)])),
  };
}
