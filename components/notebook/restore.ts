import { changesText, download } from "./changes-file.ts";
import type { Notices, NoticeAction } from "./notices.ts";
import { dayText } from "./status-text.ts";
import { asideKey } from "./storage.ts";
import type { LessonStorage, StorageProblem } from "./storage.ts";
import type { Edit, StoredLesson } from "./stored-lesson.ts";

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

/** "You changed 2 cells here on 20 Nov. They are back, and nothing has run." */
export function restoredText(stored: StoredLesson, now: number): string {
  const cells = Object.keys(stored.edits).length;
  const controls = Object.values(stored.inputs).reduce((sum, values) => sum + Object.keys(values).length, 0);
  const what = [cells && count(cells, "cell"), controls && count(controls, "control")]
    .filter(Boolean)
    .join(" and ");
  const isOne = cells + controls === 1;
  return `You changed ${what} here (${dayText(stored.saved, now)}). ${isOne ? "It is" : "They are"} back; nothing has run.`;
}

/** The lesson has changed since the edits were made: they are offered, not applied. */
export function offeredText(
  edits: Record<string, Edit>,
  saved: number,
  missing: string[],
  now: number,
): string {
  const cells = count(Object.keys(edits).length, "cell");
  const gone =
    missing.length === 0
      ? ""
      : ` ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} no longer in the lesson; download to keep the text.`;
  return `You changed ${cells} in an earlier version of this lesson (${dayText(saved, now)}).${gone}`;
}

export interface RestoreOptions {
  document: Document;
  title: string;
  lessonName: string;
  storageKey: string;
  browserStorage: Storage | undefined;
  storage: () => LessonStorage;
  notices: Notices;
  now: () => number;
  /** shows these edits in the cells; nothing runs */
  apply: (edits: Record<string, Edit>) => void;
  resetAll: () => void;
  hasCell: (id: string) => boolean;
}

/** The ways out for what this browser keeps: restore, discard, download. */
export function createRestore(options: RestoreOptions) {
  const { document, notices, now } = options;

  function downloadChanges(): void {
    const unreadable: string[] = [];
    const aside = options.browserStorage?.getItem(asideKey(options.storageKey));
    if (aside) unreadable.push(aside);
    const text = changesText(options.title, options.storage().lesson, unreadable);
    download(document, `${options.lessonName}-my-changes.md`, text);
  }

  const downloadAction: NoticeAction = { label: "Download my changes", run: downloadChanges, stays: true };

  function offerEarlier(): void {
    const storage = options.storage();
    const edits = storage.earlierEdits();
    if (Object.keys(edits).length === 0) return;
    const missing = Object.keys(edits).filter((id) => !options.hasCell(id));
    const saved = Math.max(...storage.lesson.earlier.map((one) => one.saved));
    const restore = (): void => {
      options.apply(Object.fromEntries(Object.entries(edits).filter(([id]) => options.hasCell(id))));
      // text of cells that are gone stays stored: the reader may still download it
      if (missing.length === 0) storage.dropEarlier();
    };
    notices.show({
      id: "earlier",
      text: offeredText(edits, saved, missing, now()),
      actions: [
        { label: "Restore", run: restore },
        downloadAction,
        { label: "Discard", run: () => storage.dropEarlier() },
      ],
    });
  }

  return {
    download: downloadChanges,
    /** What was stored for this version is shown at once; another version's edits wait for an answer. */
    atStart(): void {
      const { lesson } = options.storage();
      options.apply(lesson.edits);
      if (Object.keys(lesson.edits).length + Object.keys(lesson.inputs).length > 0) {
        const actions = [{ label: "Go back to the original", run: options.resetAll }];
        notices.show({ id: "restored", text: restoredText(lesson, now()), actions });
      }
      offerEarlier();
    },
    onProblem(problem: StorageProblem): void {
      const actions = problem.kind === "file-too-large" ? [] : [downloadAction];
      notices.show({ id: `storage-${problem.kind}`, text: problem.message, tone: "warn", actions });
    },
  };
}
export type Restore = ReturnType<typeof createRestore>;
