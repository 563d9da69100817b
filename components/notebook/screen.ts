import type { InputValue } from "#src/notebook/runtime/bundle.ts";
import type { Position } from "#src/notebook/runtime/message.ts";
import { createCellCode } from "./cell-code.ts";
import type { CellCode, CodeOptions } from "./cell-code.ts";
import { createCellElement, STOP_AFTER } from "./cell-element.ts";
import type { CellElement, CellFacts } from "./cell-element.ts";
import type { LessonModel } from "./lesson-model.ts";
import type { NotebookParts } from "./parts.ts";
import { createFigures } from "./figures.ts";
import type { FigureRegistry } from "./output/figure-registry.ts";
import { createToolbar } from "./toolbar.ts";
import type { Toolbar } from "./toolbar.ts";

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
/** no more than one drawing ahead of its frame in this time, in milliseconds: a flood of short runs waits for frames */
const AHEAD = 8;

/** The lesson's cells on the page. Changes are gathered and drawn once a frame; a run's end at once. */
export interface Screen {
  element(id: string): CellElement | undefined;
  code(id: string): CellCode | undefined;
  /** cells whose code stands on the page, from top to bottom */
  codeIds(): string[];
  facts(id: string): CellFacts;
  redraw(ids: Iterable<string>): void;
  redrawAll(): void;
  /** draws what is gathered without waiting for the frame */
  drawAhead(): void;
  /** an output that will be acknowledged when it has been drawn */
  expectDrawn(drawn: Drawn): void;
}

export const createScreen = (options: ScreenOptions): Screen => new PageScreen(options);

class PageScreen implements Screen {
  readonly #options: ScreenOptions;
  readonly #elements = new Map<string, CellElement>();
  readonly #codes = new Map<string, CellCode>();
  readonly #toolbar: Toolbar;
  readonly #dirty = new Set<string>();
  #expected: Drawn[] = [];
  #isFrameAsked = false;
  #isTicking = false;
  #drawnAt = -Infinity;

  constructor(options: ScreenOptions) {
    const { document, parts } = options;
    this.#options = options;
    this.#toolbar = createToolbar(document);
    const figures = createFigures(parts.figureFiles, () => {
      for (const element of this.#elements.values()) element.refresh();
      this.redrawAll();
    });
    // controls name their cell too; only cells have a state
    for (const section of document.querySelectorAll<HTMLElement>("[data-cell][data-state]"))
      this.#adopt(section, figures);
  }

  #adopt(section: HTMLElement, figures: FigureRegistry): void {
    const { model, parts, onReveal, onInput, codeOptions } = this.#options;
    const id = section.dataset["cell"]!;
    const cell = model.cell(id);
    if (!cell || this.#elements.has(id)) return;
    const send = (name: string, value: InputValue): void => onInput(id, name, value);
    const held = (name: string): InputValue | undefined => model.input(id, name);
    this.#elements.set(id, createCellElement(section, cell, { figures, held, onInput: send, onReveal }));
    const place = section.querySelector<HTMLElement>("[data-code]");
    const { loadEditor, loadHighlight } = parts;
    if (place)
      this.#codes.set(id, createCellCode(place, { id, loadEditor, loadHighlight, ...codeOptions(id) }));
  }

  element(id: string): CellElement | undefined {
    return this.#elements.get(id);
  }

  code(id: string): CellCode | undefined {
    return this.#codes.get(id);
  }

  codeIds(): string[] {
    return [...this.#codes.keys()];
  }

  facts(id: string): CellFacts {
    const { model, parts, isStarting } = this.#options;
    return { run: model.run(id), isEdited: model.isEdited(id), isStarting: isStarting(), now: parts.now() };
  }

  expectDrawn(drawn: Drawn): void {
    this.#expected.push(drawn);
  }

  redrawAll(): void {
    this.redraw(this.#elements.keys());
  }

  redraw(ids: Iterable<string>): void {
    for (const id of ids) this.#dirty.add(id);
    if (this.#isFrameAsked) return;
    this.#isFrameAsked = true;
    this.#options.parts.onFrame(() => {
      this.#isFrameAsked = false;
      if (this.#dirty.size > 0) this.#draw();
    });
  }

  drawAhead(): void {
    if (this.#options.parts.now() - this.#drawnAt >= AHEAD) this.#draw();
  }

  #draw(): void {
    this.#drawnAt = this.#options.parts.now();
    const ids = [...this.#dirty];
    this.#dirty.clear();
    for (const id of ids) {
      this.#elements.get(id)?.show(this.facts(id));
      this.#codes.get(id)?.showErrors(this.#options.model.errors(id));
    }
    this.#showToolbar();
    this.#tick();
    for (const { cell, run, slot } of this.#expected.splice(0)) this.#options.onDrawn(cell, run, slot);
  }

  /** Running cells show their seconds, and Stop once they have run for a while. */
  #tick(): void {
    const { model, parts } = this.#options;
    if (this.#isTicking || model.idsIn("running").length === 0) return;
    this.#isTicking = true;
    parts.setTimer(() => {
      this.#isTicking = false;
      this.redraw(model.idsIn("running"));
    }, TICK);
  }

  #showToolbar(): void {
    const { model, parts, isStarted, isUnsaved } = this.#options;
    const now = parts.now();
    const running = model.idsIn("running").map((id) => model.run(id));
    this.#toolbar.show({
      stale: model.idsIn("stale").filter((id) => model.cell(id)?.kind !== "check").length,
      changed: model.cells.filter((cell) => model.isEdited(cell.id)).length,
      isStoppable: running.some((run) => now - (run.startedAt ?? now) >= STOP_AFTER),
      isStarted: isStarted(),
      isUnsaved: isUnsaved(),
    });
  }
}
