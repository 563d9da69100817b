/** Calls back when the page has had time to draw. */
export type Scheduler = (callback: () => void) => void;

/** The page's side of flow control: what it has taken is given back once per animation frame. */
export class Credits {
  readonly #give: (messages: number, size: number) => void;
  readonly #schedule: Scheduler;
  #messages = 0;
  #size = 0;
  #isScheduled = false;

  constructor(give: (messages: number, size: number) => void, schedule: Scheduler) {
    this.#give = give;
    this.#schedule = schedule;
  }

  take(size: number): void {
    this.#messages++;
    this.#size += size;
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#schedule(() => this.#flush());
  }

  /** Another worker speaks now: nothing is owed to it. */
  reset(): void {
    this.#messages = 0;
    this.#size = 0;
  }

  #flush(): void {
    this.#isScheduled = false;
    if (this.#messages === 0) return;
    this.#give(this.#messages, this.#size);
    this.reset();
  }
}

const HIDDEN_WAIT = 200;

/** A hidden page gets no animation frames and nobody sees it stutter; a covered one may stop getting them. */
export function afterFrame(callback: () => void): void {
  if (document.hidden) return callback();
  const done = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    callback();
  };
  const frame = requestAnimationFrame(done);
  const timer = setTimeout(done, HIDDEN_WAIT);
}
