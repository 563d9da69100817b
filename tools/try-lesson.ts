/** `node tools/try-lesson.ts 05-char-lm [--solutions]`: runs a lesson's cells as the build does and prints what they show. */
import { join } from "node:path";
import { checkId, type LessonSource, readLesson } from "#src/mdx/lesson-cells.ts";
import { bundleSandbox, type SandboxFiles } from "#src/notebook/prerender/bundle.ts";
import { runInThread } from "#src/notebook/prerender/pool.ts";
import { lessonJob } from "#src/notebook/prerender/prerender.ts";
import { withAnswer } from "#src/notebook/prerender/exercise-run.ts";
import type { PrerenderedCell } from "#src/notebook/runtime/message.ts";

const [lesson, ...flags] = process.argv.slice(2);
if (!lesson) throw new Error("Which lesson? node tools/try-lesson.ts 05-char-lm");
const root = process.cwd();
const sandbox = await bundleSandbox(root);
const source = readLesson(join(root, "content/lessons", lesson));
if (flags.includes("--solutions")) await trySolutions(source, sandbox);
else await tryCells(source, sandbox);

async function tryCells(source: LessonSource, sandbox: SandboxFiles): Promise<void> {
  const ids = source.cells.filter((cell) => cell.kind === "cell" && !cell.isRecord).map((cell) => cell.id);
  const { cells, cpuSeconds } = await runInThread(lessonJob(source, sandbox, ids));
  for (const id of ids) print(cells[id], id);
  console.log(`\n${cpuSeconds.toFixed(1)} CPU-seconds in all`);
}

async function trySolutions(source: LessonSource, sandbox: SandboxFiles): Promise<void> {
  for (const [id, exercise] of Object.entries(source.exercises)) {
    const starter = source.cells.find((cell) => cell.id === id)!.source;
    const answers = { starter, "solution.ts": exercise.solution, ...exercise.wrong };
    for (const [name, answer] of Object.entries(answers)) {
      const { cells } = await runInThread(lessonJob(withAnswer(source, id, answer), sandbox, [checkId(id)]));
      console.log(`\n── ${id} / ${name}`);
      print(cells[id], id);
      print(cells[checkId(id)], checkId(id));
    }
  }
}

function print(cell: PrerenderedCell | undefined, id: string): void {
  console.log(`\n── ${id}: ${cell?.state ?? "did not run"}, ${cell?.ms ?? 0} ms`);
  for (const { slot, bundle } of cell?.outputs ?? []) {
    const kinds = Object.keys(bundle).filter((kind) => kind !== "text/plain");
    console.log(`[${slot}] ${kinds.join(" ")} ${bundle["text/plain"].slice(0, 600)}`);
  }
  for (const log of cell?.logs ?? []) console.log(`${log.level}: ${log.text}`);
  if (cell?.error) console.log(cell.error);
  if (Object.keys(cell?.values ?? {}).length) console.log("values", cell?.values);
}
