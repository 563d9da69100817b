import type { KnownValue } from "#components/notebook/known-values.ts";

/** More would hide what is being read. */
const MOST = 4;

/** A value with the cell that holds it. */
interface Found extends KnownValue {
  cell: string;
  /** from the cell to the place that is pointed at, in pixels */
  distance: number;
}

const BOX = "term-values";

/** Shows what the lesson's cells hold for a quantity, below the symbol that is pointed at; without a place it goes away. */
export function showTermValues(term: string, place: Element | null): void {
  const box = document.querySelector<HTMLElement>(`.${BOX}`) ?? createBox();
  // the reader may go into the box to follow a link
  if (place && box.contains(place)) return;
  const found = place ? valuesOf(term, place) : [];
  box.hidden = found.length === 0;
  box.dataset["term"] = term;
  box.replaceChildren(...found.map(row));
  if (!place || box.hidden) return;
  const { left, bottom } = place.getBoundingClientRect();
  const room = document.documentElement.clientWidth - box.offsetWidth - 8;
  box.style.left = `${Math.max(8, Math.min(left, room)) + scrollX}px`;
  box.style.top = `${bottom + scrollY}px`;
}

function createBox(): HTMLElement {
  const box = document.createElement("div");
  box.className = BOX;
  box.setAttribute("role", "status");
  box.hidden = true;
  document.body.append(box);
  return box;
}

/** The nearest cells first. */
function valuesOf(term: string, place: Element): Found[] {
  // a property of that name, as in Plot's { x: "step" }, is another thing; a figure shows its own values
  if (place.matches(".tok-propertyName") || place.closest("[data-figure]")) return [];
  const at = place.getBoundingClientRect().top;
  const cells = [...document.querySelectorAll<HTMLElement>("section[data-known]")];
  const found = cells.flatMap((section) => {
    const known = JSON.parse(section.dataset["known"]!) as KnownValue[];
    const distance = Math.abs(section.getBoundingClientRect().top - at);
    return known
      .filter((one) => one.term === term)
      .map((one): Found => ({ ...one, cell: section.dataset["cell"]!, distance }));
  });
  return found.sort((a, b) => a.distance - b.distance).slice(0, MOST);
}

function row({ name, text, cell }: Found): HTMLElement {
  const line = document.createElement("p");
  const code = document.createElement("code");
  code.textContent = `${name}: ${text}`;
  const link = document.createElement("a");
  link.href = `#cell-${cell}`;
  link.textContent = cell;
  line.append(code, " in cell ", link);
  return line;
}
