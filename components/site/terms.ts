/** Pointing at a symbol, or focusing it, lights up the same quantity in equations, code and figures of the lesson. */
export function linkTerms(document: Document): void {
  let lit = "";
  const light = (term: string): void => {
    if (term === lit) return;
    lit = term;
    for (const element of document.querySelectorAll(".is-lit")) element.classList.remove("is-lit");
    if (!term) return;
    for (const element of document.querySelectorAll("[data-term]"))
      if (element.getAttribute("data-term") === term) element.classList.add("is-lit");
  };
  const follow = (event: Event): void => {
    const target = event.target as Element | null;
    light(target?.closest?.("[data-term]")?.getAttribute("data-term") ?? "");
  };
  document.addEventListener("pointerover", follow);
  document.addEventListener("focusin", follow);
}
