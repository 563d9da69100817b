/** One beat a second; three without an answer mean that nobody is there. */
const INTERVAL = 1000;
const MAX_MISSED = 3;

export interface HeartbeatOptions {
  beat(n: number): void;
  onDead(): void;
}

/**
 * Tells a dead frame from a busy one: the frame does nothing but pass messages, so its silence means that the
 * browser ended its process. Counts beats, not time, so that a page that slept accuses nobody.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #timer: ReturnType<typeof setInterval> | undefined;
  #n = 0;
  #missed = 0;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#timer !== undefined) return;
    this.#missed = 0;
    this.#timer = setInterval(() => this.#tick(), INTERVAL);
    this.#tick();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Any sign of life counts, the answer to a beat as well as a message. */
  heard(): void {
    this.#missed = 0;
  }

  #tick(): void {
    if (this.#missed >= MAX_MISSED) {
      this.stop();
      this.#options.onDead();
      return;
    }
    this.#missed++;
    this.#options.beat(++this.#n);
  }
}
