/** The entry of a page with a notebook: wires the stub to its lazy parts. */
import { startStub } from "./stub.ts";

function storedChanges(): string | null {
  try {
    return localStorage.getItem(document.getElementById("lesson-data")?.dataset["key"] ?? "");
  } catch {
    return null;
  }
}

function onFailure(error: unknown): void {
  const place = document.querySelector("[data-announcer]");
  if (place) {
    place.classList.add("notebook-failure");
    place.textContent =
      "The notebook could not be loaded, so nothing ran. Check the connection and press the button again.";
  }
  console.error(error);
}

startStub(document, {
  openNotebook: async () => (await import("./notebook.ts")).openNotebook(document),
  installHover: async () => (await import("./output/hover.ts")).installHover(document),
  storedChanges,
  onFailure,
});
