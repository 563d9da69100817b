/** What a reader asked for. The stub finds it in an event, the controller does it. */
export interface Action {
  name: string;
  /** the cell it is about */
  cell?: string;
  /** the control or the code that was touched */
  element?: HTMLElement;
  /** where the pointer was, so that the editor can put its caret there */
  point?: { x: number; y: number };
}

/** What routing needs to know of a DOM event; a real one fits. */
export interface Signal {
  type: string;
  target: EventTarget | null;
  key?: string;
  shiftKey?: boolean;
  ctrlKey?: boolean;
  metaKey?: boolean;
  defaultPrevented?: boolean;
  clientX?: number;
  clientY?: number;
  /** a mouse click that ended a text selection copies, it does not edit */
  isSelecting?: boolean;
}

const cellOf = (element: Element): string | undefined =>
  element.closest("[data-cell]")?.getAttribute("data-cell") ?? undefined;

function routeKey(signal: Signal, target: HTMLElement): Action | undefined {
  const isMod = Boolean(signal.ctrlKey || signal.metaKey);
  if (isMod && signal.key === ".") return { name: "stop" };
  // the editor has its own keys; only the code at rest (or an editor's frame that Esc returned to) speaks here
  if (signal.key !== "Enter" || !target.matches("[data-source], [data-editor]")) return undefined;
  const cell = cellOf(target);
  if (signal.shiftKey) return { name: "run-next", cell };
  return { name: isMod ? "run" : "edit", cell, element: target };
}

function routeClick(signal: Signal, target: HTMLElement): Action | undefined {
  const button = target.closest<HTMLElement>("[data-action]");
  if (button) {
    const cell = button.getAttribute("data-for") ?? cellOf(button);
    return { name: button.getAttribute("data-action")!, cell, element: button };
  }
  const control = target.closest<HTMLElement>("button[data-input]");
  if (control) return { name: "input", cell: cellOf(control), element: control };
  const source = target.closest<HTMLElement>("[data-source]");
  if (!source || signal.isSelecting || target.closest("a")) return undefined;
  const point = { x: signal.clientX ?? 0, y: signal.clientY ?? 0 };
  return { name: "edit", cell: cellOf(source), element: source, point };
}

/** The action in an event on the page, if there is one. Pure. */
export function route(signal: Signal): Action | undefined {
  const target = signal.target as HTMLElement | null;
  if (!target?.closest || signal.defaultPrevented) return undefined;
  if (signal.type === "keydown") return routeKey(signal, target);
  if (signal.type === "click") return routeClick(signal, target);
  if (signal.type === "input") {
    const control = target.closest<HTMLElement>("[data-input]");
    return control ? { name: "input", cell: cellOf(control), element: control } : undefined;
  }
  return undefined;
}

/** What the reader is about to need, in an event that asks for nothing yet. */
export function need(signal: Signal): "notebook" | "editor" | "hover" | undefined {
  const target = signal.target as HTMLElement | null;
  if (!target?.closest) return undefined;
  if (target.closest("[data-action], [data-input]")) return "notebook";
  if (signal.type === "focusin" && target.closest("[data-source]")) return "editor";
  // a pointer is over a mark or beside it; the keyboard comes to the whole chart
  const isOverChart = target.closest("[data-hover]") ?? target.closest("svg")?.querySelector("[data-hover]");
  return isOverChart ? "hover" : undefined;
}
