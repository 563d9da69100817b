import type { MapWord } from "./schema.ts";

export const WIDTH = 540;
export const HEIGHT = 480;

/** What part of the map is shown: the point in the middle, and how often it is magnified. */
export interface Sight {
  x: number;
  y: number;
  zoom: number;
}

export const ALL: Sight = { x: 0, y: 0, zoom: 1 };

/** Half the width of a map that shows all but the outermost words; it grows in jumps, so that a training does not breathe. */
export function radiusOf(words: readonly MapWord[]): number {
  const reach = words.map(({ x, y }) => Math.max(Math.abs(x), (Math.abs(y) * WIDTH) / HEIGHT));
  const wide = reach.toSorted((a, b) => a - b)[Math.ceil(0.995 * (reach.length - 1))] || 1;
  return 1.12 ** Math.ceil(Math.log(wide * 1.03) / Math.log(1.12));
}

/** From the map's numbers to the drawing's, and lengths back. */
export function projection(radius: number, { x, y, zoom }: Sight) {
  const scale = ((WIDTH / 2) * zoom) / radius;
  return {
    scale,
    left: (at: number) => WIDTH / 2 + (at - x) * scale,
    top: (at: number) => HEIGHT / 2 - (at - y) * scale,
  };
}

/** Magnified about a point of the drawing, which stays where it is. */
export function magnified(
  sight: Sight,
  radius: number,
  factor: number,
  [px, py]: readonly [number, number],
): Sight {
  const zoom = Math.min(40, Math.max(1, sight.zoom * factor));
  if (zoom === 1) return ALL;
  const [before, after] = [sight.zoom, zoom].map((each) => ((WIDTH / 2) * each) / radius);
  const shift = 1 / before! - 1 / after!;
  return { x: sight.x + (px - WIDTH / 2) * shift, y: sight.y - (py - HEIGHT / 2) * shift, zoom };
}

export const MIDDLE: readonly [number, number] = [WIDTH / 2, HEIGHT / 2];

/** What stays where it is when a key or a button magnifies: the chosen word while it is in sight, or else the middle. */
export function pointToKeep(
  word: MapWord | undefined,
  radius: number,
  sight: Sight,
): readonly [number, number] {
  if (!word) return MIDDLE;
  const { left, top } = projection(radius, sight);
  const [px, py] = [left(word.x), top(word.y)];
  return px >= 0 && px <= WIDTH && py >= 0 && py <= HEIGHT ? [px, py] : MIDDLE;
}

export interface Label {
  at: number;
  left: number;
  top: number;
  /** a name that would leave the drawing stands on the left of its dot, and ends there */
  isBefore: boolean;
}

/** A letter's width, roughly, and a line's height, in the drawing's units. */
const LETTER = 7.2;
const LINE = 15;
/** between a dot and its name */
const GAP = 7;

/** The words that get their name: in the order given, each that fits without covering another. */
export function labels(
  order: readonly number[],
  words: readonly MapWord[],
  { left, top }: ReturnType<typeof projection>,
  size: number,
): Label[] {
  const taken: { left: number; right: number; top: number }[] = [];
  const placed: Label[] = [];
  for (const at of order) {
    const each = words[at]!;
    const wide = each.word.length * LETTER * size;
    const isBefore = left(each.x) + GAP + wide > WIDTH;
    const label = { at, left: left(each.x) + (isBefore ? -GAP : GAP), top: top(each.y), isBefore };
    const from = isBefore ? label.left - wide : label.left;
    if (from < 0 || from + wide > WIDTH || label.top < LINE || label.top > HEIGHT - 6) continue;
    const covers = taken.some(
      (other) =>
        Math.abs(other.top - label.top) < LINE * size && from < other.right && from + wide > other.left - 8,
    );
    if (covers) continue;
    taken.push({ left: from, right: from + wide, top: label.top });
    placed.push(label);
    if (placed.length >= 120) break;
  }
  return placed;
}
