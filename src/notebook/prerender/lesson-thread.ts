/** Entry of a thread that runs one lesson: its workerData is a LessonJob, its messages are cell ids and the run. */
import { parentPort, workerData } from "node:worker_threads";
import { runLesson } from "./run-lesson.ts";

const run = await runLesson(workerData, (cell) => parentPort!.postMessage({ cell }));
parentPort!.postMessage({ run });
