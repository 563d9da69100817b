/** `npm run record [-- lesson…]`: remakes the recorded runs of record cells whose fingerprint is stale. */
import { join } from "node:path";
import { readLesson } from "#src/mdx/lesson-cells.ts";
import { bundleSandbox, SEED } from "#src/notebook/prerender/bundle.ts";
import { runInThread } from "#src/notebook/prerender/pool.ts";
import { lessonJob } from "#src/notebook/prerender/prerender.ts";
import { recordedCells, recordFingerprint, writeRecording } from "#src/notebook/prerender/record.ts";
import { createNotebookService } from "#src/notebook/prerender/service.ts";

const root = process.cwd();
const wanted = process.argv.slice(2);
const sandbox = await bundleSandbox(root);
for (const lesson of createNotebookService(root).lessons()) {
  if (wanted.length && !wanted.includes(lesson)) continue;
  const folder = join(root, "content/lessons", lesson);
  const source = readLesson(folder);
  const cells = [...recordedCells(source)];
  if (cells.length === 0) continue;
  console.log(`${lesson}: running ${cells.join(", ")}…`);
  const run = await runInThread(lessonJob(source, sandbox, cells), 3600);
  for (const id of cells) {
    const cell = run.cells[id];
    if (cell?.state !== "done") throw new Error(`${lesson}: cell "${id}" failed: ${cell?.error?.message}`);
    writeRecording(folder, id, { fingerprint: recordFingerprint(source, id, sandbox, SEED), cell });
    console.log(`  ${id}: recorded, ${(cell.ms / 1000).toFixed(1)} s`);
  }
}
