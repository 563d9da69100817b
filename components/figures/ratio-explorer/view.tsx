import { useState } from "preact/hooks";
import { gloveWeight } from "#src/nn/ref/glove.ts";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Slider } from "../kit/slider.tsx";
import { Ratios } from "./ratios.tsx";
import { byRatio, describe, type Pair, type RatioExplorerData, ratioText } from "./schema.ts";
import { LARGEST, Weighting } from "./weighting.tsx";

/** GloVe's two ideas: which ratio of probabilities tells two words apart, and how much each count weighs. */
export function View({ data, id }: { data: RatioExplorerData; id: string }) {
  const [chosen, choose] = useState(0);
  const [at, setAt] = useState(0);
  const pair = data.pairs[Math.min(chosen, data.pairs.length - 1)]!;
  const probes = byRatio(pair);
  const probe = probes[Math.min(at, probes.length - 1)]!;
  return (
    <FigureFrame title={data.title} caption={CAPTION} table={table(pair)}>
      <p class="visually-hidden">{describe(data)}</p>
      <div class="course-controls">
        <label class="course-slider">
          <span>Compare</span>
          <select
            id={`${id}pair`}
            value={String(data.pairs.indexOf(pair))}
            onChange={(event) => choose(Number(event.currentTarget.value))}
          >
            {data.pairs.map(({ a, b }, k) => (
              <option value={String(k)}>
                {a} and {b}
              </option>
            ))}
          </select>
        </label>
        <Slider
          label="Word"
          min={0}
          max={probes.length - 1}
          step={1}
          value={probes.indexOf(probe)}
          onChange={setAt}
          text={probe.word}
        />
      </div>
      <Ratios pair={pair} at={probes.indexOf(probe)} onAt={setAt} />
      <p class="course-readout" aria-live="polite">
        <span>
          P({probe.word}|{pair.a}) <b>{probe.pa.toFixed(5)}</b>
        </span>
        <span>
          P({probe.word}|{pair.b}) <b>{probe.pb.toFixed(5)}</b>
        </span>
        <span>
          ratio <b>{ratioText(probe.ratio)}</b>, logarithm <b>{Math.log(probe.ratio).toFixed(2)}</b>
        </span>
      </p>
      <Weights xMax={data.xMax ?? 10} alpha={data.alpha ?? 0.75} />
    </FigureFrame>
  );
}

function Weights(start: { xMax: number; alpha: number }) {
  const [xMax, setMax] = useState(start.xMax);
  const [alpha, setAlpha] = useState(start.alpha);
  return (
    <div class="ratio-weights">
      <p class="course-figure-title">How much does a count weigh?</p>
      <Weighting xMax={xMax} alpha={alpha} onMax={setMax} />
      <div class="course-controls">
        <Slider label="x max" min={1} max={LARGEST} step={1} value={xMax} onChange={setMax} />
        <Slider label="power α" min={0.05} max={1.5} step={0.05} value={alpha} onChange={setAlpha} />
      </div>
      <p class="course-readout" aria-live="polite">
        {[1, 5, 20].map((count) => (
          <span>
            f({count}) = <b>{gloveWeight(count, { xMax, alpha }).toFixed(3)}</b>
          </span>
        ))}
      </p>
    </div>
  );
}

const CAPTION =
  "Far from 1 a ratio tells the two words apart; near 1 the word goes with both, or with neither. Below, drag the knee of the weighting " +
  "function: counts to the right of it all weigh the same.";

function table(pair: Pair) {
  const rows = byRatio(pair).map(({ word, pa, pb, ratio }) => [
    word,
    pa.toFixed(5),
    pb.toFixed(5),
    ratioText(ratio),
  ]);
  const columns = ["k", `P(k|${pair.a})`, `P(k|${pair.b})`, "ratio"];
  return { caption: "Probabilities and their ratios", columns, rows };
}
