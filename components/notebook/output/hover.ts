import { type Line, type Spot, nearest, readPoints, spotAfter } from "./hover-points.ts";

/** How near the pointer must come to a point, in pixels of the screen. */
const REACH = 40;

/** The lines of a chart. A live chart's text may change, so points are kept by text. */
function lineReader(): (chart: Element) => Line[] {
  const kept = new WeakMap<Element, { text: string; line: Line }>();
  const read = (group: SVGGraphicsElement): Line => {
    const text = group.dataset.hover ?? "";
    const old = kept.get(group);
    if (old?.text === text) return old.line;
    const line = { group, points: readPoints(text) };
    kept.set(group, { text, line });
    return line;
  };
  return (chart) =>
    [...chart.querySelectorAll<SVGGraphicsElement>("g[data-hover]")]
      .map(read)
      .filter((line) => line.points.length);
}

/** Distance on the screen from a place to each point of a line. */
function distanceOn({ group }: Line, left: number, top: number): (point: { x: number; y: number }) => number {
  const m = group.getScreenCTM();
  if (!m) return () => Infinity;
  return ({ x, y }) => Math.hypot(m.a * x + m.c * y + m.e - left, m.b * x + m.d * y + m.f - top);
}

function spotNear(lines: Line[], left: number, top: number): Spot | undefined {
  let best: Spot | undefined;
  let least = REACH;
  for (const line of lines) {
    const distance = distanceOn(line, left, top);
    const point = nearest(line.points, distance);
    if (!point || distance(point) >= least) continue;
    least = distance(point);
    best = { line, point };
  }
  return best;
}

interface Tip {
  show(spot: Spot): void;
  hide(): void;
}

/** The text beside the point, and a ring around it. */
function createTip(root: Document): Tip {
  const tip = root.createElement("div");
  tip.className = "hover-tip";
  tip.setAttribute("role", "status");
  root.body.append(tip);
  const ring = root.createElementNS("http://www.w3.org/2000/svg", "circle");
  ring.setAttribute("class", "hover-ring");
  ring.setAttribute("r", "5");
  return {
    show({ line, point }) {
      ring.setAttribute("cx", `${point.x}`);
      ring.setAttribute("cy", `${point.y}`);
      line.group.append(ring);
      if (tip.textContent !== point.label) tip.textContent = point.label;
      const at = ring.getBoundingClientRect();
      const { width, height } = tip.getBoundingClientRect();
      const left = Math.min(at.right + 4, root.documentElement.clientWidth - width - 4);
      tip.style.left = `${Math.max(4, left)}px`;
      tip.style.top = `${at.top > height + 8 ? at.top - height - 4 : at.bottom + 4}px`;
    },
    hide() {
      tip.textContent = "";
      ring.remove();
    },
  };
}

/** The outermost svg around an event. */
function chartAt(event: Event): Element | null {
  let chart = event.target instanceof Element ? event.target.closest("svg") : null;
  for (let next = chart; next; next = next.parentElement?.closest("svg") ?? null) chart = next;
  return chart;
}

/** True when the reader came by keyboard: a pointer elsewhere does not end that. */
const isFocused = (root: Document, spot: Spot): boolean =>
  root.activeElement instanceof SVGElement && root.activeElement.contains(spot.line.group);

/**
 * Reads out the points of charts, by pointer and by keyboard, in one document: live and prerendered ones alike.
 * ← → Home End go along a line, ↑ ↓ to another line, Esc ends.
 */
export function installHover(root: Document): void {
  const linesOf = lineReader();
  const tip = createTip(root);
  let current: Spot | undefined;
  const show = (spot: Spot): void => tip.show((current = spot));
  const hide = (): void => {
    if (current) tip.hide();
    current = undefined;
  };
  root.addEventListener("pointermove", (event) => {
    const chart = chartAt(event);
    const spot = chart ? spotNear(linesOf(chart), event.clientX, event.clientY) : undefined;
    if (spot) show(spot);
    else if (!current || !isFocused(root, current)) hide();
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return hide();
    const chart = chartAt(event);
    const lines = chart && !event.ctrlKey && !event.metaKey && !event.altKey ? linesOf(chart) : [];
    const spot = lines.length ? spotAfter(event.key, lines, current) : undefined;
    if (!spot) return;
    event.preventDefault();
    show(spot);
  });
  root.addEventListener("focusout", hide);
  root.addEventListener("scroll", hide, true);
}
