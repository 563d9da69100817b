import { useRef } from "preact/hooks";
import type { WordMapData } from "./schema.ts";
import {
  ALL,
  HEIGHT,
  labels,
  magnified,
  MIDDLE,
  pointToKeep,
  projection,
  type Sight,
  WIDTH,
} from "./view-box.ts";

interface DrawingProps {
  data: WordMapData;
  radius: number;
  sight: Sight;
  onSight(sight: Sight): void;
  /** number of the chosen word */
  chosen: number;
  onChoose(at: number): void;
  label: string;
  id: string;
  /** how large the names are drawn: 1, or more where the drawing is small */
  lettering: number;
}

/** The map: one path for the dots of a group, so that thousands of words cost a few nodes; names where there is room. */
export function Drawing({
  data,
  radius,
  sight,
  onSight,
  chosen,
  onChoose,
  label,
  id,
  lettering,
}: DrawingProps) {
  const map = projection(radius, sight);
  const near = new Set((data.words[chosen]?.near ?? []).map(([at]) => at));
  const order = [...new Set([chosen, ...near, ...data.words.keys()])].filter((at) => at >= 0);
  const hand = useHand({ data, radius, sight, onSight, chosen, onChoose });
  return (
    <svg
      class="word-map"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="application"
      aria-roledescription="map"
      aria-label={`${label} Arrow keys move the map, plus and minus magnify it, 0 shows all.`}
      tabindex={0}
      data-magnified={sight.zoom > 1 ? "" : undefined}
      {...hand}
    >
      <clipPath id={`${id}clip`}>
        <rect width={WIDTH} height={HEIGHT} rx="4" />
      </clipPath>
      <rect class="word-map-ground" width={WIDTH} height={HEIGHT} rx="4" />
      <g clip-path={`url(#${id}clip)`}>
        {dots(data, map).map(([group, path]) => (
          <path class="word-map-dots" data-group={group} d={path} />
        ))}
        <Arrows data={data} map={map} />
        {labels(order, data.words, map, lettering).map(({ at, left, top, isBefore }) => (
          <text
            class={nameClass(at === chosen, near.has(at))}
            data-group={data.words[at]!.group}
            x={left + (at === chosen ? beside(isBefore) : 0)}
            y={top}
            dy="0.32em"
            text-anchor={isBefore ? "end" : "start"}
          >
            {data.words[at]!.word}
          </text>
        ))}
        {data.words[chosen] ? (
          <circle
            class="word-map-mark"
            cx={map.left(data.words[chosen].x)}
            cy={map.top(data.words[chosen].y)}
            r="6"
          />
        ) : null}
      </g>
    </svg>
  );
}

/** The chosen word's name leaves room for its ring. */
const beside = (isBefore: boolean): number => (isBefore ? -4 : 4);

function nameClass(isChosen: boolean, isNear: boolean): string {
  if (isChosen) return "word-map-name is-chosen";
  return isNear ? "word-map-name is-near" : "word-map-name";
}

type Map = ReturnType<typeof projection>;

/** A dot is a line of no length with round ends. */
function dots({ words }: WordMapData, { left, top }: Map): [group: number, path: string][] {
  const paths = new Map<number, string>();
  for (const { x, y, group = -1 } of words) {
    const [px, py] = [left(x), top(y)];
    if (px < -9 || px > WIDTH + 9 || py < -9 || py > HEIGHT + 9) continue;
    paths.set(group, `${paths.get(group) ?? ""}M${px.toFixed(1)} ${py.toFixed(1)}h0`);
  }
  return [...paths];
}

function Arrows({ data: { words, arrows = [] }, map: { left, top } }: { data: WordMapData; map: Map }) {
  return (
    <>
      {arrows.map(([from, to]) => {
        const [a, b] = [words[from], words[to]];
        if (!a || !b) return null;
        const [x1, y1, x2, y2] = [left(a.x), top(a.y), left(b.x), top(b.y)];
        const turn = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
        return (
          <g class="word-map-arrow">
            <line x1={x1} y1={y1} x2={x2} y2={y2} />
            <path d="M-11 -4.5L-3 0L-11 4.5" transform={`translate(${x2} ${y2}) rotate(${turn})`} />
          </g>
        );
      })}
    </>
  );
}

type HandProps = Pick<DrawingProps, "data" | "radius" | "sight" | "onSight" | "chosen" | "onChoose">;

/** Pointer, wheel and keys. A drag moves the map, a press without one chooses the nearest word. */
function useHand({ data, radius, sight, onSight, chosen, onChoose }: HandProps) {
  const start = useRef<{ px: number; py: number; sight: Sight; moved: boolean } | undefined>(undefined);
  const place = (event: {
    clientX: number;
    clientY: number;
    currentTarget: SVGSVGElement;
  }): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * WIDTH,
      ((event.clientY - box.top) / box.height) * HEIGHT,
    ];
  };
  const moveBy = (dx: number, dy: number, from: Sight) => {
    const { scale } = projection(radius, from);
    if (from.zoom > 1) onSight({ ...from, x: from.x - dx / scale, y: from.y + dy / scale });
  };
  return {
    onPointerDown(event: PointerEvent & { currentTarget: SVGSVGElement }) {
      const [px, py] = place(event);
      start.current = { px, py, sight, moved: false };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent & { currentTarget: SVGSVGElement }) {
      const drag = start.current;
      if (!drag) return;
      const [px, py] = place(event);
      if (Math.hypot(px - drag.px, py - drag.py) > 4) drag.moved = true;
      if (drag.moved) moveBy(px - drag.px, py - drag.py, drag.sight);
    },
    onPointerUp(event: PointerEvent & { currentTarget: SVGSVGElement }) {
      if (start.current && !start.current.moved) onChoose(nearest(data, radius, sight, place(event)));
      start.current = undefined;
    },
    onPointerCancel() {
      start.current = undefined;
    },
    onWheel(event: WheelEvent & { currentTarget: SVGSVGElement }) {
      // the plain wheel belongs to the page; a pinch comes with ctrl
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      onSight(magnified(sight, radius, Math.exp(-event.deltaY / 200), place(event)));
    },
    onKeyDown(event: KeyboardEvent) {
      const next = keyed(event.key, sight, radius, pointToKeep(data.words[chosen], radius, sight));
      if (!next || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      onSight(next);
    },
  };
}

/** What a key makes of the sight; undefined for a key that is not the map's. */
export function keyed(key: string, sight: Sight, radius: number, about = MIDDLE): Sight | undefined {
  if (key === "+" || key === "=") return magnified(sight, radius, 1.5, about);
  if (key === "-") return magnified(sight, radius, 1 / 1.5, about);
  if (key === "0") return ALL;
  const step = radius / 6 / sight.zoom;
  const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[key];
  return by && sight.zoom > 1 ? { ...sight, x: sight.x + by[0]!, y: sight.y + by[1]! } : undefined;
}

function nearest({ words }: WordMapData, radius: number, sight: Sight, [px, py]: [number, number]): number {
  const { left, top } = projection(radius, sight);
  let [best, least] = [-1, 40];
  words.forEach(({ x, y }, at) => {
    const far = Math.hypot(left(x) - px, top(y) - py);
    if (far < least) [best, least] = [at, far];
  });
  return best;
}
