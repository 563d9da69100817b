import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { Shape } from "./schema.ts";

const WIDTH = 400;
const HEIGHT = 190;
const MARGIN = { top: 24, right: 14, bottom: 40, left: 44 };

/** The loss over the iterations, and where the reader stands. */
export function Curve({ shape, iteration }: { shape: Shape; iteration: number }) {
  const { losses } = shape;
  const last = losses.at(-1)!.iteration;
  const x = scaleLinear([0, Math.max(1, last)], [MARGIN.left, WIDTH - MARGIN.right]);
  const top = Math.max(...losses.map(({ loss }) => loss));
  const y = scaleLinear([0, top * 1.05], [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const now = losses.findLast((one) => one.iteration <= iteration) ?? losses[0]!;
  const path = line<Shape["losses"][number]>(
    (one) => x(one.iteration),
    (one) => y(one.loss),
  );
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`Loss while training: ${now.loss.toFixed(2)} at iteration ${now.iteration}`}
    >
      <g class="course-axis" aria-hidden="true">
        {y.ticks(4).map((tick) => (
          <g>
            <line x1={MARGIN.left} x2={WIDTH - MARGIN.right} y1={y(tick)} y2={y(tick)} />
            <text x={MARGIN.left - 7} y={y(tick)} dy="0.32em" text-anchor="end">
              {tick}
            </text>
          </g>
        ))}
        {x.ticks(4).map((tick) => (
          <text x={x(tick)} y={HEIGHT - MARGIN.bottom + 17} text-anchor="middle">
            {tick}
          </text>
        ))}
        <text class="course-axis-label" x={4} y={13}>
          loss (nats)
        </text>
        <text class="course-axis-label" x={WIDTH - MARGIN.right} y={HEIGHT - 4} text-anchor="end">
          training iteration
        </text>
      </g>
      <g class="course-line sequence-shapes-loss" data-term="loss">
        <path d={path(losses) ?? ""} fill="none" />
        <line
          class="course-cursor"
          x1={x(now.iteration)}
          x2={x(now.iteration)}
          y1={MARGIN.top}
          y2={HEIGHT - MARGIN.bottom}
        />
        <circle cx={x(now.iteration)} cy={y(now.loss)} r="4" />
      </g>
    </svg>
  );
}
