import type { LessonModel } from "./lesson-model.ts";
import type { Notices } from "./notices.ts";
import type { Screen } from "./screen.ts";
import type { Session } from "./session.ts";
import type { LessonStorage } from "./storage.ts";
import type { Edit } from "./stored-lesson.ts";
import { textHash } from "./text-hash.ts";

export interface EditsOptions {
  model: LessonModel;
  storage: LessonStorage;
  session: Session;
  notices: Notices;
  screen: Screen;
}

/** What happens to sources: each change is shown, stored and told to the runtime; nothing runs by it. */
export interface LessonEdits {
  /** the reader typed */
  changed(id: string, source: string): void;
  /** texts that did not come from an editor: restored, reset, undone */
  apply(edits: Record<string, Edit>): void;
  /** back to the originals; Undo brings back what was there, so that no text is lost */
  reset(ids: readonly string[]): void;
}

export function createEdits({ model, storage, session, notices, screen }: EditsOptions): LessonEdits {
  const original = (id: string): string => model.cell(id)?.source ?? "";

  function changed(id: string, source: string): void {
    model.setSource(id, source);
    storage.setEdit(id, model.isEdited(id) ? { source, basedOn: textHash(original(id)) } : undefined);
    session.sourcesChanged();
    screen.redraw([id]);
  }

  function apply(edits: Record<string, Edit>): void {
    for (const [id, { source }] of Object.entries(edits)) {
      if (!model.cell(id) || model.source(id) === source) continue;
      changed(id, source);
      screen.code(id)?.showSource(source);
    }
  }

  function reset(ids: readonly string[]): void {
    const old: Record<string, Edit> = {};
    const originals: Record<string, Edit> = {};
    for (const id of ids.filter((one) => model.isEdited(one))) {
      const basedOn = textHash(original(id));
      old[id] = { source: model.source(id), basedOn };
      originals[id] = { source: original(id), basedOn };
    }
    const names = Object.keys(old);
    if (names.length === 0) return;
    apply(originals);
    const text =
      names.length === 1 ? `${names[0]} is the original again.` : "All cells are the originals again.";
    notices.show({ id: "reset", text, actions: [{ label: "Undo", run: () => apply(old) }] });
  }

  return { changed, apply, reset };
}
