import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { CompletionTable, TypeEntry } from "#src/notebook/completion/table.ts";
import type { Completion } from "#src/notebook/runtime/message.ts";

interface Sources {
  complete(path: string[]): Promise<Completion[]>;
  names(): string[];
  /** the library's types; an empty table where they cannot be had */
  types(): Promise<CompletionTable>;
}

/** How long a popup waits for a worker that is busy. */
const PATIENCE = 150;

/** The path before the caret: "model.params.W" → { path: ["model", "params"], start of "W" }. */
export function pathBefore(text: string): { path: string[]; word: string } | undefined {
  const match = /([A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*)?(\??\.)?([\w$]*)$/.exec(text);
  const whole = match?.[0] ?? "";
  if (!whole || /^\d/.test(whole)) return undefined;
  const parts = whole.split(/\??\./);
  const word = parts.pop() ?? "";
  return parts.some((part) => part === "") ? undefined : { path: parts, word };
}

/** Completion from what is alive (names that the cell can read, members of their values) and from the library's types. */
export function cellCompletions({ complete, names, types }: Sources) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const line = context.state.doc.lineAt(context.pos);
    const before = pathBefore(line.text.slice(0, context.pos - line.from));
    if (!before || (before.path.length === 0 && !before.word && !context.explicit)) return null;
    const known = (await types())[before.path.join(".")] ?? [];
    const live =
      before.path.length === 0 ? names().map(variable) : await Promise.race([complete(before.path), late()]);
    const options = merged(known, live);
    return options.length ? { from: context.pos - before.word.length, options, validFor: /^[\w$]*$/ } : null;
  };
}

const variable = (label: string): Completion => ({ label, type: "variable" });

/** A member that has a type is told by its type; the others by their present value. */
export function merged(known: TypeEntry[], live: Completion[]) {
  const typed = known.map(({ label, kind, detail, doc }) => ({ label, type: kind, detail, info: doc }));
  const labels = new Set(known.map(({ label }) => label));
  const rest = live.filter(({ label }) => !labels.has(label));
  return [...typed, ...rest.map(({ label, type, detail }) => ({ label, type, detail, info: undefined }))];
}

/** The table, fetched at the first popup. A failure is forgotten, and the next popup tries again. */
export function tableLoader(fetchTable: () => Promise<CompletionTable>): () => Promise<CompletionTable> {
  let loading: Promise<CompletionTable> | undefined;
  return () => {
    loading ??= fetchTable().catch(() => {
      loading = undefined;
      return {};
    });
    return loading;
  };
}

const late = (): Promise<Completion[]> => new Promise((resolve) => setTimeout(() => resolve([]), PATIENCE));
