import { MAX_MESSAGE, splitWire } from "./wire.ts";

/** What may wait in the frame, what may be on its way to the page, and how fast a worker may talk. */
export interface FlowLimits {
  /** messages that the page has not yet taken */
  inFlight: number;
  /** UTF-16 units that the page has not yet taken; one larger message may always go alone */
  inFlightSize: number;
  messageSize: number;
  waiting: number;
  waitingSize: number;
  /** messages per second */
  rate: number;
}

export const FLOW_LIMITS: FlowLimits = {
  inFlight: 64,
  inFlightSize: 1_000_000,
  messageSize: MAX_MESSAGE,
  waiting: 20_000,
  waitingSize: 64_000_000,
  rate: 50_000,
};

export type FlowVerdict =
  | { kind: "waiting" }
  | { kind: "too-large"; route: string; size: number }
  | { kind: "flooded"; why: "rate" | "backlog" };

const WAITING: FlowVerdict = { kind: "waiting" };

/**
 * The queue between one worker and the page. Invariants: messages leave in the order in which their route first
 * waited; a replaced message keeps its place; what is in flight never passes the limits, whatever the worker does.
 */
export class Flow {
  readonly #limits: FlowLimits;
  /** insertion order is the order of sending; keys of messages that cannot be replaced are numbers */
  readonly #waiting = new Map<string | number, string>();
  #waitingSize = 0;
  #inFlight = 0;
  #inFlightSize = 0;
  #serial = 0;
  #windowStart = Number.NEGATIVE_INFINITY;
  #windowCount = 0;

  constructor(limits: FlowLimits = FLOW_LIMITS) {
    this.#limits = limits;
  }

  /** Takes what a worker posted at `now` (ms). Anything but a text counts and is left out. */
  offer(data: unknown, now: number): FlowVerdict {
    if (this.#isTooFast(now)) return { kind: "flooded", why: "rate" };
    if (typeof data !== "string") return WAITING;
    const { route, key, body } = splitWire(data);
    if (data.length > this.#limits.messageSize) return { kind: "too-large", route, size: data.length };
    const id = key === "" ? this.#serial++ : key;
    this.#waitingSize += body.length - (this.#waiting.get(id)?.length ?? 0);
    this.#waiting.set(id, body);
    const isFull = this.#waiting.size > this.#limits.waiting || this.#waitingSize > this.#limits.waitingSize;
    return isFull ? { kind: "flooded", why: "backlog" } : WAITING;
  }

  /** The next message that may go to the page, or null. */
  next(): string | null {
    if (this.#waiting.size === 0 || this.#inFlight >= this.#limits.inFlight) return null;
    const [id, body] = this.#waiting.entries().next().value!;
    const isOver = this.#inFlightSize + body.length > this.#limits.inFlightSize;
    if (isOver && this.#inFlight > 0) return null;
    this.#waiting.delete(id);
    this.#waitingSize -= body.length;
    this.#inFlight++;
    this.#inFlightSize += body.length;
    return body;
  }

  /** The page has taken this much. */
  credit(messages: number, size: number): void {
    this.#inFlight = Math.max(0, this.#inFlight - messages);
    this.#inFlightSize = Math.max(0, this.#inFlightSize - size);
  }

  #isTooFast(now: number): boolean {
    if (now - this.#windowStart >= 1000) {
      this.#windowStart = now;
      this.#windowCount = 0;
    }
    return ++this.#windowCount > this.#limits.rate;
  }
}
