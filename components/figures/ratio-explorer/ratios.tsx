import { scaleLog } from "d3-scale";
import { byRatio, type Pair, ratioText } from "./schema.ts";

const WIDTH = 540;
const ROW = 24;
const MARGIN = { top: 44, right: 46, bottom: 30, left: 122 };

interface RatiosProps {
  pair: Pair;
  /** the probe under the reader's hand */
  at: number;
  onAt(at: number): void;
}

/** A dot for each probe: to the right the word belongs to a, to the left to b, in the middle to both or to neither. */
export function Ratios({ pair, at, onAt }: RatiosProps) {
  const probes = byRatio(pair);
  const height = MARGIN.top + ROW * probes.length + MARGIN.bottom;
  const reach = Math.max(2, ...probes.map(({ ratio }) => Math.max(ratio, 1 / ratio))) * 1.15;
  const x = scaleLog([1 / reach, reach], [MARGIN.left, WIDTH - MARGIN.right]);
  const y = (k: number) => MARGIN.top + ROW * (k + 0.5);
  const ticks = [0.01, 0.1, 1, 10, 100].filter((tick) => tick > 1 / reach && tick < reach);
  return (
    <svg
      class="ratio-explorer"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={`Ratios of probabilities next to ${pair.a} and next to ${pair.b}`}
    >
      <text class="ratio-side" x={MARGIN.left} y={16}>
        ← goes with {pair.b}
      </text>
      <text class="ratio-side" x={WIDTH - MARGIN.right} y={16} text-anchor="end">
        goes with {pair.a} →
      </text>
      {ticks.map((tick) => (
        <g class="course-axis">
          <line
            class={tick === 1 ? "ratio-one" : ""}
            x1={x(tick)}
            x2={x(tick)}
            y1={MARGIN.top - 8}
            y2={height - MARGIN.bottom}
          />
          <text x={x(tick)} y={height - 10} text-anchor="middle">
            {tick}
          </text>
        </g>
      ))}
      {probes.map(({ word, ratio }, k) => (
        <g
          class={k === at ? "ratio-row is-here" : "ratio-row"}
          onPointerMove={() => onAt(k)}
          onPointerDown={() => onAt(k)}
        >
          <rect x="0" y={y(k) - ROW / 2} width={WIDTH} height={ROW} />
          <text x={MARGIN.left - 10} y={y(k)} dy="0.32em" text-anchor="end">
            {word}
          </text>
          <line x1={x(1)} x2={x(ratio)} y1={y(k)} y2={y(k)} />
          <circle class={ratio >= 1 ? "is-a" : "is-b"} cx={x(ratio)} cy={y(k)} r="5" />
          <text class="ratio-number" x={WIDTH} y={y(k)} dy="0.32em" text-anchor="end">
            {ratioText(ratio)}
          </text>
        </g>
      ))}
    </svg>
  );
}
