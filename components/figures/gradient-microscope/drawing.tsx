import { type ScaleLinear, scaleLinear, scaleLog } from "d3-scale";
import { line } from "d3-shape";
import { LogAxis } from "../kit/log-axis.tsx";
import { spread } from "../kit/spread.ts";
import { frameAt, type GradientMicroscopeData, type Series } from "./schema.ts";

const WIDTH = 720;
const HEIGHT = 380;
const MARGIN = { top: 34, right: 150, bottom: 46, left: 60 };
/** the axis goes no deeper: a line that falls under it ends there */
export const FLOOR = 1e-16;
const CEILING = 1e16;

interface DrawingProps {
  data: GradientMicroscopeData;
  iteration: number;
  /** steps back from the loss, under the reader's hand: 0 is the last time step */
  lag: number;
  onLag(lag: number): void;
  label: string;
}

/** The lines: one per model, from the loss back through the time steps; the vertical axis is logarithmic. */
export function Drawing({ data, iteration, lag, onLag, label }: DrawingProps) {
  const T = timesteps(data);
  const x = scaleLinear([0, T - 1], [MARGIN.left, WIDTH - MARGIN.right]);
  const y = scaleLog(domain(data), [HEIGHT - MARGIN.bottom, MARGIN.top]).clamp(true);
  const ends = data.series.map((series) => y(shown(frameAt(series, iteration).norms[0]!)));
  const labels = spread(ends, 17, [MARGIN.top, HEIGHT - MARGIN.bottom]);
  const move = (event: { clientX: number; currentTarget: SVGSVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const position = ((event.clientX - box.left) / box.width) * WIDTH;
    onLag(Math.min(T - 1, Math.max(0, Math.round(x.invert(position)))));
  };
  return (
    <svg
      class="gradient-microscope"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
      onPointerMove={move}
      onPointerDown={move}
    >
      <LogAxis scale={y} from={MARGIN.left} to={WIDTH - MARGIN.right} label={data.quantity ?? "‖∂L/∂hₜ‖"} />
      <LagAxis x={x} T={T} />
      <line class="course-cursor" x1={x(lag)} x2={x(lag)} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} />
      {data.series.map((series, k) => (
        <Curve series={series} iteration={iteration} lag={lag} x={x} y={y} labelY={labels[k]!} />
      ))}
    </svg>
  );
}

function LagAxis({ x, T }: { x: ScaleLinear<number, number>; T: number }) {
  const y = HEIGHT - MARGIN.bottom;
  return (
    <g class="course-axis" aria-hidden="true">
      {x.ticks(Math.min(8, T - 1)).map((lag) => (
        <text x={x(lag)} y={y + 18} text-anchor="middle">
          {lag}
        </text>
      ))}
      <text class="course-axis-label" x={WIDTH - MARGIN.right} y={y + 38} text-anchor="end">
        steps back from the loss, T − t
      </text>
    </g>
  );
}

interface CurveProps {
  series: Series;
  iteration: number;
  lag: number;
  x(lag: number): number;
  y(norm: number): number;
  labelY: number;
}

function Curve({ series, iteration, lag, x, y, labelY }: CurveProps) {
  const back = [...frameAt(series, iteration).norms].reverse();
  const path = line<number>(
    (_, k) => x(k),
    (norm) => y(shown(norm)),
  ).defined((norm) => !(norm < FLOOR));
  const at = back[lag];
  return (
    <g class={`course-line course-line-${series.kind}`} data-term={TERM[series.kind]}>
      <path d={path(back) ?? ""} fill="none" />
      {at === undefined || at < FLOOR ? null : <circle cx={x(lag)} cy={y(shown(at))} r="4" />}
      <text x={WIDTH - MARGIN.right + 10} y={labelY} dy="0.32em">
        {series.label}
      </text>
    </g>
  );
}

/** The symbol that lights up with a line: an LSTM's gradient travels along its cell state. */
const TERM: Record<Series["kind"], string | undefined> = {
  rnn: "h",
  lstm: "c",
  gru: "z",
  highway: "g",
  bound: undefined,
};

export const timesteps = (data: GradientMicroscopeData): number =>
  Math.max(...data.series.flatMap((series) => series.frames.map((frame) => frame.norms.length)));

/** One scale for all iterations, so that lines move and the axis does not. */
function domain(data: GradientMicroscopeData): [number, number] {
  const norms = data.series.flatMap((series) => series.frames.flatMap((frame) => frame.norms.map(shown)));
  const low = 10 ** Math.floor(Math.log10(Math.min(...norms)));
  const high = 10 ** Math.ceil(Math.log10(Math.max(...norms)));
  return low === high ? [low / 10, high * 10] : [low, high];
}

const shown = (norm: number): number =>
  Math.min(CEILING, Math.max(FLOOR, Number.isNaN(norm) ? CEILING : norm));
