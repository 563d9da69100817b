import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Heartbeat } from "./heartbeat.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("three beats without an answer mean a dead frame", () => {
  const beat = vi.fn();
  const onDead = vi.fn();
  new Heartbeat({ beat, onDead }).start();
  vi.advanceTimersByTime(2999);
  expect(onDead).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(beat).toHaveBeenCalledTimes(3);
  expect(onDead).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(60_000);
  expect(onDead).toHaveBeenCalledTimes(1);
});

test("a frame that answers late but answers is alive", () => {
  const onDead = vi.fn();
  const heartbeat = new Heartbeat({ beat: () => {}, onDead });
  heartbeat.start();
  for (let i = 0; i < 10; i++) {
    vi.advanceTimersByTime(2500);
    heartbeat.heard();
  }
  expect(onDead).not.toHaveBeenCalled();
});

test("a stopped heartbeat accuses nobody, and starts afresh", () => {
  const onDead = vi.fn();
  const heartbeat = new Heartbeat({ beat: () => {}, onDead });
  heartbeat.start();
  vi.advanceTimersByTime(2000);
  heartbeat.stop();
  vi.advanceTimersByTime(60_000);
  heartbeat.start();
  vi.advanceTimersByTime(2000);
  expect(onDead).not.toHaveBeenCalled();
});
