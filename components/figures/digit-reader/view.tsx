import { useState } from "preact/hooks";
import { Choice } from "../kit/choice.tsx";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Player } from "../kit/player.tsx";
import { type DigitReaderData, likeliest, type Reading } from "./schema.ts";

const LEVELS = 8;
/** A longer path would cover the picture. */
const MOST_JUMPS = 20;

/** A picture that is read piece by piece, and what the model thinks after each piece. */
export function View({ data, id }: { data: DigitReaderData; id: string }) {
  const [chosen, choose] = useState(0);
  const [moment, setMoment] = useState(Infinity);
  const reading = data.readings[Math.min(chosen, data.readings.length - 1)]!;
  const step = Math.min(moment, reading.windows.length - 1);
  const probs = reading.probs[step]!;
  const said = likeliest(probs);
  const looks = reading.windows.map((_, k) => k + 1);
  return (
    <FigureFrame title={data.title} caption={CAPTION} table={table(data, reading)}>
      <Choice
        label="Way of reading"
        id={`${id}way`}
        names={data.readings.map(({ label }) => label)}
        index={data.readings.indexOf(reading)}
        onChoose={choose}
      />
      <div class="digit-reader">
        <Picture data={data} reading={reading} step={step} />
        <Bars classes={data.classes} probs={probs} truth={data.truth} />
      </div>
      <p class="course-readout" aria-live="polite">
        <span>Look {step + 1}</span>
        <span>
          says <b>{data.classes[said]}</b> with <b>{(100 * probs[said]!).toFixed(0)} %</b>; it is a{" "}
          {data.classes[data.truth]}
        </span>
      </p>
      <div class="course-controls">
        <Player label="Look" index={step} values={looks} onChange={setMoment} rate={6} />
      </div>
    </FigureFrame>
  );
}

const CAPTION =
  "What has not been looked at yet is covered. The frame is the look just taken, the line the path of the eye; the bars are the probabilities after it.";

function Picture({
  data: { image, classes, truth },
  reading,
  step,
}: {
  data: DigitReaderData;
  reading: Reading;
  step: number;
}) {
  const [height, width] = [image.length, image[0]!.length];
  const seen = reading.windows.slice(0, step + 1);
  const now = seen.at(-1)!;
  const isSeen = (y: number, x: number) =>
    seen.some((w) => y >= w.top && y < w.top + w.height && x >= w.left && x < w.left + w.width);
  const path = seen.map((w) => `${w.left + w.width / 2},${w.top + w.height / 2}`).join(" ");
  return (
    <svg
      class="digit-picture"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`A ${classes[truth]}, ${step + 1} of ${reading.windows.length} looks taken`}
    >
      <rect class="digit-ground" width={width} height={height} />
      {Array.from({ length: LEVELS }, (_, level) => (
        <path
          d={pixelsOf(image, (grey, y, x) => isSeen(y, x) && levelOf(grey) === level + 1)}
          fill-opacity={(level + 1) / LEVELS}
        />
      ))}
      <path class="digit-covered" d={pixelsOf(image, (_, y, x) => !isSeen(y, x))} />
      {now.width < width && seen.length <= MOST_JUMPS ? (
        <polyline class="digit-eye" points={path} fill="none" />
      ) : null}
      <rect class="digit-window" x={now.left} y={now.top} width={now.width} height={now.height} fill="none" />
    </svg>
  );
}

const levelOf = (grey: number): number => Math.round(grey * LEVELS);

/** The pixels that are wanted as one path of unit squares. */
function pixelsOf(image: number[][], isWanted: (grey: number, y: number, x: number) => boolean): string {
  return image
    .flatMap((row, y) => row.map((grey, x) => (isWanted(grey, y, x) ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
}

function Bars({ classes, probs, truth }: { classes: string[]; probs: number[]; truth: number }) {
  return (
    <ol class="digit-bars" aria-hidden="true">
      {classes.map((name, k) => (
        <li class={k === truth ? "is-truth" : ""}>
          <span>{name}</span>
          <span class="digit-bar" style={{ "--share": `${(100 * probs[k]!).toFixed(1)}%` }} />
        </li>
      ))}
    </ol>
  );
}

function table({ classes }: DigitReaderData, { probs, label }: Reading) {
  const rows = probs.map((row, k) => [k + 1, ...row.map((p) => p.toFixed(2))]);
  return { caption: `Probabilities after each look, ${label}`, columns: ["look", ...classes], rows };
}
