import { useEffect, useRef } from "preact/hooks";
import { type Kind, type Moment, shownAt, type UnrolledGraphData } from "./schema.ts";

const PITCH = 138;
const NODE = { width: 96, height: 56 };
const ROW: Record<Kind, number> = { y: 52, h: 172, x: 292 };
const HEIGHT = 358;
const LEFT = 58;

export interface NodeId {
  kind: Kind;
  t: number;
}

interface DrawingProps {
  data: UnrolledGraphData;
  moment: Moment;
  selected: NodeId;
  onSelect(node: NodeId | undefined): void;
  label: string;
}

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
export const nameOf = ({ kind, t }: NodeId): string =>
  kind + [...String(t)].map((digit) => SUBSCRIPTS[Number(digit)]).join("");

/** The same step T times side by side: inputs below, states in the middle, outputs above. */
export function Drawing({ data, moment, selected, onSelect, label }: DrawingProps) {
  const T = data.inputs.length;
  const width = 2 * LEFT + T * PITCH;
  const steps = Array.from({ length: T }, (_, k) => k + 1);
  const nodes: NodeId[] = [
    { kind: "h", t: 0 },
    ...steps.flatMap((t): NodeId[] => (["x", "h", "y"] as const).map((kind) => ({ kind, t }))),
  ];
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // on a narrow screen the moment's step comes into view, without moving the page
    const element = box.current;
    if (element)
      element.scrollLeft =
        ((LEFT + (moment.t - 0.5) * PITCH) / width) * element.scrollWidth - element.clientWidth / 2;
  }, [moment.t, moment.direction]);
  return (
    <div ref={box} class="unrolled-graph-scroll" tabIndex={0} role="region" aria-label="The unrolled network">
      <svg
        class={`unrolled-graph unrolled-graph-${moment.direction}`}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        style={{ minWidth: `${Math.round(width * 0.8)}px` }}
        role="group"
        aria-label={label}
      >
        {steps.map((t) => (
          <Edges t={t} moment={moment} />
        ))}
        {nodes.map((node) => (
          <Node
            data={data}
            moment={moment}
            node={node}
            isSelected={node.kind === selected.kind && node.t === selected.t}
            onSelect={onSelect}
          />
        ))}
      </svg>
    </div>
  );
}

const centre = ({ kind, t }: NodeId) => ({ x: LEFT + t * PITCH, y: ROW[kind] });

function Edges({ t, moment }: { t: number; moment: Moment }) {
  const h = centre({ kind: "h", t });
  const isNow = moment.t === t;
  const lit = (part: Moment["part"]) => isNow && moment.part === part;
  const backward = moment.direction === "backward";
  const [half, side] = [NODE.height / 2, NODE.width / 2];
  return (
    <g>
      <Edge
        from={[h.x, ROW.x - half]}
        to={[h.x, ROW.h + half]}
        of="x"
        term="Wx"
        isLit={lit("state") && !backward}
      />
      <Edge
        from={[h.x - PITCH + side, ROW.h]}
        to={[h.x - side, ROW.h]}
        of="h"
        term="Wh"
        isLit={lit("state")}
        isBack={backward}
      />
      <Edge
        from={[h.x, ROW.h - half]}
        to={[h.x, ROW.y + half]}
        of="y"
        term="Wy"
        isLit={lit("output")}
        isBack={backward}
      />
    </g>
  );
}

interface EdgeProps {
  from: [number, number];
  to: [number, number];
  /** the subscript of its weights */
  of: string;
  term: string;
  isLit: boolean;
  /** the gradient runs against the arrow */
  isBack?: boolean;
}

function Edge({ from, to, of, term, isLit, isBack = false }: EdgeProps) {
  const [tail, tip] = isBack ? [to, from] : [from, to];
  const [dx, dy] = [Math.sign(tip[0] - tail[0]), Math.sign(tip[1] - tail[1])];
  const [bx, by] = [tip[0] - 8 * dx, tip[1] - 8 * dy];
  const isVertical = dx === 0;
  return (
    <g class={isLit ? "unrolled-graph-edge unrolled-graph-lit" : "unrolled-graph-edge"} data-term={term}>
      <line x1={tail[0]} y1={tail[1]} x2={bx} y2={by} />
      <path
        d={`M${tip[0]},${tip[1]} L${bx - 4.5 * dy},${by - 4.5 * dx} L${bx + 4.5 * dy},${by + 4.5 * dx} Z`}
      />
      <text
        x={(from[0] + to[0]) / 2 + (isVertical ? 8 : 0)}
        y={(from[1] + to[1]) / 2 + (isVertical ? 4 : -8)}
        text-anchor={isVertical ? "start" : "middle"}
      >
        W
        <tspan dy="3" font-size="75%">
          {of}
        </tspan>
      </text>
    </g>
  );
}

interface NodeProps {
  data: UnrolledGraphData;
  moment: Moment;
  node: NodeId;
  isSelected: boolean;
  onSelect(node: NodeId | undefined): void;
}

function Node({ data, moment, node, isSelected, onSelect }: NodeProps) {
  const { x, y } = centre(node);
  const shown = shownAt(data, moment, node.kind, node.t);
  const [left, top] = [x - NODE.width / 2, y - NODE.height / 2];
  const label = `${shown.isGradient ? "gradient at " : ""}${nameOf(node)}: ${
    shown.isKnown ? shown.values.map((v) => v.toFixed(2)).join(", ") : "not computed yet"
  }`;
  const classes = [
    `unrolled-graph-node unrolled-graph-${node.kind}`,
    shown.isGradient ? "unrolled-graph-gradient" : "",
    isSelected ? "unrolled-graph-selected" : "",
  ].join(" ");
  const select = () => onSelect(node);
  return (
    <g
      class={classes}
      data-term={node.kind}
      tabindex={0}
      role="img"
      aria-label={label}
      onPointerEnter={select}
      onPointerDown={select}
      onFocus={select}
    >
      <rect x={left} y={top} width={NODE.width} height={NODE.height} rx={6} />
      {shown.isKnown ? (
        <Bars values={shown.values} scale={scaleOf(data, shown.isGradient)} x={x} y={y} />
      ) : null}
      <text
        x={node.kind === "h" ? left + 2 : x}
        y={node.kind === "x" ? y + 46 : top - 8}
        text-anchor={node.kind === "h" ? "start" : "middle"}
      >
        {caption(data, node)}
      </text>
    </g>
  );
}

function caption(data: UnrolledGraphData, { kind, t }: NodeId): string {
  if (kind === "x") return `${nameOf({ kind, t })} = “${data.inputs[t - 1]}”`;
  if (kind === "y") return `${nameOf({ kind, t })} → “${data.targets[t - 1]}”`;
  return nameOf({ kind, t });
}

/** The largest size that a bar of values or of gradients can have. */
function scaleOf(data: UnrolledGraphData, isGradient: boolean): number {
  return isGradient ? Math.max(...[...data.total, ...data.error].flat().map(Math.abs), 1e-9) : 1;
}

/** One signed bar for each number of a vector, up for positive. */
function Bars({ values, scale, x, y }: { values: number[]; scale: number; x: number; y: number }) {
  const room = NODE.width - 16;
  const pitch = room / values.length;
  const size = (value: number) => Math.min(1, Math.abs(value) / scale) * (NODE.height / 2 - 5);
  return (
    <g>
      <line class="unrolled-graph-zero" x1={x - room / 2} x2={x + room / 2} y1={y} y2={y} />
      {values.map((value, k) => (
        <rect
          class="unrolled-graph-bar"
          x={x - room / 2 + (k + 0.15) * pitch}
          width={pitch * 0.7}
          y={value > 0 ? y - size(value) : y}
          height={size(value)}
        />
      ))}
    </g>
  );
}
