import { useState } from "preact/hooks";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Player } from "../kit/player.tsx";
import { Slider } from "../kit/slider.tsx";
import { Drawing } from "./drawing.tsx";
import { type BeamTreeData, describe, type Node, pathTo } from "./schema.ts";

/** The beam laboratory: a search, one expansion after the other, with what was kept and what was thrown away. */
export function View({ data }: { data: BeamTreeData; id: string }) {
  const [moment, setMoment] = useState(Infinity);
  const [chosen, choose] = useState<{ step: number; place: number } | undefined>(undefined);
  const step = Math.min(moment, data.steps.length - 1);
  const at = chosen && chosen.step <= step ? chosen : { step, place: 0 };
  const nodes = data.steps[at.step]!;
  const place = Math.min(at.place, nodes.length - 1);
  const node = nodes[place]!;
  const path = pathTo(data, at.step, place);
  const steps = data.steps.map((_, k) => k + 1);
  return (
    <FigureFrame title={data.title} caption={caption(data)} table={table(data)}>
      <div class="beam-scroll" tabIndex={0} role="region" aria-label="The tree of the search">
        <Drawing
          data={data}
          upTo={step}
          chosen={{ step: at.step, place }}
          onChoose={choose}
          label={describe(data)}
        />
      </div>
      <Readout node={node} step={at.step} text={path.map(({ token }) => token).join(" ")} />
      <div class="course-controls">
        <Player
          label="Step"
          index={step}
          values={steps}
          rate={1.5}
          onChange={(k) => {
            setMoment(k);
            choose({ step: k, place: 0 });
          }}
        />
        {nodes.length > 1 ? (
          <Slider
            label="Candidate of the step, best first"
            min={1}
            max={nodes.length}
            step={1}
            value={place + 1}
            onChange={(k) => choose({ step: at.step, place: k - 1 })}
          />
        ) : null}
      </div>
      <Ranking data={data} />
    </FigureFrame>
  );
}

function Readout({ node, step, text }: { node: Node; step: number; text: string }) {
  return (
    <p class="course-readout" aria-live="polite">
      <span>
        Step {step + 1}: <b>{text}</b> {FATE[node.fate]}
      </span>
      <span>
        log p(token) <b>{node.tokenLogProb.toFixed(2)}</b>
      </span>
      <span>
        sum <b>{node.logProb.toFixed(2)}</b>
      </span>
      <span>
        score <b>{node.score.toFixed(2)}</b>
      </span>
    </p>
  );
}

const FATE = { live: "goes on", finished: "is finished, and kept", pruned: "was pruned" };

const caption = ({ width, alpha, cost }: BeamTreeData): string =>
  `From left to right, one column for each step, the best candidate at the top. The ${width} best of a column are kept; ` +
  `pale ones with a dashed edge were pruned, framed ones are finished. α = ${alpha}; the model read ${cost} tokens.`;

function Ranking({ data: { hypotheses, others = [] } }: { data: BeamTreeData }) {
  return (
    <ol class="beam-ranking" aria-label="What the search found, best first">
      {hypotheses.slice(0, 5).map(({ text, logProb, score, isFinished }) => (
        <li>
          <b>{text}</b> score {score.toFixed(2)}, log-probability {logProb.toFixed(2)}
          {isFinished ? "" : " (not finished)"}
        </li>
      ))}
      {others.map(({ label, text, logProb, cost }) => (
        <li class="beam-other">
          {label}: <b>{text}</b> log-probability {logProb.toFixed(2)}, {cost} tokens read
        </li>
      ))}
    </ol>
  );
}

function table(data: BeamTreeData) {
  const rows = data.steps.flatMap((nodes, step) =>
    nodes.map((node, place) => [
      step + 1,
      pathTo(data, step, place)
        .map(({ token }) => token)
        .join(" "),
      node.tokenLogProb.toFixed(3),
      node.logProb.toFixed(3),
      node.score.toFixed(3),
      node.fate,
    ]),
  );
  const columns = ["step", "sequence", "log p(token)", "sum", "score", "fate"];
  return { caption: "Every candidate that is shown", columns, rows };
}
