import { scaleLinear } from "d3-scale";
import { percent, type VariableDepthData } from "./schema.ts";

const WIDTH = 720;
const HEIGHT = 346;
const LEFT = 84;
const RIGHT = 708;
/** of the chain of layers, and of the chart below it */
const CHAIN = { top: 26, height: 40 };
const CHART = { top: 104, bottom: 286 };

export type Measure = "often" | "strongly";

interface DrawingProps {
  data: VariableDepthData;
  /** how many tokens are fed */
  T: number;
  measure: Measure;
  onT(T: number): void;
  label: string;
}

/** Above, the T layers that a sentence of T tokens walks through; below, what gradient each layer got. */
export function Drawing({ data, T, measure, onT, label }: DrawingProps) {
  const count = data.layers.length;
  const pitch = (RIGHT - LEFT) / count;
  const x = (layer: number) => LEFT + (layer - 1) * pitch;
  const choose = (event: { clientX: number; currentTarget: SVGSVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * WIDTH;
    onT(Math.min(count, Math.max(1, Math.floor((at - LEFT) / pitch) + 1)));
  };
  return (
    <svg
      class="variable-depth"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
      onPointerDown={choose}
    >
      <Chain data={data} T={T} x={x} pitch={pitch} />
      <Chart data={data} T={T} measure={measure} x={x} pitch={pitch} />
    </svg>
  );
}

interface PartProps {
  data: VariableDepthData;
  T: number;
  x(layer: number): number;
  pitch: number;
}

function Chain({ data, T, x, pitch }: PartProps) {
  const middle = CHAIN.top + CHAIN.height / 2;
  return (
    <g>
      <text class="variable-depth-label" x={LEFT} y={14}>
        {T === 1 ? "1 layer" : `${T} layers`}: the depth of the network for {T} {T === 1 ? "token" : "tokens"}
      </text>
      <line class="variable-depth-wire" x1={LEFT} x2={x(T) + pitch / 2} y1={middle} y2={middle} />
      {data.layers.map(({ reached }, k) => (
        <rect
          class={k < T ? "variable-depth-layer" : "variable-depth-layer variable-depth-idle"}
          x={x(k + 1) + pitch * 0.12}
          width={pitch * 0.76}
          y={CHAIN.top}
          height={CHAIN.height}
          rx={Math.min(4, pitch / 4)}
          fill-opacity={k < T ? 0.12 + 0.88 * (reached / data.sentences) : 0}
        />
      ))}
    </g>
  );
}

function Chart({ data, T, measure, x, pitch }: PartProps & { measure: Measure }) {
  const values = heights(data, measure);
  const top = Math.max(values.shared, ...values.own);
  const y = scaleLinear([0, top * 1.08], [CHART.bottom, CHART.top]);
  const print = (value: number) => (measure === "often" ? percent(value) : String(value));
  return (
    <g>
      <g class="course-axis" aria-hidden="true">
        {y.ticks(4).map((tick) => (
          <g>
            <line x1={LEFT} x2={RIGHT} y1={y(tick)} y2={y(tick)} />
            <text x={LEFT - 8} y={y(tick)} dy="0.32em" text-anchor="end">
              {print(tick)}
            </text>
          </g>
        ))}
        {tickLayers(data.layers.length).map((layer) => (
          <text x={x(layer) + pitch / 2} y={CHART.bottom + 22} text-anchor="middle">
            {layer}
          </text>
        ))}
        <text class="course-axis-label" x={RIGHT} y={CHART.bottom + 52} text-anchor="end">
          layer = place of its token in the sentence
        </text>
      </g>
      {values.own.map((value, k) => (
        <rect
          class={k + 1 === T ? "variable-depth-bar variable-depth-chosen" : "variable-depth-bar"}
          x={x(k + 1) + pitch * 0.12}
          width={pitch * 0.76}
          y={y(value)}
          height={CHART.bottom - y(value)}
        />
      ))}
      <line class="variable-depth-shared" x1={LEFT} x2={RIGHT} y1={y(values.shared)} y2={y(values.shared)} />
      <text class="variable-depth-shared-label" x={RIGHT} y={y(values.shared) - 7} text-anchor="end">
        shared weights
      </text>
    </g>
  );
}

/** What the chart shows of each layer, and of the shared weights: a share of the sentences, or a mean norm. */
export function heights(data: VariableDepthData, measure: Measure): { own: number[]; shared: number } {
  const of = ({ reached, gradient }: { reached: number; gradient: number }) =>
    (measure === "often" ? reached : gradient) / data.sentences;
  return { own: data.layers.map(of), shared: of(data.shared) };
}

const tickLayers = (count: number): number[] => {
  const stride = [1, 2, 5, 10, 20, 50].find((n) => count / n <= 10) ?? 50;
  return [1, ...Array.from({ length: Math.floor(count / stride) }, (_, k) => (k + 1) * stride)].filter(
    (layer, k, all) => all.indexOf(layer) === k,
  );
};
