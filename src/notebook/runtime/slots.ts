import type { Bundle } from "./bundle.ts";

/** Least milliseconds between two versions of one output: about 30 pictures a second. */
export const PACE_INTERVAL = 33;

/** When two versions of one output may follow each other, and whether the page says that it has drawn the last. */
export interface Pace {
  /** least milliseconds between two versions of a slot */
  interval: number;
  /** wait for `drawn` before the next version */
  awaitsDrawn: boolean;
  now(): number;
}

/**
 * The outputs of one run. Each slot holds at most one version in flight and one waiting, so a fast cell costs a slow
 * page fewer pictures and never a backlog. The last version always arrives: `flush` sends what waits.
 */
export class Slots {
  readonly #send: (slot: string, bundle: Bundle) => void;
  readonly #pace: Pace;
  readonly #waiting = new Map<string, () => Bundle>();
  readonly #inFlight = new Set<string>();
  readonly #lastSent = new Map<string, number>();

  constructor(send: (slot: string, bundle: Bundle) => void, pace: Pace) {
    this.#send = send;
    this.#pace = pace;
  }

  get size(): number {
    return this.#lastSent.size;
  }

  has(slot: string): boolean {
    return this.#lastSent.has(slot);
  }

  /** Shows a version, now or when the slot is free; a later version replaces a waiting one unmade. */
  put(slot: string, make: () => Bundle): void {
    const last = this.#lastSent.get(slot);
    const isEarly = last !== undefined && this.#pace.now() - last < this.#pace.interval;
    if (isEarly || this.#inFlight.has(slot)) {
      this.#waiting.set(slot, make);
      if (last === undefined) this.#lastSent.set(slot, this.#pace.now());
    } else this.#deliver(slot, make);
  }

  /** The page has drawn this slot. */
  drawn(slot: string): void {
    this.#inFlight.delete(slot);
    const next = this.#waiting.get(slot);
    if (next) this.#deliver(slot, next);
  }

  remove(slot: string): void {
    this.#waiting.delete(slot);
    this.#inFlight.delete(slot);
    this.#lastSent.delete(slot);
  }

  flush(): void {
    for (const [slot, make] of this.#waiting) this.#deliver(slot, make);
  }

  #deliver(slot: string, make: () => Bundle): void {
    this.#waiting.delete(slot);
    this.#lastSent.set(slot, this.#pace.now());
    if (this.#pace.awaitsDrawn) this.#inFlight.add(slot);
    this.#send(slot, make());
  }
}
