import { CHECKS_MIME } from "#src/notebook/runtime/bundle.ts";
import type { CellRun } from "./cell-state.ts";
import type { LessonStorage } from "./storage.ts";

/** True when a check has run and every property that it reports has passed. */
export function hasPassed({ state, outputs }: CellRun): boolean {
  if (state !== "done") return false;
  const results = outputs.flatMap(({ bundle }) => bundle[CHECKS_MIME] ?? []);
  return results.length > 0 && results.every((result) => result.passed);
}

/** Shows the mark of each exercise that was done in this browser. */
export function showDone(document: Document, storage: LessonStorage): void {
  for (const mark of document.querySelectorAll<HTMLElement>("[data-done]")) {
    mark.hidden = !Object.hasOwn(storage.lesson.done, mark.dataset["done"] ?? "");
  }
}
