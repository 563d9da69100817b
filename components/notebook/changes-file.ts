import type { StoredLesson } from "./stored-lesson.ts";

/** Everything the reader changed in a lesson, as a file that people can read and paste from. */
export function changesText(title: string, stored: StoredLesson, unreadable: string[] = []): string {
  const parts = [`# My changes to “${title}”\n`];
  const cells = (edits: StoredLesson["edits"]): void => {
    for (const [cell, edit] of Object.entries(edits))
      parts.push(`## ${cell}\n\n${fence(edit.source, "ts")}\n`);
  };
  cells(stored.edits);
  for (const [cell, values] of Object.entries(stored.inputs)) {
    const json = JSON.stringify(values, null, 2);
    parts.push(`## Inputs of ${cell}\n\n${fence(json, "json")}\n`);
  }
  for (const earlier of stored.earlier) {
    parts.push(`# From another version of the lesson (${earlier.version})\n`);
    cells(earlier.edits);
  }
  for (const text of unreadable) parts.push(`# Stored text that could not be read\n\n${fence(text, "")}\n`);
  return parts.join("\n");
}

/** A fence that is longer than any run of backticks in the text. */
function fence(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const marks = "`".repeat(longest + 1);
  return `${marks}${language}\n${text.replace(/\n$/, "")}\n${marks}`;
}

/** Hands the reader a text file. */
export function download(document: Document, name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
