import { isCut, sizeOf, type StepGradients, type WeightName } from "./backward.ts";
import type { BackwardScrubberData } from "./schema.ts";

const WIDTH = 720;
const LEFT = 34;
const Y = { loss: 34, h: 112, x: 190, bars: 292, numbers: 312 };
const BOX = 17;
const TALLEST = 62;

interface GraphProps {
  data: BackwardScrubberData;
  steps: StepGradients[];
  name: WeightName;
  tau: number;
  /** the step that the backward pass has come to, from 1 */
  now: number;
  onStep(t: number): void;
  label: string;
}

/** The unrolled network: forward from left to right in hair lines, the gradient back from right to left in red. */
export function Graph(props: GraphProps) {
  const { data, onStep, label } = props;
  const T = data.steps.length;
  const choose = (event: { clientX: number; currentTarget: SVGSVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const position = ((event.clientX - box.left) / box.width) * WIDTH;
    onStep(Math.max(1, Math.min(T, Math.round((position - LEFT) / widthOf(T) + 0.5))));
  };
  return (
    <svg
      class="backward-graph"
      viewBox={`0 0 ${WIDTH} 330`}
      role="img"
      aria-label={label}
      onPointerDown={choose}
      onPointerMove={(event) => event.buttons > 0 && choose(event)}
    >
      <g class="course-axis" aria-hidden="true">
        <text class="course-axis-label" x={0} y={Y.loss} dy="0.32em">
          loss
        </text>
        <text class="course-axis-label" x={0} y={Y.h} dy="0.32em">
          h
        </text>
        <text class="course-axis-label" x={0} y={Y.x} dy="0.32em">
          x
        </text>
        <text class="course-axis-label" x={0} y={Y.numbers} dy="0.32em">
          t
        </text>
      </g>
      {data.steps.map((_, k) => (
        <Step {...props} t={k + 1} />
      ))}
    </svg>
  );
}

const widthOf = (T: number): number => (WIDTH - LEFT) / T;
const centre = (t: number, T: number): number => LEFT + (t - 0.5) * widthOf(T);

/** Everything of one time step, and the edge to the step before. */
function Step({ data, steps, name, tau, now, t }: GraphProps & { t: number }) {
  const T = steps.length;
  const { input, loss } = data.steps[t - 1]!;
  const x = centre(t, T);
  const isReached = t >= now;
  const classes = `backward-step${isReached ? " is-reached" : ""}${t === now ? " is-now" : ""}`;
  return (
    <g class={classes}>
      <Forward x={x} t={t} T={T} hasInput={input !== undefined} hasLoss={loss !== undefined} />
      {isReached ? <Backward {...{ data, steps, tau, now }} t={t} /> : null}
      {isCut(t, tau, T) ? (
        <line class="backward-cut" x1={x + widthOf(T) / 2} x2={x + widthOf(T) / 2} y1={14} y2={Y.bars} />
      ) : null}
      <rect
        data-term="h"
        class="backward-h"
        x={x - BOX}
        y={Y.h - BOX}
        width={2 * BOX}
        height={2 * BOX}
        rx="5"
      />
      {input === undefined ? null : (
        <text data-term="x" class="backward-x" x={x} y={Y.x} dy="0.36em">
          {input}
        </text>
      )}
      {loss === undefined ? null : (
        <text data-term="loss" class="backward-loss" x={x} y={Y.loss} dy="0.32em">
          {loss.toFixed(2)}
        </text>
      )}
      <Bar {...{ steps, name, t }} x={x} isReached={isReached} />
      <text class="backward-number" x={x} y={Y.numbers} dy="0.32em">
        {t}
      </text>
    </g>
  );
}

interface ForwardProps {
  x: number;
  t: number;
  T: number;
  hasInput: boolean;
  hasLoss: boolean;
}

function Forward({ x, t, T, hasInput, hasLoss }: ForwardProps) {
  const before = x - widthOf(T) + BOX;
  return (
    <g class="backward-forward">
      {t > 1 ? <line x1={before} x2={x - BOX} y1={Y.h - 6} y2={Y.h - 6} /> : null}
      {hasInput ? <line x1={x - 6} x2={x - 6} y1={Y.x - 14} y2={Y.h + BOX} /> : null}
      {hasLoss ? <line x1={x - 6} x2={x - 6} y1={Y.h - BOX} y2={Y.loss + 12} /> : null}
    </g>
  );
}

type BackwardProps = Pick<GraphProps, "data" | "steps" | "tau" | "now"> & { t: number };

/** The gradient of a step: down from its own loss, and on to the step before unless the window ends there. */
function Backward({ data, steps, tau, now, t }: BackwardProps) {
  const T = steps.length;
  const x = centre(t, T);
  const largest = Math.max(...steps.map(({ arriving }) => arriving), 1e-300);
  const thickness = Math.max(0.75, (9 * steps[t - 1]!.arriving) / largest);
  const own = Math.max(0.75, (9 * Math.hypot(...data.steps[t - 1]!.dh)) / largest);
  const goesOn = t > 1 && t > now && !isCut(t - 1, tau, T) && steps[t - 1]!.arriving > 0;
  return (
    <g class="backward-flow" data-term="loss">
      {data.steps[t - 1]!.loss === undefined ? null : (
        <line x1={x + 6} x2={x + 6} y1={Y.loss + 14} y2={Y.h - BOX} stroke-width={own} />
      )}
      {goesOn ? (
        <line x1={x - BOX} x2={x - widthOf(T) + BOX} y1={Y.h + 7} y2={Y.h + 7} stroke-width={thickness} />
      ) : null}
    </g>
  );
}

interface BarProps {
  steps: StepGradients[];
  name: WeightName;
  t: number;
  x: number;
  isReached: boolean;
}

/** How much the step adds to the gradient of the chosen weight. */
function Bar({ steps, name, t, x, isReached }: BarProps) {
  const sizes = steps.map(({ weights }) => sizeOf(weights[name]));
  const height = (TALLEST * sizes[t - 1]!) / Math.max(...sizes, 1e-300);
  return (
    <rect
      class={isReached ? "backward-bar is-reached" : "backward-bar"}
      x={x - 12}
      y={Y.bars - height}
      width={24}
      height={height}
    />
  );
}
