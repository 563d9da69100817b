import { h, render } from "preact";
import type { LessonCell } from "#src/notebook/lesson.ts";
import { INPUT_MIME, type InputSpec, type InputValue } from "#src/notebook/runtime/bundle.ts";
import type { CellError, Position } from "#src/notebook/runtime/message.ts";
import type { CellRun } from "./cell-state.ts";
import { controlName } from "./controls.ts";
import type { FigureRegistry } from "./output/figure-registry.ts";
import { OutputView } from "./output/output-view.tsx";
import { statusText } from "./status-text.ts";
import type { StatusFacts } from "./status-text.ts";

/** How long a cell may run before it offers Stop. */
export const STOP_AFTER = 200;

export interface CellFacts {
  run: CellRun;
  isEdited: boolean;
  /** the sandbox is on its way */
  isStarting: boolean;
  now: number;
}

export interface ElementOptions {
  figures: FigureRegistry;
  /** what the reader gave a control of the cell */
  held: (name: string) => InputValue | undefined;
  onInput: (name: string, value: InputValue) => void;
  onReveal: (cell: string, position?: Position) => void;
}

export interface CellElement {
  readonly section: HTMLElement;
  /** the reader's controls in it are live: they report by themselves */
  readonly isMounted: boolean;
  facts(facts: CellFacts): StatusFacts;
  show(facts: CellFacts): void;
  /** draws the output again although the run has not changed: a figure has been loaded */
  refresh(): void;
}

interface Tools {
  stop: HTMLButtonElement;
  word: HTMLElement;
  changed: HTMLElement;
}

function createTools(section: HTMLElement, id: string): Tools {
  const document = section.ownerDocument;
  const button = (action: string, text: string, label: string): HTMLButtonElement => {
    const element = document.createElement("button");
    element.type = "button";
    element.dataset["action"] = action;
    element.textContent = text;
    element.setAttribute("aria-label", label);
    return element;
  };
  const place = section.querySelector("[data-tools]");
  const stop = button("stop", "Stop", `Stop ${id}`);
  stop.title = "Stop (Ctrl+.)";
  stop.hidden = true;
  const changed = document.createElement("span");
  changed.className = "cell-changed";
  changed.hidden = true;
  const word = document.createElement("span");
  word.className = "cell-changed-word";
  word.textContent = "Changed";
  const compare = button("compare", "Compare with the original", `Compare ${id} with the original`);
  compare.setAttribute("aria-expanded", "false");
  changed.append(word, button("reset", "Reset", `Reset ${id} to the original`), compare);
  place?.append(stop, changed);
  return { stop, word, changed };
}

function statusFacts(section: HTMLElement, cell: LessonCell, facts: CellFacts): StatusFacts {
  const { run, isEdited, isStarting, now } = facts;
  const { authorMs, authorState, authorRecorded } = section.dataset;
  return {
    state: run.state,
    isLive: run.isLive,
    author:
      authorMs === undefined
        ? undefined
        : {
            ms: Number(authorMs),
            isFailed: authorState === "error",
            isRecorded: authorRecorded !== undefined,
          },
    isEdited,
    why: run.why,
    ms: run.ms,
    kept: run.kept,
    endedAt: run.endedAt,
    elapsedMs: run.startedAt === undefined ? 0 : now - run.startedAt,
    seconds: cell.seconds,
    isStarting,
    isCheck: cell.kind === "check",
  };
}

function outputProps(cell: LessonCell, run: CellRun, options: ElementOptions) {
  const { outputs, logs, error, progress } = run;
  return {
    cell: cell.id,
    outputs,
    logs,
    error: error as CellError | undefined,
    progress,
    isLive: true,
    held: options.held,
    onInput: options.onInput,
    onReveal: options.onReveal,
    figures: options.figures,
  };
}

/** True while a run has put some of its controls and others still stand in the author's output, perhaps in use. */
function awaitsControls(output: HTMLElement, { outputs, logs, progress }: CellRun): boolean {
  const names = outputs.flatMap(({ bundle }) => (bundle[INPUT_MIME] as InputSpec | undefined)?.name ?? []);
  if (names.length < outputs.length || logs.length > 0 || progress) return false;
  const controls = [...output.querySelectorAll<HTMLElement>("[data-input]")];
  return controls.some((control) => !names.includes(controlName(control)));
}

/** Keeps one cell's part of the page in step with what is known of it. */
export function createCellElement(
  section: HTMLElement,
  cell: LessonCell,
  options: ElementOptions,
): CellElement {
  const status = section.querySelector<HTMLElement>("[data-status]");
  const output = section.querySelector<HTMLElement>("[data-output]");
  const tools = createTools(section, cell.id);
  let isMounted = false;
  let drawn: CellRun | undefined;

  function showOutput(run: CellRun): void {
    if (!output || !run.isLive || drawn === run) return;
    const isActive = run.state === "running" || run.state === "waiting";
    // an output that empties and fills again must not pull the page up and down under the reader
    if (isActive && !output.style.minHeight) output.style.minHeight = `${output.offsetHeight}px`;
    if (isMounted || !(run.isFading || (isActive && awaitsControls(output, run)))) {
      // drawn over the author's HTML, not instead of it: a slider that is being dragged stays the same element
      isMounted = true;
      render(h(OutputView, outputProps(cell, run, options)), output);
    }
    if (!isActive) output.style.minHeight = "";
    drawn = run;
  }

  function showTools({ run, isEdited, now }: CellFacts): void {
    const isStoppable = run.state === "running" && now - (run.startedAt ?? now) >= STOP_AFTER;
    if (tools.stop.hidden === isStoppable) {
      const hadFocus = section.ownerDocument.activeElement === tools.stop;
      tools.stop.hidden = !isStoppable;
      if (hadFocus) section.querySelector<HTMLElement>("[data-action=run], [data-action=check]")?.focus();
    }
    tools.changed.hidden = !isEdited;
    // the status says it already
    tools.word.hidden = run.state === "stale" && run.why?.kind === "edited";
    section.toggleAttribute("data-changed", isEdited);
  }

  return {
    section,
    refresh: () => void (drawn = undefined),
    get isMounted() {
      return isMounted;
    },
    facts: (facts) => statusFacts(section, cell, facts),
    show(facts) {
      section.dataset["state"] = facts.run.state;
      section.toggleAttribute("data-live", facts.run.isLive);
      section.toggleAttribute("data-fading", facts.run.isFading);
      const text = statusText(statusFacts(section, cell, facts));
      if (status && status.textContent !== text) status.textContent = text;
      showTools(facts);
      showOutput(facts.run);
    },
  };
}
