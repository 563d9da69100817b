import type { RuntimeMessage } from "../runtime/message.ts";

export const SOFT_STOP = 150;

/** Waits until the runtime shows that it has stopped: it answers a ping sent behind `stop`, and nothing runs. */
export interface StopWatch {
  /** true: stopped from within; false: it cannot be, or it did not answer in time */
  promise: Promise<boolean>;
  hear(message: RuntimeMessage, isQuiet: boolean): void;
}

/** @param ping number of the ping that was sent behind `stop`: an earlier `idle` proves nothing */
export function watchStop(ping: number): StopWatch {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), SOFT_STOP);
  let isAnswered = false;
  return {
    promise,
    hear(message, isQuiet) {
      if (message.type === "pong" && message.n === ping) isAnswered = true;
      if (message.type !== "unstoppable" && !(isAnswered && isQuiet)) return;
      clearTimeout(timer);
      resolve(message.type !== "unstoppable");
    },
  };
}
