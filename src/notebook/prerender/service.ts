import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Exercise, type LessonSource, readLesson, checkId } from "#src/mdx/lesson-cells.ts";
import type { LessonCell, LessonPageData } from "../lesson.ts";
import type { PrerenderedCell } from "../runtime/message.ts";
import { bundleSandbox, type SandboxFiles, SEED } from "./bundle.ts";
import { CPU_BUDGET, type PrerenderReport, prerenderLesson, versionOf } from "./prerender.ts";
import { inParallel } from "./pool.ts";
import { completionJson } from "./completion-file.ts";

/** A cell with what the build made of it. */
export interface CellWithRun {
  cell: LessonCell;
  prerendered?: PrerenderedCell;
  exercise?: Exercise & { check: LessonCell };
}

/** What pages ask the notebook at build and in the dev server. */
export interface NotebookService {
  lessons(): string[];
  page(lesson: string, base: string): Promise<LessonPageData>;
  cell(lesson: string, id: string): Promise<CellWithRun>;
  value(lesson: string, name: string): Promise<number | string | boolean>;
  /** the files of the sandbox by path */
  files(): Promise<Map<string, string>>;
  /** the library's types, for the editor */
  completions(): Promise<string>;
  /** runs all lessons on all cores; `log` tells the progress */
  prerenderAll(log: (text: string) => void): Promise<void>;
}

const WATCHED = ["src/library", "src/nn", "src/data", "src/util", "src/notebook", "components/figures"];

/** The notebook of the project in `root`. Reads files anew when they changed, so the dev server needs no restart. */
export function createNotebookService(root: string): NotebookService {
  let bundled: { stamp: number; sandbox: Promise<SandboxFiles> } | undefined;
  const runs = new Map<string, { key: string; report: Promise<PrerenderReport> }>();
  const sandbox = () => {
    const stamp = Math.max(...WATCHED.map((folder) => newest(join(root, folder))));
    if (bundled?.stamp !== stamp) bundled = { stamp, sandbox: bundleSandbox(root) };
    return bundled.sandbox;
  };
  const read = (lesson: string) => readLesson(join(root, "content/lessons", lesson));
  const report = async (lesson: string) => {
    const files = await sandbox();
    const key = `${files.fingerprint} ${newest(join(root, "content/lessons", lesson))}`;
    const known = runs.get(lesson);
    if (known?.key === key) return known.report;
    const made = prerenderLesson(root, lesson, files);
    runs.set(lesson, { key, report: made });
    return made;
  };
  const service: NotebookService = {
    lessons: () => readdirSync(join(root, "content/lessons")).filter((name) => /^\d\d-/.test(name)),
    async page(lesson, base) {
      const source = read(lesson);
      const { manifest } = await sandbox();
      return {
        lesson,
        title: source.title,
        seed: SEED,
        version: versionOf(source),
        cells: source.cells,
        manifest,
        base,
      };
    },
    async cell(lesson, id) {
      return cellWithRun(read(lesson), id, (await report(lesson)).result.cells[id]);
    },
    async value(lesson, name) {
      const { cells } = (await report(lesson)).result;
      for (const cell of Object.values(cells)) if (name in cell.values) return cell.values[name]!;
      throw new Error(`content/lessons/${lesson}: no cell gives a number, text or boolean named "${name}".`);
    },
    files: async () => (await sandbox()).files,
    completions: async () => completionJson(root, (await sandbox()).fingerprint),
    async prerenderAll(log) {
      const lessons = service.lessons();
      let done = 0;
      await inParallel(lessons, async (lesson) => {
        const { cpuSeconds } = await report(lesson);
        log(`${lesson} (${++done} of ${lessons.length}): ${describe(cpuSeconds)}`);
      });
    },
  };
  return service;
}

function cellWithRun(
  source: LessonSource,
  id: string,
  prerendered: PrerenderedCell | undefined,
): CellWithRun {
  const find = (wanted: string) => source.cells.find((cell) => cell.id === wanted);
  const cell = find(id);
  if (!cell) throw new Error(`content/lessons/${source.lesson}: there is no cell "${id}".`);
  const exercise = source.exercises[id];
  return {
    cell,
    ...(prerendered ? { prerendered } : {}),
    ...(exercise ? { exercise: { ...exercise, check: find(checkId(id))! } } : {}),
  };
}

function describe(cpuSeconds: number | undefined): string {
  if (cpuSeconds === undefined) return "unchanged, from the cache";
  const over =
    cpuSeconds > CPU_BUDGET
      ? ` — over the budget of ${CPU_BUDGET} CPU-seconds: make long cells \`record\``
      : "";
  return `ran in ${cpuSeconds.toFixed(1)} CPU-seconds${over}`;
}

/** Newest change in a folder, in milliseconds. */
function newest(folder: string): number {
  let time = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) time = Math.max(time, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  return time;
}
