import type { Position } from "#src/notebook/runtime/message.ts";
import type { Notices } from "./notices.ts";
import type { Screen } from "./screen.ts";

export const EDITOR_FAILED =
  "The editor could not be loaded. Check the connection and try again; the cells can still be run.";

/** What a reader does with a cell's code besides typing. A chunk that does not load is said, not thrown. */
export function createCodeActions(screen: Screen, notices: Notices) {
  const failed = (): void => notices.show({ id: "editor", text: EDITOR_FAILED, tone: "warn" });

  function open(id: string, at: { position?: Position; point?: { x: number; y: number } }): void {
    screen.code(id)?.openEditor(at).catch(failed);
  }

  return {
    open,
    compare(id: string, button?: HTMLElement): void {
      const show = (isOpen: boolean): void => button?.setAttribute("aria-expanded", String(isOpen));
      screen.code(id)?.toggleComparison().then(show, failed);
    },
    /** goes to a place in a cell's code, such as the line of an error */
    reveal(id: string, position?: Position): void {
      const section = screen.element(id)?.section;
      section?.querySelector("details.cell-fold")?.setAttribute("open", "");
      section?.scrollIntoView({ block: "nearest" });
      open(id, { position });
    },
    focusAfter(id: string): void {
      const ids = screen.codeIds();
      const next = ids[ids.indexOf(id) + 1];
      if (next) screen.code(next)?.focus();
    },
  };
}
export type CodeActions = ReturnType<typeof createCodeActions>;
