/** A worker that is on its way to `ready`. */
export interface Boot {
  promise: Promise<void>;
  ready(): void;
  fail(message: string): void;
}

const TOO_LATE =
  "The cells did not start within 10 seconds. The device may be busy or short of memory: " +
  "close other tabs, then run again or reload the page.";

export const BOOT_TIMEOUT = 10_000;

export function createBoot(): Boot {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fail = (message: string) => {
    clearTimeout(timer);
    reject(new Error(message));
  };
  const timer = setTimeout(() => fail(TOO_LATE), BOOT_TIMEOUT);
  return {
    promise,
    fail,
    ready() {
      clearTimeout(timer);
      resolve();
    },
  };
}
