/** Symbols of equations, names in code and parts of figures that stand for the same quantity share `data-term`. */
const TERM = "[data-term]";

/**
 * Pointing at a symbol, or reaching it by keyboard, lights up the same quantity in the whole page. The symbols of an equation
 * are reached by focusing the equation and pressing the up and down keys.
 */
export function linkTerms(document: Document): void {
  let lit = "";
  const light = (term: string): void => {
    if (term === lit) return;
    lit = term;
    for (const element of document.querySelectorAll(".is-lit")) element.classList.remove("is-lit");
    if (!term) return;
    for (const element of document.querySelectorAll(TERM))
      if (element.getAttribute("data-term") === term) element.classList.add("is-lit");
  };
  const follow = ({ target }: Event): void => {
    const place = target instanceof Element ? target.closest(TERM) : null;
    light(place?.getAttribute("data-term") ?? "");
  };
  document.addEventListener("pointerover", follow);
  document.addEventListener("focusin", follow);
  document.addEventListener("keydown", (event) => {
    const equation = document.activeElement?.closest(".equation");
    const down = event.key === "ArrowDown";
    if (!equation || (!down && event.key !== "ArrowUp")) return;
    const next = stepped(termsIn(equation), lit, down ? 1 : -1);
    if (next === undefined) return;
    event.preventDefault();
    light(next);
  });
}

const termsIn = (equation: Element): string[] => [
  ...new Set([...equation.querySelectorAll(TERM)].map((element) => element.getAttribute("data-term")!)),
];

/** The term after or before the lit one; undefined at either end, where the key scrolls the page as ever. */
export function stepped(terms: string[], lit: string, by: 1 | -1): string | undefined {
  const at = terms.indexOf(lit);
  return at < 0 && by < 0 ? undefined : terms[at + by];
}
