import type { LessonPageData } from "../lesson.ts";
import type { CellWithRun, NotebookService } from "./service.ts";

/**
 * What pages call. Pages are bundled, the notebook is not: it starts threads and compilers by their place on disk. So
 * the integration, which runs unbundled in the same process, leaves the service where pages find it.
 */
const KEY = Symbol.for("unrolled.notebook");
const shelf = globalThis as { [KEY]?: NotebookService };

export function provideService(service: NotebookService): void {
  shelf[KEY] = service;
}

export function useService(): NotebookService {
  const service = shelf[KEY];
  if (!service) throw new Error("The notebook integration is not in astro.config.mjs.");
  return service;
}

export const lessonCell = (lesson: string, id: string): Promise<CellWithRun> => useService().cell(lesson, id);

/** A value that a cell of the lesson exports, for the prose. */
export const lessonValue = (lesson: string, name: string): Promise<number | string | boolean> =>
  useService().value(lesson, name);

export const lessonPageData = (lesson: string): Promise<LessonPageData> =>
  useService().page(lesson, import.meta.env.BASE_URL);
