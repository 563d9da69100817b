import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { useRef } from "preact/hooks";
import { gloveWeight } from "#src/nn/ref/glove.ts";

const [WIDTH, HEIGHT] = [540, 210];
const MARGIN = { top: 16, right: 16, bottom: 40, left: 44 };
/** counts that are drawn */
export const LARGEST = 120;

interface WeightingProps {
  xMax: number;
  alpha: number;
  onMax(xMax: number): void;
}

/** f(x) with its knee, which can be dragged along the axis of counts. */
export function Weighting({ xMax, alpha, onMax }: WeightingProps) {
  const isHeld = useRef(false);
  const x = scaleLinear([0, LARGEST], [MARGIN.left, WIDTH - MARGIN.right]).clamp(true);
  const y = scaleLinear([0, 1.05], [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const counts = Array.from({ length: LARGEST * 2 + 1 }, (_, k) => k / 2);
  const path = line<number>(x, (count) => y(gloveWeight(count, { xMax, alpha })));
  const drag = (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
    if (!isHeld.current) return;
    const box = event.currentTarget.getBoundingClientRect();
    onMax(Math.max(1, Math.round(x.invert(((event.clientX - box.left) / box.width) * WIDTH))));
  };
  return (
    <svg
      class="ratio-weighting"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`The weighting function rises to 1 at a count of ${xMax} and stays there`}
      onPointerDown={(event) => {
        isHeld.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={drag}
      onPointerUp={() => (isHeld.current = false)}
      onPointerCancel={() => (isHeld.current = false)}
    >
      <g class="course-axis">
        {[0, 0.5, 1].map((tick) => (
          <>
            <line x1={MARGIN.left} x2={WIDTH - MARGIN.right} y1={y(tick)} y2={y(tick)} />
            <text x={MARGIN.left - 8} y={y(tick)} dy="0.32em" text-anchor="end">
              {tick}
            </text>
          </>
        ))}
        {[0, 20, 40, 60, 80, 100, 120].map((tick) => (
          <text x={x(tick)} y={HEIGHT - MARGIN.bottom + 17} text-anchor="middle">
            {tick}
          </text>
        ))}
        <text class="course-axis-label" x={WIDTH - MARGIN.right} y={HEIGHT - 5} text-anchor="end">
          count X
        </text>
      </g>
      <path class="ratio-curve" d={path(counts) ?? ""} />
      <circle class="ratio-knee" cx={x(xMax)} cy={y(1)} r="8" />
      <text
        class="ratio-label"
        x={x(xMax) + (xMax > 80 ? -14 : 14)}
        y={y(1) + 22}
        text-anchor={xMax > 80 ? "end" : "start"}
      >
        f(X) = 1 from {xMax} on
      </text>
    </svg>
  );
}
