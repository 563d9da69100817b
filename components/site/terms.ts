/** Symbols of equations, names in code and parts of figures that stand for the same quantity share `data-term`. */
const TERM = "[data-term]";

/**
 * Pointing at a symbol, or reaching it by keyboard, lights up the same quantity in the whole page and shows its value where a
 * cell knows it. The symbols of an equation are reached by focusing the equation and pressing the up and down keys.
 */
export function linkTerms(document: Document): void {
  let lit = "";
  const light = (term: string, place: Element | null): void => {
    if (term !== lit) {
      lit = term;
      for (const element of document.querySelectorAll(".is-lit")) element.classList.remove("is-lit");
      if (term) for (const element of withTerm(document, term)) element.classList.add("is-lit");
    }
    // loaded at the first need: most pages are only read
    if (document.querySelector("[data-known]"))
      import("./term-values.ts").then(({ showTermValues }) => lit === term && showTermValues(term, place));
  };
  const follow = ({ target }: Event): void => {
    const place = target instanceof Element ? target.closest(TERM) : null;
    light(place?.getAttribute("data-term") ?? "", place);
  };
  document.addEventListener("pointerover", follow);
  document.addEventListener("focusin", follow);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && lit) return light("", null);
    const equation = document.activeElement?.closest(".equation");
    const down = event.key === "ArrowDown";
    if (!equation || (!down && event.key !== "ArrowUp")) return;
    const next = stepped(termsIn(equation), lit, down ? 1 : -1);
    if (next === undefined) return;
    event.preventDefault();
    light(next, withTerm(equation, next)[0] ?? null);
  });
}

const withTerm = (root: ParentNode, term: string): Element[] =>
  [...root.querySelectorAll(TERM)].filter((element) => element.getAttribute("data-term") === term);

const termsIn = (equation: Element): string[] => [
  ...new Set([...equation.querySelectorAll(TERM)].map((element) => element.getAttribute("data-term")!)),
];

/** The term after or before the lit one; undefined at either end, where the key scrolls the page as ever. */
export function stepped(terms: string[], lit: string, by: 1 | -1): string | undefined {
  const at = terms.indexOf(lit);
  return at < 0 && by < 0 ? undefined : terms[at + by];
}
