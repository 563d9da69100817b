import type { PageMessage, RuntimeMessage } from "../runtime/message.ts";

/** more cells than a lesson has */
const MAX_CELLS = 500;

/** What the page knows of a worker's work, from what it asked for and what came back. */
export class Activity {
  readonly #active = new Set<string>();
  #isAsked = false;

  sent(message: PageMessage): void {
    if (message.type === "run" || message.type === "input") this.#isAsked = true;
  }

  heard(message: RuntimeMessage): void {
    if (message.type === "idle") this.#isAsked = false;
    if (message.type !== "state") return;
    const isActive = message.state === "running" || message.state === "waiting";
    if (!isActive) this.#active.delete(message.cell);
    else if (this.#active.size < MAX_CELLS) this.#active.add(message.cell);
  }

  /** all that was asked for has run */
  get isIdle(): boolean {
    return !this.#isAsked;
  }

  /** nothing runs and nothing is queued */
  get isQuiet(): boolean {
    return !this.#isAsked || this.#active.size === 0;
  }
}
