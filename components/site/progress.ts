/** What a list of lessons says of one: nothing before the first exercise, then how many are done. */
export function progressText(exercises: string[], done: string[]): string {
  const count = exercises.filter((id) => done.includes(id)).length;
  if (count === 0) return "";
  return count === exercises.length ? "✓ done" : `${count} of ${exercises.length} exercises`;
}

/** The exercises that a stored lesson counts as done; none when its text cannot be read. */
export function doneIn(stored: string | null): string[] {
  try {
    const { done } = JSON.parse(stored ?? "{}") as { done?: unknown };
    return typeof done === "object" && done !== null ? Object.keys(done) : [];
  } catch {
    return [];
  }
}

/** Marks the lessons whose exercises were done in this browser. */
export function showProgress(document: Document): void {
  for (const item of document.querySelectorAll<HTMLElement>("[data-lesson][data-exercises]")) {
    const exercises = item.dataset["exercises"]!.split(" ").filter(Boolean);
    const text = progressText(exercises, doneIn(read(item.dataset["lesson"]!)));
    if (!text) continue;
    const mark = document.createElement("span");
    mark.className = "done-mark";
    mark.textContent = text;
    item.append(" ", mark);
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    // a browser that refuses storage has no marks
    return null;
  }
}
