import { need, route } from "./action.ts";
import type { Action, Signal } from "./action.ts";

/** The lazy part: what the page becomes at the first need. */
export interface LiveNotebook {
  perform(action: Action): void;
  warmEditor(): void;
}

export interface ListenParts {
  openNotebook: () => Promise<LiveNotebook>;
  installHover: () => Promise<void>;
  /** makes a figure that the build drew answer to the reader */
  wakeFigure: (root: Element) => Promise<void>;
  /** the reader's stored changes, if this browser keeps any for the lesson */
  storedChanges: () => string | null;
  onFailure: (error: unknown) => void;
}

const EVENTS = ["click", "keydown", "input", "focusin", "pointerover"];

/** The parts of an event that routing reads (a copy: an event's getters do not survive on another object). */
function signalOf(event: Event, document: Document): Signal {
  const { type, target, defaultPrevented } = event;
  const { key, shiftKey, ctrlKey, metaKey, clientX, clientY } = event as KeyboardEvent & MouseEvent;
  const isSelecting = type === "click" && document.getSelection?.()?.isCollapsed === false;
  return { type, target, defaultPrevented, key, shiftKey, ctrlKey, metaKey, clientX, clientY, isSelecting };
}

/**
 * The notebook's only script on a page that is being read: it listens, and loads the rest at the first need. The
 * action that needed it is replayed, and so are those that came while it was loading, in order.
 */
export function listen(document: Document, parts: ListenParts): void {
  let opening: Promise<LiveNotebook> | undefined;
  let hover: Promise<void> | undefined;

  const open = (): Promise<LiveNotebook> => {
    opening ??= parts.openNotebook().catch((error: unknown) => {
      // a reader who was offline can try again
      opening = undefined;
      throw error;
    });
    return opening;
  };

  const prepare = (wanted: ReturnType<typeof need>): void => {
    if (wanted === "hover") hover ??= parts.installHover().catch(() => void (hover = undefined));
    else if (wanted)
      open().then(
        (live) => wanted === "editor" && live.warmEditor(),
        () => undefined,
      );
  };

  const wake = (target: EventTarget | null): void => {
    const root = (target as Element | null)?.closest?.("[data-figure-data]");
    if (!root || root.hasAttribute("data-waking")) return;
    root.setAttribute("data-waking", "");
    // a reader who was offline can try again
    parts.wakeFigure(root).catch(() => root.removeAttribute("data-waking"));
  };

  const onEvent = (event: Event): void => {
    wake(event.target);
    const signal = signalOf(event, document);
    const action = route(signal);
    if (!action) return prepare(need(signal));
    if (action.name === "stop" && !opening) return;
    if (event.type === "keydown") event.preventDefault();
    open().then((live) => live.perform(action), parts.onFailure);
  };

  for (const type of EVENTS) document.addEventListener(type, onEvent);
  if (parts.storedChanges()) open().catch(() => undefined);
}
