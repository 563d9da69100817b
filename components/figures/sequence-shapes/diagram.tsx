import { SHAPE_NAMES, type ShapeKind } from "./schema.ts";

/** Which steps of the drawn network read an input and say an output, and which read what was said before. */
interface Plan {
  reads: boolean[];
  says: boolean[];
  /** the output of the step before is the input */
  feeds: boolean[];
}

const yes = (n: number) => Array.from({ length: n }, () => true);
const no = (n: number) => Array.from({ length: n }, () => false);

export const PLANS: Record<ShapeKind, Plan> = {
  "one-to-one": { reads: [true], says: [true], feeds: [false] },
  "one-to-many": { reads: [true, ...no(3)], says: yes(4), feeds: [false, ...yes(3)] },
  "many-to-one": { reads: yes(4), says: [...no(3), true], feeds: no(4) },
  "many-to-many": { reads: yes(4), says: yes(4), feeds: no(4) },
  "many-to-many-unequal": {
    reads: [...yes(3), ...no(2)],
    says: [...no(3), ...yes(2)],
    feeds: [...no(4), true],
  },
};

const PITCH = 62;
const BOX = { width: 34, height: 26 };
const ROW = { y: 18, h: 74, x: 130 };

/** Inputs below, states in the middle, outputs above: which of them a shape has. */
export function Diagram({ kind }: { kind: ShapeKind }) {
  const { reads, says, feeds } = PLANS[kind];
  const width = 5 * PITCH;
  const x = (k: number) => width / 2 + (k - (reads.length - 1) / 2) * PITCH;
  return (
    <svg
      class="sequence-shapes-diagram"
      viewBox={`0 0 ${width} 148`}
      role="img"
      aria-label={diagramText(kind)}
    >
      {reads.map((isRead, k) => (
        <g>
          {k > 0 ? (
            <Arrow from={[x(k - 1) + BOX.width / 2, ROW.h]} to={[x(k) - BOX.width / 2, ROW.h]} />
          ) : null}
          {isRead ? (
            <Arrow from={[x(k), ROW.x - BOX.height / 2]} to={[x(k), ROW.h + BOX.height / 2]} />
          ) : null}
          {says[k] ? (
            <Arrow from={[x(k), ROW.h - BOX.height / 2]} to={[x(k), ROW.y + BOX.height / 2]} />
          ) : null}
          {feeds[k] ? (
            <path
              class="sequence-shapes-feed"
              d={`M${x(k - 1) + BOX.width / 2},${ROW.y} C${x(k) - 10},${ROW.y} ${x(k) - 28},${ROW.h + 34} ${x(k) - 6},${ROW.h + BOX.height / 2 + 2}`}
            />
          ) : null}
          <Box x={x(k)} y={ROW.h} name="h" />
          {isRead ? <Box x={x(k)} y={ROW.x} name="x" /> : null}
          {says[k] ? <Box x={x(k)} y={ROW.y} name="y" /> : null}
        </g>
      ))}
    </svg>
  );
}

function Box({ x, y, name }: { x: number; y: number; name: "x" | "h" | "y" }) {
  return (
    <g class={`sequence-shapes-box sequence-shapes-${name}`} data-term={name}>
      <rect x={x - BOX.width / 2} y={y - BOX.height / 2} width={BOX.width} height={BOX.height} rx={4} />
      <text x={x} y={y} dy="0.34em" text-anchor="middle">
        {name}
      </text>
    </g>
  );
}

function Arrow({ from, to }: { from: [number, number]; to: [number, number] }) {
  const [dx, dy] = [Math.sign(to[0] - from[0]), Math.sign(to[1] - from[1])];
  const [bx, by] = [to[0] - 6 * dx, to[1] - 6 * dy];
  return (
    <g class="sequence-shapes-arrow">
      <line x1={from[0]} y1={from[1]} x2={bx} y2={by} />
      <path d={`M${to[0]},${to[1]} L${bx - 4 * dy},${by - 4 * dx} L${bx + 4 * dy},${by + 4 * dx} Z`} />
    </g>
  );
}

function diagramText(kind: ShapeKind): string {
  const { reads, says, feeds } = PLANS[kind];
  const count = (flags: boolean[]) => flags.filter(Boolean).length;
  const back = feeds.some(Boolean) ? ", each output is read by the next step" : "";
  return `${SHAPE_NAMES[kind]}: ${count(reads)} inputs, ${reads.length} states, ${count(says)} outputs${back}`;
}
