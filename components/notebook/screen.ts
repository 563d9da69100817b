import type { InputValue } from "#src/notebook/runtime/bundle.ts";
import type { Position } from "#src/notebook/runtime/message.ts";
import { createCellCode } from "./cell-code.ts";
import type { CellCode, CodeOptions } from "./cell-code.ts";
import { createCellElement, STOP_AFTER } from "./cell-element.ts";
import type { CellElement, CellFacts } from "./cell-element.ts";
import type { LessonModel } from "./lesson-model.ts";
import type { NotebookParts } from "./parts.ts";
import { createFigures } from "./figures.ts";
import { createToolbar } from "./toolbar.ts";

export interface ScreenOptions {
  document: Document;
  model: LessonModel;
  parts: NotebookParts;
  isStarting: () => boolean;
  isStarted: () => boolean;
  isUnsaved: () => boolean;
  /** an output has been drawn: its next version may come */
  onDrawn: (cell: string, run: number, slot: string) => void;
  onInput: (cell: string, name: string, value: InputValue) => void;
  onReveal: (cell: string, position?: Position) => void;
  /** what an editor of this cell does */
  codeOptions: (id: string) => Omit<CodeOptions, "id" | "loadEditor" | "loadHighlight">;
}

interface Drawn {
  cell: string;
  run: number;
  slot: string;
}

const TICK = 100;

/** The lesson's cells on the page. Changes are gathered and drawn once a frame. */
export interface Screen {
  element(id: string): CellElement | undefined;
  code(id: string): CellCode | undefined;
  /** cells whose code stands on the page, from top to bottom */
  codeIds(): string[];
  facts(id: string): CellFacts;
  redraw(ids: Iterable<string>): void;
  redrawAll(): void;
  /** an output that will be acknowledged when it has been drawn */
  expectDrawn(drawn: Drawn): void;
}

export function createScreen(options: ScreenOptions): Screen {
  const { document, model, parts } = options;
  const elements = new Map<string, CellElement>();
  const codes = new Map<string, CellCode>();
  const toolbar = createToolbar(document);
  const dirty = new Set<string>();
  let expected: Drawn[] = [];
  let isFrameAsked = false;
  let isTicking = false;

  const figures = createFigures(parts.figureFiles, () => {
    for (const element of elements.values()) element.refresh();
    redraw(elements.keys());
  });

  for (const section of document.querySelectorAll<HTMLElement>("[data-cell][data-state]")) {
    const id = section.dataset["cell"]!;
    const cell = model.cell(id);
    if (!cell || elements.has(id)) continue;
    const onInput = (name: string, value: InputValue): void => options.onInput(id, name, value);
    elements.set(id, createCellElement(section, cell, { figures, onInput, onReveal: options.onReveal }));
    const place = section.querySelector<HTMLElement>("[data-code]");
    const { loadEditor, loadHighlight } = parts;
    if (place)
      codes.set(id, createCellCode(place, { id, loadEditor, loadHighlight, ...options.codeOptions(id) }));
  }

  const facts = (id: string): CellFacts => ({
    run: model.run(id),
    isEdited: model.isEdited(id),
    isStarting: options.isStarting(),
    now: parts.now(),
  });

  /** Running cells show their seconds, and Stop once they have run for a while. */
  function tick(): void {
    const running = model.idsIn("running");
    if (isTicking || running.length === 0) return;
    isTicking = true;
    parts.setTimer(() => {
      isTicking = false;
      redraw(model.idsIn("running"));
    }, TICK);
  }

  function showToolbar(): void {
    const now = parts.now();
    const running = model.idsIn("running").map((id) => model.run(id));
    toolbar.show({
      stale: model.idsIn("stale").filter((id) => model.cell(id)?.kind !== "check").length,
      changed: model.cells.filter((cell) => model.isEdited(cell.id)).length,
      isStoppable: running.some((run) => now - (run.startedAt ?? now) >= STOP_AFTER),
      isStarted: options.isStarted(),
      isUnsaved: options.isUnsaved(),
    });
  }

  function draw(): void {
    isFrameAsked = false;
    const ids = [...dirty];
    dirty.clear();
    for (const id of ids) {
      elements.get(id)?.show(facts(id));
      codes.get(id)?.showErrors(model.errors(id));
    }
    showToolbar();
    tick();
    const done = expected;
    expected = [];
    for (const { cell, run, slot } of done) options.onDrawn(cell, run, slot);
  }

  function redraw(ids: Iterable<string>): void {
    for (const id of ids) dirty.add(id);
    if (isFrameAsked) return;
    isFrameAsked = true;
    parts.onFrame(draw);
  }

  return {
    element: (id) => elements.get(id),
    code: (id) => codes.get(id),
    codeIds: () => [...codes.keys()],
    facts,
    redraw,
    redrawAll: () => redraw(elements.keys()),
    expectDrawn: (drawn) => void expected.push(drawn),
  };
}
