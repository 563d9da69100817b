import type { CellError, Completion, Position } from "#src/notebook/runtime/message.ts";
import type { CodeToken } from "./cell-view.tsx";

/** The lazy chunk `editor/editor.ts`. */
export type EditorModule = Pick<typeof import("./editor/editor.ts"), "createEditor" | "createComparison">;
type Editor = ReturnType<EditorModule["createEditor"]>;

export interface CodeOptions {
  id: string;
  loadEditor: () => Promise<EditorModule>;
  loadHighlight: () => Promise<(source: string) => CodeToken[]>;
  source: () => string;
  original: string;
  onChange: (source: string) => void;
  onRun: (advance: boolean) => void;
  onStop: () => void;
  complete: (path: string[]) => Promise<Completion[]>;
  names: () => string[];
}

export interface CellCode {
  /** the caret goes to the place in the source, or to where the pointer was */
  openEditor(at?: { position?: Position; point?: { x: number; y: number } }): Promise<void>;
  /** the editor when it is open, else the code at rest */
  focus(): void;
  /** shows a source that did not come from the editor: restored, reset, undone */
  showSource(source: string): void;
  showErrors(errors: CellError[]): void;
  toggleComparison(): Promise<boolean>;
}

/** Offset in an element's text of a point on the screen; undefined where the browser cannot tell. */
export function offsetAtPoint(element: Element, point: { x: number; y: number }): number | undefined {
  const document = element.ownerDocument as Document & {
    caretPositionFromPoint?: (x: number, y: number) => { offsetNode: Node; offset: number } | null;
    caretRangeFromPoint?: (x: number, y: number) => Range | null;
  };
  const position = document.caretPositionFromPoint?.(point.x, point.y);
  const range = position ? undefined : document.caretRangeFromPoint?.(point.x, point.y);
  const node = position?.offsetNode ?? range?.startContainer;
  if (!node || !element.contains(node)) return undefined;
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(node, position?.offset ?? range?.startOffset ?? 0);
  return before.toString().length;
}

/** Line and column, both from 1, of an offset. */
export function positionAt(source: string, offset: number): Position {
  const lines = source.slice(0, offset).split("\n");
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}

function showTokens(pre: HTMLElement, source: string, tokens: CodeToken[]): void {
  const document = pre.ownerDocument;
  const code = document.createElement("code");
  for (const token of tokens) {
    if (!token.classes && !token.term) {
      code.append(token.text);
      continue;
    }
    const span = document.createElement("span");
    span.className = token.classes;
    if (token.term) span.dataset["term"] = token.term;
    span.textContent = token.text;
    code.append(span);
  }
  // the highlighter must never change a character of what the reader wrote
  if (code.textContent !== source) code.textContent = source;
  pre.replaceChildren(code);
}

/** The code of one cell: text at rest, an editor in the same place once it is wanted. */
export const createCellCode = (place: HTMLElement, options: CodeOptions): CellCode =>
  new LiveCode(place, options);

class LiveCode implements CellCode {
  readonly #place: HTMLElement;
  readonly #pre: HTMLElement;
  readonly #options: CodeOptions;
  #editor: Editor | undefined;
  #opening: Promise<Editor> | undefined;
  #comparison: { element: HTMLElement; view: { destroy(): void } } | undefined;
  #errors: CellError[] = [];

  constructor(place: HTMLElement, options: CodeOptions) {
    this.#place = place;
    this.#pre = place.querySelector<HTMLElement>("[data-source]")!;
    this.#options = options;
  }

  async openEditor({ position, point }: Parameters<CellCode["openEditor"]>[0] = {}): Promise<void> {
    const offset = point && !this.#editor ? offsetAtPoint(this.#pre, point) : undefined;
    const pointed = offset === undefined ? undefined : positionAt(this.#options.source(), offset);
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    (await this.#opening).focus(position ?? pointed);
  }

  focus(): void {
    const fold = this.#place.closest("details");
    if (fold && !fold.open) fold.querySelector("summary")?.focus();
    else if (this.#editor) this.#editor.focus();
    else this.#pre.focus();
  }

  showSource(source: string): void {
    this.#closeComparison();
    if (this.#editor) return this.#editor.setSource(source);
    const pre = this.#pre;
    pre.textContent = source;
    this.#options.loadHighlight().then(
      (highlight) => pre.textContent === source && showTokens(pre, source, highlight(source)),
      () => undefined,
    );
  }

  showErrors(errors: CellError[]): void {
    this.#errors = errors;
    this.#editor?.mark(
      errors.flatMap(({ position, message }) =>
        position ? [{ position, message, severity: "error" as const }] : [],
      ),
    );
  }

  async toggleComparison(): Promise<boolean> {
    if (this.#comparison) {
      this.#closeComparison();
      return false;
    }
    const { id, original, source, loadEditor } = this.#options;
    const { createComparison } = await loadEditor();
    const element = this.#place.ownerDocument.createElement("div");
    element.className = "cell-comparison";
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", `What you changed in ${id}`);
    this.#place.after(element);
    const view = createComparison({ parent: element, original, edited: source() });
    this.#comparison = { element, view };
    return true;
  }

  /** The editor takes the place of the code at once and at the same height: nothing below it moves. */
  async #open(): Promise<Editor> {
    const { createEditor } = await this.#options.loadEditor();
    const host = this.#place.ownerDocument.createElement("div");
    host.className = "cell-editor";
    host.dataset["editor"] = "";
    host.tabIndex = -1;
    host.style.minHeight = `${this.#pre.offsetHeight}px`;
    this.#pre.before(host);
    this.#pre.hidden = true;
    const { id, source, onChange, onRun, onStop, complete, names } = this.#options;
    const editor = createEditor({
      parent: host,
      source: source(),
      label: `Code of ${id}`,
      onChange,
      onRun,
      onStop,
      onLeave: () => host.focus({ preventScroll: true }),
      complete,
      names,
    });
    host.style.minHeight = "";
    this.#editor = editor;
    this.showErrors(this.#errors);
    return editor;
  }

  #closeComparison(): void {
    this.#comparison?.view.destroy();
    this.#comparison?.element.remove();
    this.#comparison = undefined;
  }
}
