import type { InputValue } from "#src/notebook/runtime/bundle.ts";
import { emptyLesson, isEmptyLesson, merged, parseStored, upgraded } from "./stored-lesson.ts";
import type { Edit, StoredLesson } from "./stored-lesson.ts";

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
export const openStorage = (options: StorageOptions): LessonStorage => new BrowserLesson(options);

class BrowserLesson implements LessonStorage {
  readonly #options: StorageOptions;
  /** cells that this tab changed: what another tab wrote there does not replace them */
  readonly #touched = new Set<string>();
  readonly #reported = new Set<StorageProblem["kind"]>();
  #lesson: StoredLesson;
  /** what this tab last read or wrote */
  #raw: string | null;
  #cancel: (() => void) | undefined;

  constructor(options: StorageOptions) {
    this.#options = options;
    const { lesson, raw } = load(options);
    this.#lesson = lesson;
    this.#raw = raw;
  }

  get lesson(): StoredLesson {
    return this.#lesson;
  }

  setEdit(cell: string, edit: Edit | undefined): void {
    this.#touched.add(cell);
    const { [cell]: _old, ...others } = this.#lesson.edits;
    this.#change({ edits: edit ? { ...others, [cell]: edit } : others });
  }

  setInput(cell: string, name: string, value: InputValue): void {
    const { inputs } = this.#lesson;
    this.#change({ inputs: { ...inputs, [cell]: { ...inputs[cell], [name]: value } } });
  }

  clearInputs(): void {
    this.#change({ inputs: {} });
  }

  setDone(exercise: string): void {
    this.#change({ done: { ...this.#lesson.done, [exercise]: this.#options.now() } });
  }

  earlierEdits(): Record<string, Edit> {
    return Object.assign({}, ...this.#lesson.earlier.map((one) => one.edits));
  }

  dropEarlier(): void {
    this.#change({ earlier: [] });
  }

  flush(): void {
    if (!this.#cancel) return;
    this.#cancel();
    this.#save();
  }

  #change(next: Partial<StoredLesson>): void {
    this.#lesson = { ...this.#lesson, ...next, saved: this.#options.now() };
    this.#cancel ??= this.#options.later(() => this.#save());
  }

  #save(): void {
    this.#cancel = undefined;
    const { storage, key } = this.#options;
    if (!storage) return this.#report("unavailable");
    try {
      const found = storage.getItem(key);
      const other = found !== null && found !== this.#raw ? parseStored(found) : undefined;
      if (other) this.#lesson = merged(this.#lesson, other, this.#touched);
      this.#raw = write(storage, key, this.#lesson);
      this.#reported.delete("full");
    } catch {
      this.#saveWithoutFiles(storage);
    }
  }

  #saveWithoutFiles(storage: Storage): void {
    if (!hasFiles(this.#lesson)) return this.#report("full");
    try {
      this.#raw = write(storage, this.#options.key, withoutFiles(this.#lesson));
      this.#report("file-too-large");
    } catch {
      this.#report("full");
    }
  }

  /** Each problem is said once, not at every keystroke. */
  #report(kind: StorageProblem["kind"]): void {
    if (this.#reported.has(kind)) return;
    this.#reported.add(kind);
    this.#options.onProblem({ kind, message: STORAGE_MESSAGES[kind] });
  }
}
