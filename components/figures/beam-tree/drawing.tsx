import type { BeamTreeData, Node } from "./schema.ts";

const [COLUMN, ROW, MARGIN] = [106, 30, 26];
const [BOX_WIDTH, BOX_HEIGHT] = [76, 22];

interface DrawingProps {
  data: BeamTreeData;
  /** the last step that is drawn */
  upTo: number;
  chosen: { step: number; place: number };
  onChoose(node: { step: number; place: number }): void;
  label: string;
}

const centreOf = (step: number, place: number) => ({
  x: MARGIN + (step + 1) * COLUMN,
  y: MARGIN + place * ROW,
});

/** One column for each step; its size is that of the whole search from the start, so that nothing jumps. */
export function Drawing({ data: { steps }, upTo, chosen, onChoose, label }: DrawingProps) {
  const most = Math.max(...steps.map((nodes) => nodes.length));
  const width = 2 * MARGIN + steps.length * COLUMN + BOX_WIDTH;
  const height = 2 * MARGIN + (most - 1) * ROW;
  const path = new Set<string>();
  for (let { step, place } = chosen; step >= 0; place = steps[step]![place]!.parent, step--)
    path.add(`${step} ${place}`);
  const shown = steps.slice(0, upTo + 1);
  const isOn = (step: number, place: number) => path.has(`${step} ${place}`);
  return (
    <svg
      class="beam-tree"
      viewBox={`0 0 ${width} ${height}`}
      style={{ minWidth: `${width * 0.85}px` }}
      role="img"
      aria-label={label}
    >
      <circle class="beam-start" cx={MARGIN} cy={MARGIN} r="6" />
      {shown.map((nodes, step) =>
        nodes.map((node, place) => <Edge node={node} step={step} place={place} isOn={isOn(step, place)} />),
      )}
      {shown.map((nodes, step) =>
        nodes.map((node, place) => (
          <Box
            node={node}
            {...centreOf(step, place)}
            isOn={isOn(step, place)}
            isChosen={chosen.step === step && chosen.place === place}
            onChoose={() => onChoose({ step, place })}
          />
        )),
      )}
    </svg>
  );
}

function Edge({ node, step, place, isOn }: { node: Node; step: number; place: number; isOn: boolean }) {
  const from = step === 0 ? { x: MARGIN + 6, y: MARGIN } : centreOf(step - 1, node.parent);
  const [x1, to] = [step === 0 ? from.x : from.x + BOX_WIDTH / 2, centreOf(step, place)];
  const x2 = to.x - BOX_WIDTH / 2;
  const middle = (x1 + x2) / 2;
  const names = ["beam-edge", `is-${node.fate}`, isOn ? "is-on" : ""];
  return (
    <path
      class={names.join(" ")}
      d={`M${x1} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${x2} ${to.y}`}
      fill="none"
    />
  );
}

/** With a true minus sign, and none before a zero. */
const short = (value: number): string => value.toFixed(1).replace("-0.0", "0.0").replace("-", "−");

interface BoxProps {
  node: Node;
  x: number;
  y: number;
  isOn: boolean;
  isChosen: boolean;
  onChoose(): void;
}

function Box({ node, x, y, isOn, isChosen, onChoose }: BoxProps) {
  const names = ["beam-node", `is-${node.fate}`, isOn ? "is-on" : "", isChosen ? "is-chosen" : ""];
  return (
    <g class={names.join(" ")} onPointerEnter={onChoose} onPointerDown={onChoose}>
      <rect x={x - BOX_WIDTH / 2} y={y - BOX_HEIGHT / 2} width={BOX_WIDTH} height={BOX_HEIGHT} rx="4" />
      <text x={x} y={y} dy="0.34em" text-anchor="middle">
        {node.token} <tspan class="beam-number">{short(node.logProb)}</tspan>
      </text>
    </g>
  );
}
