import { useMemo, useState } from "preact/hooks";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Slider } from "../kit/slider.tsx";
import { StepButton } from "../kit/step-button.tsx";
import { lastOf, type Moment, momentAfter } from "./learn.ts";
import { Network } from "./network.tsx";
import { Plane } from "./plane.tsx";
import { describe, type PairNetworkData } from "./schema.ts";

/** Skip-gram with eleven words: network, weights and map of one moment, and the pair that is learnt next. */
export function View({ data }: { data: PairNetworkData; id: string }) {
  const last = lastOf(data);
  const [learnt, setLearnt] = useState(Math.min(last, data.learnt ?? 0));
  const moment = useMemo(() => momentAfter(data, learnt), [data, learnt]);
  const radius = radiusOf(moment);
  const go = (n: number) => setLearnt(Math.min(last, n));
  const { words, pairs } = data;
  const [c, t] = [words[moment.centre]!, words[moment.target]!];
  return (
    <FigureFrame title={data.title} caption={CAPTION} table={table(data, moment)}>
      <p class="visually-hidden">{describe(data)}</p>
      <div class="pair-body">
        <Network words={words} moment={moment} />
        <Plane words={words} moment={moment} radius={radius} />
      </div>
      <p class="course-readout" aria-live="polite">
        <span>
          Next pair:{" "}
          <b>
            {c} → {t}
          </b>
        </span>
        <span>
          P({t}|{c}) <b>{moment.prediction.probs[moment.target]!.toFixed(3)}</b>, once learnt{" "}
          <b>{moment.after.toFixed(3)}</b>
        </span>
        <span>
          loss <b>{moment.prediction.loss.toFixed(2)}</b>
        </span>
        <span>
          mean of the last pass <b>{moment.meanLoss?.toFixed(2) ?? "–"}</b>
        </span>
      </p>
      <div class="course-controls">
        <StepButton isAtEnd={learnt >= last} onStep={() => go(learnt + 1)}>
          Learn this pair
        </StepButton>
        <StepButton isAtEnd={learnt >= last} onStep={() => go(learnt + pairs.length)}>
          A whole pass
        </StepButton>
        <StepButton isAtEnd={learnt === 0} onStep={() => go(0)}>
          Start again
        </StepButton>
        <Slider label="Pairs learnt" min={0} max={last} step={1} value={learnt} onChange={go} />
      </div>
    </FigureFrame>
  );
}

const CAPTION =
  "Each word has two weights into the network (blue) and two out of it (violet). On the map they are its place as a word (dot) and as a " +
  "neighbour (cross). A pair pulls the word's dot towards its neighbour's cross, and pushes it from all other crosses.";

/** Half the width that holds all words; it grows in jumps, so that between them the axes stand still. */
const radiusOf = ({ input, output }: Moment): number => {
  const farthest = Math.max(0.1, ...[...input, ...output].map(Math.abs));
  return 1.5 ** Math.ceil(Math.log(1.1 * farthest) / Math.log(1.5));
};

function table(data: PairNetworkData, { input, output, prediction, centre }: Moment) {
  const number = (value: number) => value.toFixed(3);
  const rows = data.words.map((word, k) => [
    word,
    ...[...input.subarray(2 * k, 2 * k + 2), ...output.subarray(2 * k, 2 * k + 2)].map(number),
    number(prediction.probs[k]!),
  ]);
  const columns = ["word", "e₁", "e₂", "θ₁", "θ₂", `P(word|${data.words[centre]})`];
  return { caption: "Weights and probabilities at this moment", columns, rows };
}
