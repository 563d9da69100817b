import type { SandboxManifest } from "../lesson.ts";
import type { PageMessage, RuntimeMessage } from "../runtime/message.ts";

export interface LostReason {
  kind: "memory" | "flooded" | "crashed" | "blocked";
  /** for the reader: what happened, and the next move */
  message: string;
}

export interface SandboxOptions {
  manifest: SandboxManifest;
  /** the site's base path, ending in "/" */
  base: string;
  /**
   * Every `ready` comes from a fresh worker that knows nothing: send `cells` and the inputs' values when it
   * comes. `need` and the client's own `pong` are answered here and not passed on.
   */
  onMessage(message: RuntimeMessage): void;
  /** The worker is gone. A new one is on its way (`ready` tells), except after `blocked` and `crashed`. */
  onLost(reason: LostReason): void;
}

export interface Sandbox {
  /** Resolves when the worker is ready. @throws when it cannot be started; may be tried again */
  start(): Promise<void>;
  /** Before `ready`, `cells`, `run` and `input` wait; the rest is dropped, since it is about an earlier worker. */
  send(message: PageMessage): void;
  /**
   * Ends what runs. `soft`: the runtime did it, and all values stand. `hard`: the worker did not answer and was
   * replaced; the new one is ready.
   */
  stop(): Promise<"soft" | "hard">;
  /** Replaces the worker; resolves when the new one is ready. */
  restart(): Promise<void>;
  dispose(): void;
}
