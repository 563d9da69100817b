import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { Completion } from "#src/notebook/runtime/message.ts";

interface Sources {
  complete(path: string[]): Promise<Completion[]>;
  names(): string[];
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

/** Completion from what is alive: names that the cell can read, and the members of their values. */
export function liveCompletions({ complete, names }: Sources) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const line = context.state.doc.lineAt(context.pos);
    const before = pathBefore(line.text.slice(0, context.pos - line.from));
    if (!before || (before.path.length === 0 && !before.word && !context.explicit)) return null;
    const from = context.pos - before.word.length;
    if (before.path.length === 0)
      return { from, options: names().map((label) => ({ label, type: "variable" })), validFor: /^[\w$]*$/ };
    const members = await Promise.race([complete(before.path), late()]);
    const options = members.map(({ label, type, detail }) => ({ label, type, detail }));
    return options.length ? { from, options, validFor: /^[\w$]*$/ } : null;
  };
}

const late = (): Promise<Completion[]> => new Promise((resolve) => setTimeout(() => resolve([]), PATIENCE));
