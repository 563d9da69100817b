import type { InputValue } from "#src/notebook/runtime/bundle.ts";
import { emptyLesson, isEmptyLesson, merged, parseStored, upgraded } from "./stored-lesson.ts";
import type { Edit, EarlierChanges, StoredLesson } from "./stored-lesson.ts";

/** Why changes are only in memory. The notice beside it offers "Download my changes". */
export interface StorageProblem {
  kind: "unavailable" | "full" | "corrupt" | "file-too-large";
  message: string;
}

export interface StorageOptions {
  /** `localStorage`, or undefined where the browser refuses it */
  storage: Storage | undefined;
  key: string;
  version: string;
  now: () => number;
  /** runs a function a little later, once; the function cancels the wait */
  later: (save: () => void) => () => void;
  onProblem: (problem: StorageProblem) => void;
}

export interface LessonStorage {
  readonly lesson: StoredLesson;
  /** undefined: the cell is the original again */
  setEdit(cell: string, edit: Edit | undefined): void;
  setInput(cell: string, name: string, value: InputValue): void;
  clearInputs(): void;
  setDone(exercise: string): void;
  /** the earlier edits, newest text of each cell; they stay stored until `dropEarlier` */
  earlierEdits(): Record<string, Edit>;
  dropEarlier(): void;
  /** puts back what `lesson` was; used by Undo */
  replace(lesson: StoredLesson): void;
  flush(): void;
}

export const STORAGE_MESSAGES = {
  unavailable:
    "This browser does not let the page keep your changes, so they last until you close or reload it. " +
    "Download them to keep them.",
  full:
    "This browser\u2019s storage is full, so your latest changes last until you close or reload the page. " +
    "Download them to keep them, or free some space and change something again.",
  corrupt:
    "The changes stored for this lesson could not be read. They were put aside, not deleted; " +
    "the lesson starts from its original cells. Download them to see what is there.",
  "file-too-large":
    "A file that you chose is too large to be kept in this browser: choose it again after a reload. " +
    "Your other changes are kept.",
} as const;

/** Where text that could not be read is put aside. */
export const asideKey = (key: string): string => `${key}:unreadable`;

const withoutFiles = (lesson: StoredLesson): StoredLesson => {
  const inputs: StoredLesson["inputs"] = {};
  for (const [cell, values] of Object.entries(lesson.inputs)) {
    inputs[cell] = Object.fromEntries(
      Object.entries(values).filter(([, value]) => typeof value !== "object" || value === null),
    );
  }
  return { ...lesson, inputs };
};

const hasFiles = (lesson: StoredLesson): boolean =>
  Object.values(lesson.inputs).some((values) =>
    Object.values(values).some((value) => typeof value === "object" && value !== null),
  );

/** `localStorage` when it can be read at all: private modes and blocked cookies throw on first touch. */
export function browserStorage(get: () => Storage): Storage | undefined {
  try {
    const storage = get();
    storage.getItem("unrolled");
    return storage;
  } catch {
    return undefined;
  }
}

/** What is stored, after unreadable text was put aside. */
function load(options: StorageOptions): { lesson: StoredLesson; raw: string | null } {
  const { storage, key, version, onProblem } = options;
  const raw = storage?.getItem(key) ?? null;
  const stored = raw === null ? undefined : parseStored(raw);
  if (stored) return { lesson: upgraded(stored, version), raw };
  if (raw !== null) onProblem({ kind: "corrupt", message: STORAGE_MESSAGES.corrupt });
  return { lesson: emptyLesson(version), raw };
}

/** Copies unreadable text to a free key, so that a save cannot overwrite it; throws when there is no room. */
function keepAside(storage: Storage, key: string, raw: string): void {
  let aside = asideKey(key);
  for (let n = 2; storage.getItem(aside) !== null; n += 1) aside = `${asideKey(key)}-${n}`;
  storage.setItem(aside, raw);
}

/** Writes the lesson and returns the stored text; throws what the browser throws. */
function write(storage: Storage, key: string, lesson: StoredLesson): string | null {
  const found = storage.getItem(key);
  if (found !== null && !parseStored(found)) keepAside(storage, key, found);
  if (isEmptyLesson(lesson)) {
    storage.removeItem(key);
    return null;
  }
  const text = JSON.stringify(lesson);
  storage.setItem(key, text);
  return text;
}

/** A lesson's stored changes: read once, saved a little after each change, merged with what other tabs saved. */
export function openStorage(options: StorageOptions): LessonStorage {
  const { storage, key, onProblem } = options;
  let { lesson, raw } = load(options);
  const touched = new Set<string>();
  const reported = new Set<StorageProblem["kind"]>();
  let cancel: (() => void) | undefined;

  const report = (kind: StorageProblem["kind"]): void => {
    if (reported.has(kind)) return;
    reported.add(kind);
    onProblem({ kind, message: STORAGE_MESSAGES[kind] });
  };

  const save = (): void => {
    cancel = undefined;
    if (!storage) return report("unavailable");
    try {
      const found = storage.getItem(key);
      const other = found !== null && found !== raw ? parseStored(found) : undefined;
      if (other) lesson = merged(lesson, other, touched);
      raw = write(storage, key, lesson);
      reported.delete("full");
    } catch {
      saveWithoutFiles();
    }
  };

  const saveWithoutFiles = (): void => {
    if (!hasFiles(lesson)) return report("full");
    try {
      raw = write(storage!, key, withoutFiles(lesson));
      report("file-too-large");
    } catch {
      report("full");
    }
  };

  const change = (next: Partial<StoredLesson>): void => {
    lesson = { ...lesson, ...next, saved: options.now() };
    cancel ??= options.later(save);
  };

  return {
    get lesson() {
      return lesson;
    },
    setEdit(cell, edit) {
      touched.add(cell);
      const { [cell]: _old, ...others } = lesson.edits;
      change({ edits: edit ? { ...others, [cell]: edit } : others });
    },
    setInput(cell, name, value) {
      change({ inputs: { ...lesson.inputs, [cell]: { ...lesson.inputs[cell], [name]: value } } });
    },
    clearInputs: () => change({ inputs: {} }),
    setDone: (exercise) => change({ done: { ...lesson.done, [exercise]: options.now() } }),
    earlierEdits: () => Object.assign({}, ...lesson.earlier.map((one: EarlierChanges) => one.edits)),
    dropEarlier: () => change({ earlier: [] }),
    replace(old) {
      for (const cell of [...Object.keys(old.edits), ...Object.keys(lesson.edits)]) touched.add(cell);
      change({ edits: old.edits, inputs: old.inputs, earlier: old.earlier });
    },
    flush() {
      cancel?.();
      if (cancel) save();
    },
  };
}
