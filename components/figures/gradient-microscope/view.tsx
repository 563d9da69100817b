import { useState } from "preact/hooks";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Player } from "../kit/player.tsx";
import { Slider } from "../kit/slider.tsx";
import { Drawing, FLOOR, timesteps } from "./drawing.tsx";
import { describe, frameAt, type GradientMicroscopeData, shortNumber } from "./schema.ts";

/** The gradient microscope: ‖∂L/∂h_t‖ from the loss back to the first time step, at any moment of a training. */
export function View({ data }: { data: GradientMicroscopeData; id: string }) {
  const iterations = [
    ...new Set(data.series.flatMap((series) => series.frames.map((frame) => frame.iteration))),
  ];
  iterations.sort((a, b) => a - b);
  const T = timesteps(data);
  const [chosen, choose] = useState(Infinity);
  const [lag, setLag] = useState(T - 1);
  const index = Math.min(chosen, iterations.length - 1);
  const iteration = iterations[index]!;
  const shownLag = Math.min(lag, T - 1);
  return (
    <FigureFrame title={data.title} caption={caption(data)} table={table(data, iteration, T)}>
      <Drawing data={data} iteration={iteration} lag={shownLag} onLag={setLag} label={describe(data)} />
      <p class="course-readout" aria-live="polite">
        <span>
          {shownLag === 0 ? "At the last step" : `${shownLag} ${shownLag === 1 ? "step" : "steps"} back`} (t ={" "}
          {T - shownLag})
        </span>
        {data.series.map((series) => (
          <span class={`course-line-${series.kind}`}>
            {series.label}{" "}
            <b>{shortNumber([...frameAt(series, iteration).norms].at(-1 - shownLag) ?? NaN)}</b>
          </span>
        ))}
      </p>
      <div class="course-controls">
        <Slider label="Steps back" min={0} max={T - 1} step={1} value={shownLag} onChange={setLag} />
        {iterations.length > 1 ? (
          <Player label="Training iteration" index={index} values={iterations} onChange={choose} />
        ) : null}
      </div>
    </FigureFrame>
  );
}

function caption(data: GradientMicroscopeData): string {
  const drawn = data.series.some((series) => series.kind === "bound");
  const isDeep = data.series.some(({ frames }) => frames.some(({ norms }) => norms.some((n) => n < FLOOR)));
  return (
    "Read from left to right: how large the loss’s gradient still is at the hidden state, the further back in time. " +
    "A straight falling line is exponential decay." +
    (drawn ? " The dashed line is the analytic bound: no point may lie above it." : "") +
    (isDeep ? " A line that ends early has fallen under 10⁻¹⁶." : "")
  );
}

function table(data: GradientMicroscopeData, iteration: number, T: number) {
  const rows = Array.from({ length: T }, (_, lag) => [
    lag,
    ...data.series.map((series) => shortNumber(frameAt(series, iteration).norms.at(-1 - lag) ?? NaN)),
  ]);
  const columns = ["steps back", ...data.series.map((series) => series.label)];
  return { caption: `Gradient at the hidden state, iteration ${iteration}`, columns, rows };
}
