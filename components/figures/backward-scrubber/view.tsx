import { useMemo, useState } from "preact/hooks";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Player } from "../kit/player.tsx";
import { Slider } from "../kit/slider.tsx";
import { useEarlier } from "../kit/use-earlier.ts";
import { type Place, ValueGrid } from "../kit/value-grid.tsx";
import { backwardSteps, distance, sizeOf, type StepGradients, sumOf, type WeightName } from "./backward.ts";
import { Graph } from "./graph.tsx";
import { type BackwardScrubberData, describe } from "./schema.ts";

const LABELS: Record<WeightName, string> = { Wh: "W_h", Wx: "W_x", b: "b", Wy: "W_y" };

/** The backward pass, one step at a time: what each step adds to a weight's gradient, and what a window cuts off. */
export function View({ data }: { data: BackwardScrubberData; id: string }) {
  const T = data.steps.length;
  const [name, setName] = useState<WeightName>("Wh");
  const [chosenTau, setTau] = useState(data.window ?? T);
  const [index, setIndex] = useState(Math.floor((T - 1) / 2));
  const tau = Math.min(chosenTau, T);
  const now = Math.max(1, T - index);
  const steps = useMemo(() => backwardSteps(data, tau), [data, tau]);
  const whole = useMemo(() => backwardSteps(data, T), [data]);
  const names = (Object.keys(LABELS) as WeightName[]).filter(
    (each) => each !== "Wy" || data.steps.some(({ dlogits }) => dlogits),
  );
  const weights = useEarlier<HTMLSelectElement>(({ value }) => setName(value as WeightName));
  const lost = distance(sumOf(steps, name), sumOf(whole, name));
  return (
    <FigureFrame title={data.title} caption={CAPTION} table={table(steps, whole, name)}>
      <Graph {...{ data, steps, name, tau, now }} onStep={(t) => setIndex(T - t)} label={describe(data)} />
      <div class="course-controls">
        <Player
          label="Back to step"
          index={T - now}
          values={data.steps.map((_, k) => T - k)}
          onChange={setIndex}
          rate={2}
        />
        <Slider label="Window τ" min={1} max={T} step={1} value={tau} onChange={setTau} />
        <label class="course-slider">
          <span>Gradient of</span>
          <select
            ref={weights}
            value={name}
            onChange={(event) => setName(event.currentTarget.value as WeightName)}
          >
            {names.map((each) => (
              <option value={each}>{LABELS[each]}</option>
            ))}
          </select>
        </label>
      </div>
      <Matrices {...{ steps, whole, name, now }} />
      <p class="course-readout" aria-live="polite">
        <span>
          With τ = {tau} the whole sum differs from the full gradient by{" "}
          <b class="backward-lost">{(100 * lost).toFixed(lost > 0 && lost < 0.1 ? 1 : 0)} %</b> of its size
        </span>
      </p>
    </FigureFrame>
  );
}

interface MatricesProps {
  steps: StepGradients[];
  whole: StepGradients[];
  name: WeightName;
  now: number;
}

/** Three matrices on one colour scale: what this step adds, the sum so far, and the gradient without a cut. */
function Matrices({ steps, whole, name, now }: MatricesProps) {
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 });
  const T = steps.length;
  const full = sumOf(whole, name);
  const shown = [
    { title: `Step ${now} adds`, values: steps[now - 1]!.weights[name] },
    {
      title: now === T ? `Sum: step ${T} only` : `Sum of steps ${T} … ${now}`,
      values: sumOf(steps.slice(now - 1), name),
    },
    { title: "Full gradient, no window", values: full },
  ];
  const largest = Math.max(...shown.flatMap(({ values }) => values.flat().map(Math.abs)), 1e-300);
  const row = Math.min(place.row, full.length - 1);
  const column = Math.min(place.column, full[0]!.length - 1);
  return (
    <>
      <div class="value-grids">
        {shown.map(({ title, values }) => (
          <div>
            <p class="value-grids-title">{title}</p>
            <ValueGrid
              label={`${title}: gradient of ${LABELS[name]}`}
              rows={values.map((_, k) => String(k + 1))}
              columns={values[0]!.map((_, k) => String(k + 1))}
              values={values}
              strength={(value) => value / largest}
              read={signed}
              print={signed}
              place={{ row, column }}
              onPlace={setPlace}
            />
          </div>
        ))}
      </div>
      <p class="course-readout" aria-live="polite">
        <span>
          Entry {row + 1}, {column + 1} of ∂L/∂{LABELS[name]}:
        </span>
        {["step adds", "sum so far", "full"].map((what, k) => (
          <span>
            {what} <b>{signed(shown[k]!.values[row]![column]!)}</b>
          </span>
        ))}
      </p>
    </>
  );
}

/** A number with its sign, in two decimals: +0.12, −0.03; 0.00 for what rounds to it, and 0 for exactly nothing. */
export function signed(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 0.005) return "0.00";
  return (value < 0 ? "−" : "+") + (size >= 100 ? size.toExponential(1) : size.toFixed(2));
}

const CAPTION =
  "The gradient starts at the losses and walks from right to left; the thicker the red line, the more of it arrives. " +
  "A bar under a step is the size of what the step adds to the chosen weight’s gradient. " +
  "A dashed line is the end of a window: the state passes it forward, the gradient does not pass it back.";

function table(steps: StepGradients[], whole: StepGradients[], name: WeightName) {
  const rows = steps.map((step, k) => [
    k + 1,
    step.arriving.toPrecision(3),
    sizeOf(step.weights[name]).toPrecision(3),
    sizeOf(whole[k]!.weights[name]).toPrecision(3),
  ]);
  const columns = ["t", "arrives at h", "adds", "adds without window"];
  return { caption: `Sizes (norms) for ${LABELS[name]}, step by step`, columns, rows };
}
