import { javascript } from "@codemirror/lang-javascript";
import { syntaxHighlighting } from "@codemirror/language";
import { unifiedMergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { editorTheme } from "./theme.ts";

const comparisonTheme = EditorView.theme({
  ".cm-changedLine": { backgroundColor: "color-mix(in srgb, var(--ok) 12%, transparent)" },
  ".cm-changedText": { background: "color-mix(in srgb, var(--ok) 25%, transparent)" },
  ".cm-deletedChunk": {
    backgroundColor: "color-mix(in srgb, var(--bad) 12%, transparent)",
    paddingLeft: "0.5rem",
  },
  ".cm-deletedChunk .cm-deletedText": { background: "color-mix(in srgb, var(--bad) 25%, transparent)" },
});

/** What a reader changed, line by line: the original's lines struck, the reader's marked. */
export function createComparison(options: { parent: HTMLElement; original: string; edited: string }): {
  destroy(): void;
} {
  const root = options.parent.attachShadow({ mode: "open" });
  const view = new EditorView({
    doc: options.edited,
    root,
    parent: root,
    extensions: [
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      javascript({ typescript: true }),
      syntaxHighlighting(classHighlighter),
      unifiedMergeView({ original: options.original, mergeControls: false, gutter: false }),
      editorTheme,
      comparisonTheme,
    ],
  });
  return { destroy: () => view.destroy() };
}
