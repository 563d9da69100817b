import { useState } from "preact/hooks";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Slider } from "../kit/slider.tsx";
import { Drawing } from "./drawing.tsx";
import { describe, pointAt, type RaceData, shortNumber } from "./schema.ts";

/** Several models on one task: the median of their seeds as a line, from the best seed to the worst as a band. */
export function View({ data }: { data: RaceData; id: string }) {
  const moments = [...new Set(data.runners.flatMap(({ points }) => points.map(({ x }) => x)))];
  moments.sort((a, b) => a - b);
  const [chosen, choose] = useState(Infinity);
  const index = Math.min(chosen, moments.length - 1);
  const x = moments[index]!;
  const near = (wanted: number) => {
    const distance = (k: number) => Math.abs(moments[k]! - wanted);
    choose(moments.reduce((best, _, k) => (distance(k) < distance(best) ? k : best), 0));
  };
  return (
    <FigureFrame title={data.title} caption={caption(data)} table={table(data, moments)}>
      <Drawing data={data} x={x} onX={near} label={describe(data)} />
      <p class="course-readout" aria-live="polite">
        <span>
          {data.against} {shortNumber(x)}
        </span>
        {data.runners.map((runner) => (
          <span class={`race-${runner.kind}`}>
            {runner.label} <b>{shortNumber(pointAt(runner, x).middle)}</b>
          </span>
        ))}
      </p>
      {moments.length > 1 ? (
        <div class="course-controls">
          <Slider
            label={data.against}
            min={0}
            max={moments.length - 1}
            step={1}
            value={index}
            onChange={choose}
            text={shortNumber(x)}
          />
        </div>
      ) : null}
    </FigureFrame>
  );
}

const caption = ({ quantity, seeds, baseline }: RaceData): string =>
  `The lower the line, the better: ${quantity}.` +
  (seeds > 1 ? ` Lines are medians over ${seeds} seeds, bands reach from the best seed to the worst.` : "") +
  (baseline ? ` The dashed line is what one gets without learning anything: ${baseline.label}.` : "");

function table({ runners, against, quantity }: RaceData, moments: number[]) {
  const rows = moments.map((x) => [
    shortNumber(x),
    ...runners.map((runner) => {
      const { low, middle, high } = pointAt(runner, x);
      return low === high
        ? shortNumber(middle)
        : `${shortNumber(middle)} (${shortNumber(low)}–${shortNumber(high)})`;
    }),
  ]);
  return { caption: quantity, columns: [against, ...runners.map(({ label }) => label)], rows };
}
