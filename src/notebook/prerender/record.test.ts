import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseCell } from "../cells/parse.ts";
import type { LessonCell } from "../lesson.ts";
import type { SandboxFiles } from "./bundle.ts";
import { readRecording, recordedCells, recordFingerprint, writeRecording } from "./record.ts";

const cell = (id: string, source: string, isRecord = false): LessonCell => ({
  id,
  source,
  parsed: parseCell(source),
  run: "auto",
  isOriginal: true,
  kind: "cell",
  line: 1,
  isRecord,
  isFolded: false,
});
const lesson = (...cells: LessonCell[]) => ({ lesson: "05-char-lm", title: "", cells, exercises: {} });
const sandbox = (code: string): SandboxFiles => ({
  manifest: {
    frame: "",
    runtime: "",
    libraries: { nn: { url: "", needs: [] } },
    names: { nn: "nn" },
    data: {},
  },
  files: new Map(),
  chunks: { nn: code },
  fingerprint: "",
});
const kept = { id: "long", state: "done" as const, ms: 1, outputs: [], logs: [], values: { loss: 1 } };

describe("a recorded run", () => {
  it("is read back while nothing that it depends on has changed", () => {
    const folder = mkdtempSync(join(tmpdir(), "lesson-"));
    writeRecording(folder, "long", { fingerprint: "a", cell: kept });
    expect(readRecording(folder, "05-char-lm", "long", "a")).toEqual({ ...kept, isRecorded: true });
  });

  it("fails the build when it is missing or stale, with the command that remakes it", () => {
    const folder = mkdtempSync(join(tmpdir(), "lesson-"));
    expect(() => readRecording(folder, "05-char-lm", "long", "a")).toThrow(
      '05-char-lm: the record cell "long" has no recorded run. Run: npm run record -- 05-char-lm',
    );
    writeRecording(folder, "long", { fingerprint: "a", cell: kept });
    expect(() => readRecording(folder, "05-char-lm", "long", "b")).toThrow(
      '05-char-lm: the recorded run of "long" is older than its code, library or seed. Run: npm run record -- 05-char-lm',
    );
  });

  it("depends on the code upstream, on the library that it reads and on the seed, and on nothing else", () => {
    const source = lesson(cell("a", "const a = 1"), cell("long", "nn; a", true), cell("other", "2"));
    const print = (from = source, code = "1", seed = 1) =>
      recordFingerprint(from, "long", sandbox(code), seed);
    expect(print(lesson(cell("a", "const a = 1"), cell("long", "nn; a", true), cell("other", "3")))).toBe(
      print(),
    );
    expect(print(lesson(cell("a", "const a = 2"), cell("long", "nn; a", true)))).not.toBe(print());
    expect(print(source, "2")).not.toBe(print());
    expect(print(source, "1", 2)).not.toBe(print());
  });

  it("may only be read by recorded cells, since the build does not run it", () => {
    const source = lesson(cell("long", "const m = 1", true), cell("use", "m"));
    expect(() => recordedCells(source)).toThrow(
      '05-char-lm: cell "use" reads the recorded cell "long", which the build does not run. Mark "use" as record too.',
    );
  });
});
