import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { type EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import type { Position } from "#src/notebook/cells/parsed-cell.ts";
import type { Completion } from "#src/notebook/runtime/message.ts";
import type { CompletionTable } from "#src/notebook/completion/table.ts";
import { cellCompletions, tableLoader } from "./completions.ts";
import { editorTheme } from "./theme.ts";

export { createComparison } from "./comparison.ts";

/** What the notebook tells an editor, and what it wants to hear from it. */
export interface EditorOptions {
  parent: HTMLElement;
  source: string;
  /** read out before the text */
  label: string;
  onChange(source: string): void;
  /** `advance`: go on to the next cell */
  onRun(advance: boolean): void;
  onStop(): void;
  onLeave(): void;
  /** members of a live value */
  complete(path: string[]): Promise<Completion[]>;
  /** names that this cell can read */
  names(): string[];
}

export interface Mark {
  position: Position;
  message: string;
  severity: "error" | "warning";
}

export interface CellEditor {
  readonly source: string;
  setSource(source: string): void;
  /** lines and columns from 1 */
  focus(at?: { line: number; column: number }): void;
  /** replaces all marks; they vanish with the next change of the text */
  mark(marks: Mark[]): void;
  destroy(): void;
}

/**
 * CodeMirror in the place of a cell's code. It lives in a shadow root, where its styles are adopted sheets: the page's
 * policy lets no script add <style> elements.
 */
export function createEditor(options: EditorOptions): CellEditor {
  const root = options.parent.attachShadow({ mode: "open" });
  const view = new EditorView({ doc: options.source, root, parent: root, extensions: extensions(options) });
  return {
    get source() {
      return view.state.doc.toString();
    },
    setSource(source) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: source } });
    },
    focus(at) {
      if (at) view.dispatch({ selection: { anchor: offsetOf(view.state, at) } });
      view.focus();
    },
    mark: (marks) =>
      view.dispatch(
        setDiagnostics(
          view.state,
          marks.map((mark) => diagnostic(view.state, mark)),
        ),
      ),
    destroy: () => view.destroy(),
  };
}

async function fetchTable(): Promise<CompletionTable> {
  const response = await fetch(`${import.meta.env.BASE_URL}sandbox/completions.json`);
  if (!response.ok) throw new Error(`The completions are not there: ${response.status}`);
  return (await response.json()) as CompletionTable;
}

function extensions(options: EditorOptions) {
  const leave = { key: "Escape", run: () => (options.onLeave(), true) };
  const own = [
    { key: "Shift-Enter", run: () => (options.onRun(true), true) },
    { key: "Mod-Enter", run: () => (options.onRun(false), true) },
    { key: "Mod-.", run: () => (options.onStop(), true) },
  ];
  return [
    Prec.highest(keymap.of(own)),
    history(),
    drawSelection(),
    indentOnInput(),
    indentUnit.of("  "),
    bracketMatching(),
    closeBrackets(),
    autocompletion({
      override: [cellCompletions({ ...options, types: tableLoader(fetchTable) })],
      icons: false,
    }),
    javascript({ typescript: true }),
    syntaxHighlighting(classHighlighter),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...historyKeymap,
      indentWithTab,
      leave,
      ...defaultKeymap,
    ]),
    EditorView.contentAttributes.of({
      "aria-label": options.label,
      "aria-description": "Shift Enter runs the cell. Escape leaves the editor, then Tab moves on.",
    }),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      options.onChange(update.state.doc.toString());
      queueMicrotask(() => update.view.dispatch(setDiagnostics(update.view.state, [])));
    }),
    editorTheme,
  ];
}

function offsetOf(state: EditorState, { line, column }: { line: number; column: number }): number {
  const at = state.doc.line(Math.min(Math.max(1, line), state.doc.lines));
  return Math.min(at.to, at.from + Math.max(0, column - 1));
}

/** A mark covers its range, or the word at its place, or at least one character. */
function diagnostic(state: EditorState, { position, message, severity }: Mark): Diagnostic {
  const from = offsetOf(state, position);
  const end =
    position.endLine && position.endColumn
      ? offsetOf(state, { line: position.endLine, column: position.endColumn })
      : (state.wordAt(from)?.to ?? from + 1);
  return { from, to: Math.min(state.doc.length, Math.max(end, from + 1)), message, severity };
}
