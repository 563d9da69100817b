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

/** What answers to a press by itself, asleep or awake. */
const NATIVE = "a, summary, label, input, select, textarea";

const EVENTS = ["click", "keydown", "input", "focusin", "pointerover"];

interface Press {
  press: Event;
  at: Element;
}

/** The same event to be sent again: one that was sent already has gone by the listeners that came since. */
const copyOf = (event: Event): Event => new (event.constructor as typeof Event)(event.type, event);

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

  /** The presses in each figure since it began to wake; they are done again when it is awake. */
  const waking = new Map<Element, Press[]>();
  const wake = (event: Event): void => {
    const target = event.target as Element | null;
    const root = target?.closest?.("[data-figure-data]");
    if (!target || !root) return;
    const presses = waking.get(root) ?? [];
    if (event.type === "click" && !target.closest(NATIVE)) presses.push({ press: copyOf(event), at: target });
    if (waking.has(root)) return;
    waking.set(root, presses);
    parts
      .wakeFigure(root)
      .then(() => presses.forEach(({ press, at }) => at.dispatchEvent(press)))
      // a reader who was offline can try again
      .catch(() => undefined)
      .finally(() => waking.delete(root));
  };

  const onEvent = (event: Event): void => {
    wake(event);
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
