import type { CellSpec, PrerenderedCell } from "./runtime/message.ts";

/** One fence of a lesson: what the author wrote in its meta line, and its source. */
export interface LessonCell extends CellSpec {
  /** `exercise`: a starter that the reader completes · `check`: the hidden cell that examines an exercise */
  kind: "cell" | "exercise" | "check";
  /** line of the fence in the lesson's index.mdx, for the author's errors */
  line: number;
  title?: string;
  /** estimated seconds of a long run, shown before it starts */
  seconds?: number;
  /** the author's run is kept in the lesson's folder instead of being made at each build */
  isRecord: boolean;
  /** fold the source under a summary line until the reader opens it */
  isFolded: boolean;
}

/** Where the sandbox's parts are, relative to the site's base. File names carry a content hash. */
export interface SandboxManifest {
  /** the frame's document */
  frame: string;
  /** the worker's code, one classic script */
  runtime: string;
  /** library chunks by name: classic scripts that define one CommonJS module each */
  libraries: Record<string, { url: string; needs: string[] }>;
  /** which chunk gives a name that cells use: `tf` → "tf", `Plot` → "plot" */
  names: Record<string, string>;
  /** data files that cells may ask for */
  data: Record<string, string>;
}

/** The JSON that a lesson's page carries for the notebook (script#lesson-data). */
export interface LessonPageData {
  /** folder name, "05-char-lm": the key of stored edits */
  lesson: string;
  title: string;
  seed: number;
  /** hash of all original sources: stored edits of another version are offered, not applied */
  version: string;
  cells: LessonCell[];
  manifest: SandboxManifest;
  /** the site's base path, ending in "/" */
  base: string;
}

/** A lesson after the build has run it. */
export interface PrerenderedLesson {
  lesson: string;
  version: string;
  cells: Record<string, PrerenderedCell>;
}
