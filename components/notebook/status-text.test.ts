import { describe, expect, it } from "vitest";
import { announcement, clockText, dayText, durationText, staleText, statusText } from "./status-text.ts";
import type { StatusFacts } from "./status-text.ts";

const at = new Date(2026, 10, 20, 14, 2).getTime();
const facts = (more: Partial<StatusFacts>): StatusFacts => ({ state: "idle", isLive: false, ...more });

describe("the status of a cell in words", () => {
  it("says whose run stands under a cell at rest, and how long it took", () => {
    expect(statusText(facts({ author: { ms: 1234 } }))).toBe("The author’s run · 1.2 s");
    expect(statusText(facts({ author: { ms: 250_000, isRecorded: true } }))).toBe(
      "The author’s kept run · 4 min 10 s",
    );
    expect(statusText(facts({ author: { ms: 3, isFailed: true } }))).toBe(
      "The author’s run · 3 ms · failed, as intended",
    );
  });
  it("says that a starter has never run", () => {
    expect(statusText(facts({}))).toBe("Not run yet");
  });
  it("says before a long run about how long it takes", () => {
    expect(statusText(facts({ seconds: 20 }))).toBe("Not run yet · takes about 20 s");
    expect(statusText(facts({ seconds: 20, author: { ms: 84 } }))).toBe(
      "The author’s run · 84 ms · takes about 20 s",
    );
  });
  it("tells waiting for other cells from waiting for the notebook", () => {
    expect(statusText(facts({ state: "waiting" }))).toBe("Waiting for other cells");
    expect(statusText(facts({ state: "waiting", isStarting: true }))).toBe("Starting the notebook");
  });
  it("counts the seconds of a run, beside the estimate where there is one", () => {
    expect(statusText(facts({ state: "running", elapsedMs: 40 }))).toBe("Running · 0 s");
    expect(statusText(facts({ state: "running", elapsedMs: 3900 }))).toBe("Running · 3 s");
    expect(statusText(facts({ state: "running", elapsedMs: 65_000, seconds: 120 }))).toBe(
      "Running · 1 min 5 s of about 2 min",
    );
  });
  it("says when a live run ended, what it took and what it keeps", () => {
    const done = facts({
      state: "done",
      isLive: true,
      ms: 800,
      endedAt: at,
      kept: { tensors: 12, bytes: 9 },
    });
    expect(statusText(done)).toBe("Your run, 14:02 · 0.8 s · 12 tensors kept");
    expect(statusText({ ...done, kept: { tensors: 1, bytes: 9 } })).toMatch(/1 tensor kept$/);
    expect(statusText({ ...done, isCheck: true, kept: undefined })).toBe("Checked, 14:02 · 0.8 s");
  });
  it("says why a cell is stale", () => {
    expect(staleText({ kind: "edited" })).toBe("Changed here since it ran");
    expect(staleText({ kind: "upstream", cell: "data" })).toBe("Stale: cell data has changed");
    expect(staleText({ kind: "input", cell: "knobs", name: "rate" })).toBe("Stale: the input rate was moved");
    expect(staleText({ kind: "restarted" })).toBe("From before the restart; run it again");
  });
  it("does not call the author's output the reader's after an edit", () => {
    expect(statusText(facts({ state: "stale", why: { kind: "edited" }, author: { ms: 5 } }))).toBe(
      "Changed, not run yet; below is the author’s run",
    );
    expect(statusText(facts({ state: "stale", why: { kind: "edited" } }))).toBe("Changed, not run yet");
  });
  it("says that a run failed or was stopped", () => {
    expect(statusText(facts({ state: "error", isLive: true, ms: 20, endedAt: at }))).toBe(
      "Failed, 14:02 · 20 ms",
    );
    expect(statusText(facts({ state: "stopped", ms: 3200 }))).toBe("Stopped after 3.2 s");
    expect(statusText(facts({ state: "stopped" }))).toBe("Stopped");
  });
  it("announces the end of a run in one short sentence", () => {
    expect(announcement("train", facts({ state: "done", ms: 1234 }))).toBe("train ran in 1.2 s");
    expect(announcement("train", facts({ state: "error" }), "x is not defined.")).toBe(
      "train failed: x is not defined.",
    );
    expect(announcement("train", facts({ state: "stopped" }))).toBe("train stopped");
    expect(announcement("train", facts({ state: "running" }))).toBe("");
  });
});

describe("times", () => {
  it("writes durations as people say them", () => {
    expect([0, 84, 950, 9940, 9960, 59_700, 75_000, 120_000].map(durationText)).toEqual([
      "0 ms",
      "84 ms",
      "0.9 s",
      "9.9 s",
      "10 s",
      "1 min",
      "1 min 15 s",
      "2 min",
    ]);
  });
  it("writes today as a clock, other days as a date", () => {
    expect(clockText(at)).toBe("14:02");
    expect(dayText(at, at + 3_600_000)).toBe("14:02");
    expect(dayText(at, at + 5 * 86_400_000)).toBe("20 Nov");
    expect(dayText(at, at + 365 * 86_400_000)).toBe("20 Nov 2026");
  });
});
