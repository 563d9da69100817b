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
export function createCellCode(place: HTMLElement, options: CodeOptions): CellCode {
  const document = place.ownerDocument;
  const pre = place.querySelector<HTMLElement>("[data-source]")!;
  let editor: Editor | undefined;
  let opening: Promise<void> | undefined;
  let comparison: { element: HTMLElement; view: { destroy(): void } } | undefined;
  let errors: CellError[] = [];

  const markErrors = (): void =>
    editor?.mark(
      errors.flatMap(({ position, message }) =>
        position ? [{ position, message, severity: "error" as const }] : [],
      ),
    );

  async function open(): Promise<void> {
    const { createEditor } = await options.loadEditor();
    const host = document.createElement("div");
    host.className = "cell-editor";
    host.dataset["editor"] = "";
    host.tabIndex = -1;
    // the editor takes the place of the code at once and at the same height: nothing below it moves
    host.style.minHeight = `${pre.offsetHeight}px`;
    pre.before(host);
    pre.hidden = true;
    editor = createEditor({
      parent: host,
      source: options.source(),
      label: `Code of ${options.id}`,
      onChange: options.onChange,
      onRun: options.onRun,
      onStop: options.onStop,
      onLeave: () => host.focus({ preventScroll: true }),
      complete: options.complete,
      names: options.names,
    });
    host.style.minHeight = "";
    markErrors();
  }

  function closeComparison(): void {
    comparison?.view.destroy();
    comparison?.element.remove();
    comparison = undefined;
  }

  return {
    async openEditor({ position, point } = {}) {
      const offset = point && !editor ? offsetAtPoint(pre, point) : undefined;
      const pointed = offset === undefined ? undefined : positionAt(options.source(), offset);
      opening ??= open().catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      await opening;
      editor!.focus(position ?? pointed);
    },
    focus() {
      const fold = place.closest("details");
      if (fold && !fold.open) fold.querySelector("summary")?.focus();
      else if (editor) editor.focus();
      else pre.focus();
    },
    showSource(source) {
      closeComparison();
      if (editor) return editor.setSource(source);
      pre.textContent = source;
      options.loadHighlight().then(
        (highlight) => pre.textContent === source && showTokens(pre, source, highlight(source)),
        () => undefined,
      );
    },
    showErrors(next) {
      errors = next;
      markErrors();
    },
    async toggleComparison() {
      if (comparison) {
        closeComparison();
        return false;
      }
      const { createComparison } = await options.loadEditor();
      const element = document.createElement("div");
      element.className = "cell-comparison";
      element.setAttribute("role", "group");
      element.setAttribute("aria-label", `What you changed in ${options.id}`);
      place.after(element);
      const view = createComparison({
        parent: element,
        original: options.original,
        edited: options.source(),
      });
      comparison = { element, view };
      return true;
    },
  };
}
