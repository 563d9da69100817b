import { useEffect, useRef } from "preact/hooks";
import { type HmmTrellisData, pathTo, type Trellis } from "./schema.ts";

export type Mode = "forward" | "viterbi";

const COLUMN = 58;
const ROW = 68;
const MARGIN = { top: 34, right: 14, bottom: 8, left: 14 };
const RADIUS = 20;
/** about a letter's width in the names of the states */
const LETTER = 8;

interface DrawingProps {
  data: HmmTrellisData;
  trellis: Trellis;
  mode: Mode;
  /** the step that is being computed; later ones are drawn faint */
  t: number;
  onTime(t: number): void;
  label: string;
}

/** Steps start where the longest name of a state ends. */
const placeOf = (states: string[]) => {
  const left = MARGIN.left + LETTER * Math.max(...states.map((state) => state.length)) + COLUMN / 2;
  return (t: number): number => left + COLUMN * t;
};
const y = (state: number): number => MARGIN.top + ROW / 2 + ROW * state;

/** States over time: the nodes' area and number are their probability, the lines are what the step adds up or compares. */
export function Drawing({ data, trellis, mode, t, onTime, label }: DrawingProps) {
  const { states, observations } = data;
  const x = placeOf(states);
  const width = x(observations.length - 1) + COLUMN / 2 + MARGIN.right;
  const box = useRef<HTMLDivElement>(null);
  const shownAt = useRef(t);
  useEffect(() => {
    // Only a step brings its column into view: becoming alive moves nothing.
    if (shownAt.current === t || !box.current) return;
    shownAt.current = t;
    box.current.scrollLeft = (x(t) / width) * box.current.scrollWidth - box.current.clientWidth / 2;
  }, [t]);
  const height = MARGIN.top + ROW * states.length + MARGIN.bottom;
  return (
    <div class="trellis-scroll" ref={box} tabIndex={0} role="region" aria-label="Trellis of states over time">
      <svg
        class="trellis"
        viewBox={`0 0 ${width} ${height}`}
        style={{ minWidth: `${0.9 * width}px`, maxWidth: `${1.25 * width}px` }}
        role="img"
        aria-label={label}
      >
        <rect class="trellis-now" x={x(t) - COLUMN / 2} y="2" width={COLUMN} height={height - 4} rx="6" />
        {states.map((state, j) => (
          <text class="trellis-state" x={x(0) - RADIUS - 10} y={y(j)} dy="0.32em" text-anchor="end">
            {state}
          </text>
        ))}
        {mode === "forward" ? (
          <Sums x={x} data={data} trellis={trellis} t={t} />
        ) : (
          <Paths x={x} trellis={trellis} t={t} states={states.length} />
        )}
        {observations.map((symbol, k) => (
          <g class={k > t ? "trellis-later" : undefined} onPointerDown={() => onTime(k)}>
            <rect x={x(k) - COLUMN / 2} y="0" width={COLUMN} height={height} fill="transparent" />
            <text class="trellis-symbol" x={x(k)} y="22" text-anchor="middle">
              {symbol}
            </text>
            {states.map((_, j) => (
              <Node
                x={x(k)}
                y={y(j)}
                value={(mode === "forward" ? trellis.forward : trellis.best)[k]![j]!}
                isKnown={k <= t}
                isOnPath={mode === "viterbi" && k <= t && pathTo(trellis, t)[k] === j}
              />
            ))}
          </g>
        ))}
      </svg>
    </div>
  );
}

interface NodeProps {
  x: number;
  y: number;
  value: number;
  isKnown: boolean;
  isOnPath: boolean;
}

function Node({ x, y, value, isKnown, isOnPath }: NodeProps) {
  return (
    <g class={`trellis-node${isOnPath ? " trellis-on-path" : ""}${value < 0.3 ? " trellis-small" : ""}`}>
      <circle class="trellis-rim" cx={x} cy={y} r={RADIUS} />
      {isKnown ? <circle class="trellis-share" cx={x} cy={y} r={RADIUS * Math.sqrt(value)} /> : null}
      {isKnown ? (
        <text x={x} y={y} dy="0.34em" text-anchor="middle">
          {share(value)}
        </text>
      ) : null}
    </g>
  );
}

/** A share of 1 with two digits; a small one says that it is not zero. */
export const share = (value: number): string => (value > 0 && value < 0.005 ? "<.01" : value.toFixed(2));

interface Place {
  x(t: number): number;
}

/** The terms of the sum at step t: from every state before, as thick as its part. */
function Sums({
  x,

  data: { states, transition, likelihood },
  trellis,
  t,
}: Pick<DrawingProps, "data" | "trellis" | "t"> & Place) {
  if (t === 0) return null;
  const terms = states.flatMap((_, i) =>
    states.map((_, j) => ({
      i,
      j,
      term: trellis.forward[t - 1]![i]! * transition[i]![j]! * likelihood[t]![j]!,
    })),
  );
  const total = terms.reduce((sum, { term }) => sum + term, 0) || 1;
  return (
    <g class="trellis-sum">
      {terms.map(({ i, j, term }) => (
        <line x1={x(t - 1)} y1={y(i)} x2={x(t)} y2={y(j)} stroke-width={0.75 + (11 * term) / total} />
      ))}
    </g>
  );
}

/** The back pointers up to step t, and over them the best path that ends there. */
function Paths({ x, trellis, t, states }: Place & { trellis: Trellis; t: number; states: number }) {
  const path = pathTo(trellis, t);
  const pointers = Array.from({ length: t }, (_, k) =>
    Array.from({ length: states }, (_, j) => ({ k: k + 1, j, i: trellis.from[k + 1]![j]! })),
  ).flat();
  return (
    <g class="trellis-paths">
      {pointers.map(({ k, i, j }) => (
        <line x1={x(k - 1)} y1={y(i)} x2={x(k)} y2={y(j)} />
      ))}
      <polyline points={path.map((state, k) => `${x(k)},${y(state)}`).join(" ")} />
    </g>
  );
}
