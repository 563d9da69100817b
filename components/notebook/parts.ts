import type { LessonPageData } from "#src/notebook/lesson.ts";
import { createSandbox } from "#src/notebook/sandbox/client.ts";
import type { EditorModule } from "./cell-code.ts";
import type { CodeToken } from "./cell-view.tsx";
import { figureFiles } from "./figures.ts";
import type { FigureFiles } from "./figures.ts";
import type { CreateSandbox } from "./session.ts";
import { browserStorage } from "./storage.ts";

/** What the notebook takes from its surroundings; tests bring their own. */
export interface NotebookParts {
  createSandbox: CreateSandbox;
  loadEditor: () => Promise<EditorModule>;
  loadHighlight: () => Promise<(source: string) => CodeToken[]>;
  figureFiles: FigureFiles;
  storage: Storage | undefined;
  now: () => number;
  /** runs a function after a while; the result cancels it */
  setTimer: (run: () => void, ms: number) => () => void;
  /** runs a function before the next frame is drawn */
  onFrame: (run: () => void) => void;
}

export function browserParts(): NotebookParts {
  return {
    createSandbox,
    loadEditor: () => import("./editor/editor.ts"),
    loadHighlight: async () => (await import("./editor/highlight.ts")).highlight,
    figureFiles: figureFiles(),
    storage: browserStorage(() => localStorage),
    now: () => Date.now(),
    setTimer: (run, ms) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    onFrame: (run) => void requestAnimationFrame(run),
  };
}

/** The lesson as its page carries it. @throws when the page has none, or not JSON */
export function readPageData(document: Document): LessonPageData {
  const text = document.getElementById("lesson-data")?.textContent;
  if (!text)
    throw new Error("A page with cells carries its lesson in script#lesson-data; this page has none.");
  return JSON.parse(text) as LessonPageData;
}
