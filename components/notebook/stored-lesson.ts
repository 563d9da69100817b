import type { InputValue } from "#src/notebook/runtime/bundle.ts";

/** What a reader changed in one cell. */
export interface Edit {
  source: string;
  /** `textHash` of the original that was edited */
  basedOn: string;
}

/** Edits that belong to another version of the lesson, or to another tab: kept until the reader decides. */
export interface EarlierChanges {
  version: string;
  /** epoch milliseconds of the last save */
  saved: number;
  edits: Record<string, Edit>;
}

/** The JSON under a lesson's storage key. */
export interface StoredLesson {
  format: 1;
  version: string;
  saved: number;
  edits: Record<string, Edit>;
  /** by cell, then by the input's name */
  inputs: Record<string, Record<string, InputValue>>;
  /** exercises whose check has passed, with the time */
  done: Record<string, number>;
  earlier: EarlierChanges[];
}

export const emptyLesson = (version: string): StoredLesson => ({
  format: 1,
  version,
  saved: 0,
  edits: {},
  inputs: {},
  done: {},
  earlier: [],
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isEdit = (value: unknown): value is Edit =>
  isRecord(value) && typeof value["source"] === "string" && typeof value["basedOn"] === "string";

const isEdits = (value: unknown): value is Record<string, Edit> =>
  isRecord(value) && Object.values(value).every(isEdit);

const isEarlier = (value: unknown): value is EarlierChanges =>
  isRecord(value) &&
  typeof value["version"] === "string" &&
  typeof value["saved"] === "number" &&
  isEdits(value["edits"]);

function isInputValue(value: unknown): value is InputValue {
  if (value === null || ["number", "string", "boolean"].includes(typeof value)) return true;
  return isRecord(value) && typeof value["name"] === "string" && typeof value["text"] === "string";
}

const isInputs = (value: unknown): boolean =>
  isRecord(value) &&
  Object.values(value).every((names) => isRecord(names) && Object.values(names).every(isInputValue));

/** The stored lesson, or undefined when the text is not one: the caller keeps such a text aside. */
export function parseStored(text: string): StoredLesson | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value["format"] !== 1 || typeof value["version"] !== "string") return undefined;
  if (typeof value["saved"] !== "number" || !isEdits(value["edits"]) || !isInputs(value["inputs"]))
    return undefined;
  const done = value["done"];
  if (!isRecord(done) || !Object.values(done).every((at) => typeof at === "number")) return undefined;
  if (!Array.isArray(value["earlier"]) || !value["earlier"].every(isEarlier)) return undefined;
  return value as unknown as StoredLesson;
}

export const isEmptyLesson = (lesson: StoredLesson): boolean =>
  [lesson.edits, lesson.inputs, lesson.done, lesson.earlier].every((part) => Object.keys(part).length === 0);

/** A lesson read under a newer version: its edits become earlier changes, its inputs and done marks stay. */
export function upgraded(stored: StoredLesson, version: string): StoredLesson {
  if (stored.version === version) return stored;
  const { edits, saved } = stored;
  const earlier = withEarlier(stored.earlier, { version: stored.version, saved, edits });
  return { ...stored, version, edits: {}, earlier };
}

/** Adds edits to the earlier changes of their version; a cell's newer text replaces its older one there. */
function withEarlier(earlier: EarlierChanges[], added: EarlierChanges): EarlierChanges[] {
  if (Object.keys(added.edits).length === 0) return earlier;
  const same = earlier.find((one) => one.version === added.version);
  const others = earlier.filter((one) => one !== same);
  return [...others, { ...added, edits: { ...same?.edits, ...added.edits } }];
}

/**
 * Another tab has saved the same lesson since we last did. Cells that this tab did not touch take the other tab's
 * text; where both wrote, ours stays and theirs joins the earlier changes.
 */
export function merged(ours: StoredLesson, theirs: StoredLesson, touched: ReadonlySet<string>): StoredLesson {
  if (theirs.version !== ours.version) return { ...ours, earlier: withEarlier(ours.earlier, theirs) };
  const edits: Record<string, Edit> = {};
  const conflicts: Record<string, Edit> = {};
  for (const [cell, edit] of Object.entries(ours.edits)) if (touched.has(cell)) edits[cell] = edit;
  for (const [cell, edit] of Object.entries(theirs.edits)) {
    if (!touched.has(cell)) edits[cell] = edit;
    else if (ours.edits[cell] && ours.edits[cell].source !== edit.source) conflicts[cell] = edit;
  }
  const earlier = withEarlier(ours.earlier, {
    version: theirs.version,
    saved: theirs.saved,
    edits: conflicts,
  });
  return { ...ours, edits, earlier, done: { ...theirs.done, ...ours.done } };
}
