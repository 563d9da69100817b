/** The only script that a page with cells loads at once. Everything else comes at the first need. */
import { listen } from "./listen.ts";
import { storageKey } from "./storage-key.ts";

function storedChanges(): string | null {
  try {
    const text = localStorage.length > 0 && document.getElementById("lesson-data")?.textContent;
    if (!text) return null;
    const { base, lesson } = JSON.parse(text) as { base: string; lesson: string };
    return localStorage.getItem(storageKey(base, lesson));
  } catch {
    return null;
  }
}

function onFailure(error: unknown): void {
  const place = document.querySelector("[data-announcer]");
  if (place) {
    place.classList.add("is-failure");
    place.textContent =
      "The notebook could not be loaded, so nothing ran. Check the connection and press the button again.";
  }
  console.error(error);
}

listen(document, {
  openNotebook: async () => (await import("./notebook.ts")).openNotebook(document),
  installHover: async () => (await import("./output/hover.ts")).installHover(document),
  wakeFigure: async (root) => (await import("./wake-figure.ts")).wakeFigure(root),
  storedChanges,
  onFailure,
});
