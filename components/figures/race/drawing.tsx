import { type ScaleLinear, type ScaleLogarithmic, scaleLinear, scaleLog } from "d3-scale";
import { area, line } from "d3-shape";
import { LogAxis } from "../kit/log-axis.tsx";
import { spread } from "../kit/spread.ts";
import { pointAt, type RaceData, type Runner } from "./schema.ts";

const [WIDTH, HEIGHT] = [720, 360];
const MARGIN = { top: 34, right: 130, bottom: 46, left: 60 };
/** what a logarithm cannot show is drawn at the floor */
const FLOOR = 1e-6;

interface DrawingProps {
  data: RaceData;
  /** the moment under the reader's hand */
  x: number;
  onX(x: number): void;
  label: string;
}

/** One band and one line for each runner; the vertical axis is logarithmic. */
export function Drawing({ data, x: now, onX, label }: DrawingProps) {
  const last = Math.max(...data.runners.flatMap(({ points }) => points.map(({ x }) => x)));
  const first = Math.min(...data.runners.flatMap(({ points }) => points.map(({ x }) => x)), 0);
  const x = scaleLinear([first, last === first ? first + 1 : last], [MARGIN.left, WIDTH - MARGIN.right]);
  const y = scaleLog(domain(data), [HEIGHT - MARGIN.bottom, MARGIN.top]).clamp(true);
  const ends = data.runners.map(({ points }) => y(shown(points.at(-1)!.middle)));
  const labels = spread(ends, 25, [MARGIN.top, HEIGHT - MARGIN.bottom]);
  const move = (event: { clientX: number; currentTarget: SVGSVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    onX(x.invert(((event.clientX - box.left) / box.width) * WIDTH));
  };
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
      onPointerMove={move}
      onPointerDown={move}
    >
      <LogAxis scale={y} from={MARGIN.left} to={WIDTH - MARGIN.right} label={data.quantity} />
      <Moments x={x} against={data.against} />
      {data.baseline ? <Baseline {...data.baseline} y={y(shown(data.baseline.value))} /> : null}
      <line class="course-cursor" x1={x(now)} x2={x(now)} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} />
      {data.runners.map((runner, k) => (
        <Curve runner={runner} now={now} x={x} y={y} labelY={labels[k]!} />
      ))}
    </svg>
  );
}

function Moments({ x, against }: { x: ScaleLinear<number, number>; against: string }) {
  const y = HEIGHT - MARGIN.bottom;
  return (
    <g class="course-axis" aria-hidden="true">
      {x.ticks(6).map((moment) => (
        <text x={x(moment)} y={y + 18} text-anchor="middle">
          {moment}
        </text>
      ))}
      <text class="course-axis-label" x={WIDTH - MARGIN.right} y={y + 38} text-anchor="end">
        {against}
      </text>
    </g>
  );
}

function Baseline({ label, y }: { label: string; y: number }) {
  return (
    <g class="course-line course-line-bound" aria-hidden="true">
      <path d={`M${MARGIN.left},${y}H${WIDTH - MARGIN.right}`} fill="none" />
      {/* at the end, where the runners have come down: at the start their lines would cross it */}
      <text x={WIDTH - MARGIN.right - 8} y={y - 8} text-anchor="end">
        {label}
      </text>
    </g>
  );
}

interface CurveProps {
  runner: Runner;
  now: number;
  x: ScaleLinear<number, number>;
  y: ScaleLogarithmic<number, number>;
  labelY: number;
}

type Point = Runner["points"][number];

function Curve({ runner, now, x, y, labelY }: CurveProps) {
  const band = area<Point>(
    (point) => x(point.x),
    (point) => y(shown(point.low)),
    (point) => y(shown(point.high)),
  );
  const middle = line<Point>(
    (point) => x(point.x),
    (point) => y(shown(point.middle)),
  );
  return (
    <g class={`course-line race-${runner.kind}`}>
      <path class="race-band" d={band(runner.points) ?? ""} />
      <path d={middle(runner.points) ?? ""} fill="none" />
      <circle
        cx={x(Math.min(now, runner.points.at(-1)!.x))}
        cy={y(shown(pointAt(runner, now).middle))}
        r="4"
      />
      <text x={WIDTH - MARGIN.right + 10} y={labelY} dy="0.32em">
        {runner.label}
      </text>
    </g>
  );
}

function domain({ runners, baseline }: RaceData): [number, number] {
  const values = runners.flatMap(({ points }) =>
    points.flatMap(({ low, high }) => [shown(low), shown(high)]),
  );
  if (baseline) values.push(shown(baseline.value));
  const [low, high] = [Math.min(...values) / 1.15, Math.max(...values) * 1.15];
  return [low, high];
}

const shown = (value: number): number => Math.max(FLOOR, value);
