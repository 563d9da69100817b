import { describe, expect, it } from "vitest";
import { asideKey, browserStorage, openStorage, STORAGE_MESSAGES } from "./storage.ts";
import type { StorageProblem } from "./storage.ts";
import { parseStored } from "./stored-lesson.ts";

const KEY = "unrolled:/:05-char-lm";

/** A Storage with room for `room` characters. */
class FakeStorage implements Storage {
  readonly texts = new Map<string, string>();
  room: number;
  constructor(room = Infinity) {
    this.room = room;
  }
  get length(): number {
    return this.texts.size;
  }
  clear(): void {
    this.texts.clear();
  }
  key(index: number): string | null {
    return [...this.texts.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.texts.get(key) ?? null;
  }
  removeItem(key: string): void {
    this.texts.delete(key);
  }
  setItem(key: string, text: string): void {
    const others = [...this.texts].reduce((sum, [k, v]) => sum + (k === key ? 0 : v.length), 0);
    if (others + text.length > this.room) throw new DOMException("full", "QuotaExceededError");
    this.texts.set(key, text);
  }
}

function open(storage: Storage | undefined, version = "v1") {
  const problems: StorageProblem[] = [];
  const waiting: (() => void)[] = [];
  let time = 1000;
  const lesson = openStorage({
    storage,
    key: KEY,
    version,
    now: () => (time += 1),
    later: (save) => {
      waiting.push(save);
      return () => void waiting.splice(waiting.indexOf(save), 1);
    },
    onProblem: (problem) => problems.push(problem),
  });
  const save = (): void => waiting.splice(0).forEach((run) => run());
  return { lesson, problems, save, waiting, kinds: () => problems.map((problem) => problem.kind) };
}
const edit = (source: string) => ({ source, basedOn: "h" });

describe("a reader's changes", () => {
  it("are there again after a reload", () => {
    const storage = new FakeStorage();
    const first = open(storage);
    first.lesson.setEdit("train", edit("x = 1"));
    first.lesson.setInput("knobs", "rate", 0.5);
    first.lesson.setDone("by-hand");
    first.save();
    const { lesson } = open(storage).lesson;
    expect(lesson.edits).toEqual({ train: edit("x = 1") });
    expect(lesson.inputs).toEqual({ knobs: { rate: 0.5 } });
    expect(Object.keys(lesson.done)).toEqual(["by-hand"]);
  });
  it("are saved once for many keystrokes, and at once when the page goes away", () => {
    const storage = new FakeStorage();
    const { lesson, waiting } = open(storage);
    lesson.setEdit("train", edit("x"));
    lesson.setEdit("train", edit("xy"));
    expect(waiting).toHaveLength(1);
    lesson.flush();
    expect(waiting).toHaveLength(0);
    expect(parseStored(storage.getItem(KEY)!)?.edits).toEqual({ train: edit("xy") });
  });
  it("leave nothing behind when everything is the original again", () => {
    const storage = new FakeStorage();
    const { lesson, save } = open(storage);
    lesson.setEdit("train", edit("x"));
    save();
    lesson.setEdit("train", undefined);
    save();
    expect(storage.length).toBe(0);
  });
  it("stay in memory with a plain message when storage is full, and are saved when there is room again", () => {
    const storage = new FakeStorage(10);
    const { lesson, save, problems } = open(storage);
    lesson.setEdit("train", edit("a long text"));
    save();
    lesson.setEdit("train", edit("a longer text"));
    save();
    expect(problems).toEqual([{ kind: "full", message: STORAGE_MESSAGES.full }]);
    expect(lesson.lesson.edits).toEqual({ train: edit("a longer text") });
    storage.room = 10_000;
    lesson.setEdit("train", edit("short"));
    save();
    expect(parseStored(storage.getItem(KEY)!)?.edits).toEqual({ train: edit("short") });
  });
  it("stay in memory with a plain message when the browser keeps nothing", () => {
    const { lesson, save, problems } = open(undefined);
    lesson.setEdit("train", edit("x"));
    save();
    expect(problems).toEqual([{ kind: "unavailable", message: STORAGE_MESSAGES.unavailable }]);
    expect(lesson.lesson.edits).toEqual({ train: edit("x") });
    const refused = browserStorage(() => {
      throw new DOMException("denied", "SecurityError");
    });
    expect(refused).toBeUndefined();
  });
  it("are kept without a file that is too large", () => {
    const storage = new FakeStorage(500);
    const { lesson, save, kinds } = open(storage);
    lesson.setInput("own", "text", { name: "novel.txt", text: "x".repeat(600) });
    lesson.setEdit("train", edit("x = 1"));
    save();
    expect(kinds()).toEqual(["file-too-large"]);
    expect(open(storage).lesson.lesson.edits).toEqual({ train: edit("x = 1") });
  });
});

describe("stored text that cannot be read", () => {
  it.each(["{", "null", '{"format":2}', '{"format":1,"version":"v1","saved":1,"edits":{"a":1}}'])(
    "is put aside before anything is written over it: %s",
    (text) => {
      const storage = new FakeStorage();
      storage.setItem(KEY, text);
      const { lesson, save, problems } = open(storage);
      expect(problems).toEqual([{ kind: "corrupt", message: STORAGE_MESSAGES.corrupt }]);
      lesson.setEdit("train", edit("x"));
      save();
      expect(storage.getItem(asideKey(KEY))).toBe(text);
      expect(open(storage).lesson.lesson.edits).toEqual({ train: edit("x") });
    },
  );
  it("is not written over when there is no room to put it aside", () => {
    const storage = new FakeStorage(20);
    storage.setItem(KEY, "{ broken text");
    const { lesson, save, kinds } = open(storage);
    lesson.setEdit("train", edit("x"));
    save();
    expect(storage.getItem(KEY)).toBe("{ broken text");
    expect(kinds()).toEqual(["corrupt", "full"]);
  });
});

describe("a lesson that has changed since", () => {
  it("offers the edits of its older version and keeps them until the reader decides", () => {
    const storage = new FakeStorage();
    const old = open(storage, "v1");
    old.lesson.setEdit("train", edit("old"));
    old.lesson.setDone("by-hand");
    old.save();
    const now = open(storage, "v2");
    expect(now.lesson.lesson.edits).toEqual({});
    expect(now.lesson.earlierEdits()).toEqual({ train: edit("old") });
    expect(Object.keys(now.lesson.lesson.done)).toEqual(["by-hand"]);
    now.lesson.setEdit("train", edit("new"));
    now.save();
    const again = open(storage, "v3");
    expect(again.lesson.earlierEdits()).toEqual({ train: edit("new") });
    expect(again.lesson.lesson.earlier).toHaveLength(2);
    again.lesson.dropEarlier();
    again.save();
    expect(open(storage, "v3").lesson.earlierEdits()).toEqual({});
  });
});

describe("two tabs of one lesson", () => {
  it("do not lose each other's cells", () => {
    const storage = new FakeStorage();
    const [one, two] = [open(storage), open(storage)];
    one.lesson.setEdit("data", edit("from one"));
    one.save();
    two.lesson.setEdit("train", edit("from two"));
    two.save();
    expect(open(storage).lesson.lesson.edits).toEqual({ data: edit("from one"), train: edit("from two") });
  });
  it("keep both texts when both wrote in the same cell", () => {
    const storage = new FakeStorage();
    const [one, two] = [open(storage), open(storage)];
    one.lesson.setEdit("train", edit("from one"));
    one.save();
    two.lesson.setEdit("train", edit("from two"));
    two.save();
    const { lesson } = open(storage);
    expect(lesson.lesson.edits).toEqual({ train: edit("from two") });
    expect(lesson.earlierEdits()).toEqual({ train: edit("from one") });
  });
});
