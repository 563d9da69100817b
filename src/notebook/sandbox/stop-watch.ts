import type { RuntimeMessage } from "../runtime/message.ts";
import type { Activity } from "./activity.ts";

export const SOFT_STOP = 150;

/**
 * Waits until the runtime shows that it has stopped: it answers a ping sent behind `stop`, and it is idle. When
 * time is up, an answer with no cell running will do, since a runtime may have had nothing to become idle from.
 */
export interface StopWatch {
  /** true: stopped from within; false: it cannot be, or it did not answer in time */
  promise: Promise<boolean>;
  hear(message: RuntimeMessage): void;
}

/** @param ping number of the ping that was sent behind `stop`: an earlier `idle` proves nothing */
export function watchStop(ping: number, activity: Activity): StopWatch {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  let isAnswered = false;
  const finish = (isStopped: boolean) => {
    clearTimeout(timer);
    resolve(isStopped);
  };
  const timer = setTimeout(() => finish(isAnswered && activity.isQuiet), SOFT_STOP);
  return {
    promise,
    hear(message) {
      if (message.type === "pong" && message.n === ping) isAnswered = true;
      if (message.type === "unstoppable") finish(false);
      else if (isAnswered && activity.isIdle) finish(true);
    },
  };
}
