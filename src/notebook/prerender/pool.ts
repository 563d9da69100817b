import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { LessonJob, LessonRun } from "./run-lesson.ts";

const TIMEOUT_SECONDS = 300;

/** Runs a job in a thread of its own: a fresh realm, and a loop without end can be stopped. */
export function runInThread(job: LessonJob, timeoutSeconds = TIMEOUT_SECONDS): Promise<LessonRun> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL("./lesson-thread.ts", import.meta.url), { workerData: job });
    let current = "";
    const timer = setTimeout(() => {
      void thread.terminate();
      reject(new Error(`${job.lesson}: cell "${current}" was still running after ${timeoutSeconds} s.`));
    }, timeoutSeconds * 1000);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      act();
      void thread.terminate();
    };
    thread.on("message", (message: { cell?: string; run?: LessonRun }) => {
      if (message.cell) current = message.cell;
      if (message.run) settle(() => resolve(message.run!));
    });
    thread.on("error", (error) => settle(() => reject(error)));
  });
}

/** Runs a task for each item, as many at once as the machine has cores. */
export async function inParallel<T>(items: T[], task: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await task(item);
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), items.length) }, lane));
}
