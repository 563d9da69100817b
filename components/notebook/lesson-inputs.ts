import type { InputValue } from "#src/notebook/runtime/bundle.ts";
import {
  controlName,
  controlValue,
  originalValue,
  plainValue,
  showControlValue,
  showReadout,
} from "./controls.ts";
import type { LessonModel } from "./lesson-model.ts";
import type { Notices } from "./notices.ts";
import type { Screen } from "./screen.ts";
import type { LessonStorage } from "./storage.ts";

export interface InputsOptions {
  document: Document;
  model: LessonModel;
  storage: LessonStorage;
  notices: Notices;
  screen: Screen;
  /** tells the runtime, starting it when this is the first touch */
  send: (cell: string, name: string, value: InputValue) => void;
}

export interface LessonInputs {
  set(cell: string, name: string, value: InputValue): void;
  /** a control of an output that is not live yet was touched; live ones report by themselves */
  touched(cell: string, control: HTMLElement): void;
  /** stored values stand in their controls again; nothing runs, and what reads them is stale */
  showStored(): void;
  clear(): void;
}

const controlsOf = (document: Document): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>("section[data-cell] [data-input]"),
];

const keyOf = (control: HTMLElement): string =>
  `${control.closest<HTMLElement>("section[data-cell]")!.dataset["cell"]} ${controlName(control)}`;

export function createInputs(options: InputsOptions): LessonInputs {
  const { document, model, storage, notices, screen, send } = options;
  /** what the author's run put in each control */
  const originals = new Map(controlsOf(document).map((control) => [keyOf(control), originalValue(control)]));

  function set(cell: string, name: string, value: InputValue): void {
    model.setInput(cell, name, value);
    storage.setInput(cell, name, value);
    send(cell, name, value);
  }

  function touched(cell: string, control: HTMLElement): void {
    if (screen.element(cell)?.isMounted) return;
    showReadout(control);
    const name = controlName(control);
    controlValue(control, model.input(cell, name)).then(
      (value) => set(cell, name, value),
      (error: Error) => notices.show({ id: "file", text: error.message, tone: "warn" }),
    );
  }

  function show(cell: string, name: string, value: InputValue): void {
    const controls = screen.element(cell)?.section.querySelectorAll<HTMLElement>("[data-input]") ?? [];
    for (const control of controls) if (controlName(control) === name) showControlValue(control, value);
  }

  function showStored(): void {
    for (const [cell, values] of Object.entries(storage.lesson.inputs)) {
      for (const [name, value] of Object.entries(values)) {
        model.setInput(cell, name, value);
        model.setStale(cell, { kind: "input", name });
        show(cell, name, value);
      }
    }
  }

  /** A live control that moves back tells the runtime, as if the reader had moved it. */
  function clear(): void {
    for (const control of controlsOf(document)) {
      const value = originals.get(keyOf(control));
      if (value === undefined || plainValue(control) === value) continue;
      showControlValue(control, value);
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    model.clearInputs();
    storage.clearInputs();
  }

  return { set, touched, showStored, clear };
}
