import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { bundleSandbox, type SandboxFiles } from "#src/notebook/prerender/bundle.ts";
import { withAnswer } from "#src/notebook/prerender/exercise-run.ts";
import { runInThread } from "#src/notebook/prerender/pool.ts";
import { CPU_BUDGET, lessonJob, prerenderLesson } from "#src/notebook/prerender/prerender.ts";
import { createNotebookService } from "#src/notebook/prerender/service.ts";
import type { CheckResult } from "#src/notebook/runtime/bundle.ts";
import { checkId, type LessonSource, readLesson } from "./lesson-cells.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
let sandbox: SandboxFiles;

beforeAll(async () => {
  sandbox = await bundleSandbox(root);
});

/** What an exercise's check says of an answer. */
async function examine(source: LessonSource, id: string, answer: string): Promise<CheckResult[]> {
  const { cells } = await runInThread(lessonJob(withAnswer(source, id, answer), sandbox, [checkId(id)]));
  const check = cells[checkId(id)];
  if (check?.error) throw new Error(`the check itself failed: ${check.error.message}`);
  return (check?.outputs.find(({ slot }) => slot === "checks")?.bundle[
    "application/vnd.course.checks+json"
  ] ?? []) as CheckResult[];
}

for (const lesson of createNotebookService(root).lessons()) {
  const source = readLesson(join(root, "content/lessons", lesson));

  describe(lesson, () => {
    it("has cells that all run, within the lesson's share of the build", async () => {
      const { result, cpuSeconds } = await prerenderLesson(root, lesson, sandbox);
      expect(Object.values(result.cells).map((cell) => cell.state)).not.toContain("error");
      expect(cpuSeconds ?? 0).toBeLessThan(2 * CPU_BUDGET);
    });

    it("gives its automatic cells something to show or a name that another cell reads", async () => {
      const { result } = await prerenderLesson(root, lesson, sandbox);
      const read = new Set(source.cells.flatMap((cell) => cell.parsed?.inputs ?? []));
      for (const cell of source.cells.filter(({ kind }) => kind === "cell")) {
        const isRead = cell.parsed!.outputs.some((name) => read.has(name));
        expect(isRead || result.cells[cell.id]!.outputs.length > 0, cell.id).toBe(true);
      }
    });

    for (const [id, exercise] of Object.entries(source.exercises)) {
      const starter = source.cells.find((cell) => cell.id === id)!.source;

      it(`${id}: the check accepts the solution`, async () => {
        const results = await examine(source, id, exercise.solution);
        expect(results.length).toBeGreaterThan(0);
        expect(results.filter(({ passed }) => !passed)).toEqual([]);
      });

      it(`${id}: the check refuses the starter and says why`, async () => {
        const failed = (await examine(source, id, starter)).filter(({ passed }) => !passed);
        expect(failed.length).toBeGreaterThan(0);
        expect(failed.every(({ detail }) => Boolean(detail))).toBe(true);
      });

      it(`${id}: the check refuses at least two plausible wrong answers`, async () => {
        expect(Object.keys(exercise.wrong).length).toBeGreaterThanOrEqual(2);
        for (const [name, answer] of Object.entries(exercise.wrong)) {
          const results = await examine(source, id, answer);
          expect(
            results.some(({ passed }) => !passed),
            name,
          ).toBe(true);
        }
      });
    }
  });
}
