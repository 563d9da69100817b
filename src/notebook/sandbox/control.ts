import type { PageMessage } from "../runtime/message.ts";

/** Page → frame, about the workers themselves. Messages for the runtime (`PageMessage`) have a `type` instead. */
export type FrameOrder =
  /** the worker's script: comes once, before the first spawn */
  | { frame: "code"; code: string }
  /** ends the present worker; the spare, or a new worker, takes its place under this number */
  | { frame: "spawn"; generation: number }
  /** boots a worker that waits for the next spawn; does nothing when there is one */
  | { frame: "spare" }
  | { frame: "credit"; generation: number; messages: number; size: number }
  | { frame: "ping"; n: number };

/** Frame → page. What the worker says arrives as text, so that the two cannot be confused. */
export type FrameReport =
  /** every text that follows is of this generation */
  | { frame: "spawned"; generation: number; wasSpare: boolean }
  | { frame: "worker-error"; generation: number; message: string }
  | { frame: "flooded"; generation: number; why: "rate" | "backlog" }
  /** one message was too large and was left out */
  | { frame: "dropped"; generation: number; route: string; size: number }
  | { frame: "alive"; n: number };

export type PortMessage = FrameOrder | PageMessage;

/** The two messages that pass over `window.postMessage`; everything else goes over the port. */
export const HELLO = "unrolled-frame-hello";
export const CONNECT = "unrolled-frame-connect";
