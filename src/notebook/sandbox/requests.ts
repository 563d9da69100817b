import type { PageMessage, RuntimeMessage } from "../runtime/message.ts";

type Supply = Extract<PageMessage, { type: "supply" }>;

/** Files that the worker asks the page for: the page alone can fetch. */
export class Requests {
  readonly #post: (message: RuntimeMessage) => void;
  readonly #waiting = new Map<number, { resolve(supply: Supply): void; reject(error: Error): void }>();
  #count = 0;

  constructor(post: (message: RuntimeMessage) => void) {
    this.#post = post;
  }

  /** @throws when the page cannot supply the file; the message says why */
  ask(kind: "library" | "data", name: string): Promise<Supply> {
    const request = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#waiting.set(request, { resolve, reject });
      this.#post({ type: "need", request, kind, name });
    });
  }

  answer(supply: Supply): void {
    const waiting = this.#waiting.get(supply.request);
    this.#waiting.delete(supply.request);
    if (supply.error === undefined) waiting?.resolve(supply);
    else waiting?.reject(new Error(supply.error));
  }
}
