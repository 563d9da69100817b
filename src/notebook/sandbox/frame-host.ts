import type { PageMessage } from "../runtime/message.ts";
import type { FrameOrder, FrameReport, PortMessage } from "./control.ts";
import { Flow } from "./flow.ts";

/** The part of `Worker` that the frame needs; tests bring their own. */
export interface WorkerLike {
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: unknown, transfer: Transferable[]): void;
  terminate(): void;
}

export interface FrameHostOptions {
  createWorker(code: string): WorkerLike;
  post(message: string | FrameReport): void;
  /** milliseconds, from any start */
  now(): number;
}

interface Seat {
  worker: WorkerLike;
  flow: Flow;
  /** 0 while it is the spare */
  generation: number;
}

/**
 * The frame's whole work: one worker that speaks, one spare that waits, and the queue between worker and page.
 * A spare has run nothing but the runtime; what it says waits in its queue until it is spawned.
 */
export class FrameHost {
  readonly #options: FrameHostOptions;
  #code = "";
  #active: Seat | null = null;
  #spare: Seat | null = null;

  constructor(options: FrameHostOptions) {
    this.#options = options;
  }

  receive(message: PortMessage): void {
    if ("frame" in message) this.#obey(message);
    else this.#forward(message);
  }

  #obey(order: FrameOrder): void {
    if (order.frame === "code") this.#code = order.code;
    else if (order.frame === "spawn") this.#spawn(order.generation);
    else if (order.frame === "spare") this.#spare ??= this.#seat();
    else if (order.frame === "ping") this.#options.post({ frame: "alive", n: order.n });
    else if (order.generation === this.#active?.generation) {
      this.#active.flow.credit(order.messages, order.size);
      this.#pump();
    }
  }

  #forward(message: PageMessage): void {
    const transfer = message.type === "supply" && message.bytes ? [message.bytes] : [];
    this.#active?.worker.postMessage(message, transfer);
  }

  #spawn(generation: number): void {
    this.#active?.worker.terminate();
    const wasSpare = this.#spare !== null;
    this.#active = this.#spare ?? this.#seat();
    this.#spare = null;
    this.#active.generation = generation;
    this.#options.post({ frame: "spawned", generation, wasSpare });
    this.#pump();
  }

  #seat(): Seat {
    const seat: Seat = { worker: this.#options.createWorker(this.#code), flow: new Flow(), generation: 0 };
    seat.worker.onmessage = (event) => this.#hear(seat, event.data);
    seat.worker.onerror = (event) => this.#fail(seat, event.message);
    return seat;
  }

  #hear(seat: Seat, data: unknown): void {
    if (seat !== this.#active && seat !== this.#spare) return;
    const verdict = seat.flow.offer(data, this.#options.now());
    const { generation } = seat;
    if (verdict.kind === "too-large") {
      this.#options.post({ frame: "dropped", generation, route: verdict.route, size: verdict.size });
    } else if (verdict.kind === "flooded") {
      this.#end(seat);
      this.#options.post({ frame: "flooded", generation, why: verdict.why });
    } else {
      this.#pump();
    }
  }

  #fail(seat: Seat, message: string): void {
    if (seat === this.#spare) this.#end(seat);
    else if (seat === this.#active) {
      this.#options.post({ frame: "worker-error", generation: seat.generation, message });
    }
  }

  #end(seat: Seat): void {
    seat.worker.terminate();
    if (seat === this.#active) this.#active = null;
    if (seat === this.#spare) this.#spare = null;
  }

  #pump(): void {
    const flow = this.#active?.flow;
    for (let text = flow?.next(); text != null; text = flow?.next()) this.#options.post(text);
  }
}
