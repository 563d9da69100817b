import { useState } from "preact/hooks";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Player } from "../kit/player.tsx";
import { Curve } from "./curve.tsx";
import { Diagram } from "./diagram.tsx";
import { type Answer, type Frame, type SequenceShapesData, type Shape, SHAPE_NAMES } from "./schema.ts";

/** The five shapes of input and output: each with its network, its training and its answers. */
export function View({ data, id }: { data: SequenceShapesData; id: string }) {
  const [chosen, choose] = useState(0);
  const [at, setAt] = useState(Infinity);
  const index = Math.min(chosen, data.shapes.length - 1);
  const shape = data.shapes[index]!;
  const frameIndex = Math.min(at, shape.frames.length - 1);
  const frame = shape.frames[frameIndex]!;
  const pick = (next: number) => {
    choose(next);
    setAt(Infinity);
  };
  return (
    <FigureFrame title={data.title} caption={CAPTION} table={table(shape)}>
      <Choice data={data} id={id} index={index} onChoose={pick} />
      <div class="sequence-shapes-panels">
        <Diagram kind={shape.kind} />
        <Curve shape={shape} iteration={frame.iteration} />
      </div>
      <p class="course-readout" aria-live="polite">
        <span>{shape.task}</span>
        <span>
          iteration <b>{frame.iteration}</b>
        </span>
        {frame.score === undefined ? null : (
          <span>
            <b>{Math.round(100 * frame.score)} %</b> {shape.scoreLabel ?? "right"}
          </span>
        )}
      </p>
      <Answers frame={frame} />
      <div class="course-controls">
        {shape.frames.length > 1 ? (
          <Player
            label="Training iteration"
            index={frameIndex}
            values={shape.frames.map((one) => one.iteration)}
            onChange={setAt}
          />
        ) : null}
      </div>
    </FigureFrame>
  );
}

interface ChoiceProps {
  data: SequenceShapesData;
  id: string;
  index: number;
  onChoose(index: number): void;
}

function Choice({ data, id, index, onChoose }: ChoiceProps) {
  return (
    <fieldset class="sequence-shapes-choice">
      <legend>Shape</legend>
      {data.shapes.map(({ kind }, k) => (
        <label>
          <input type="radio" name={`${id}-shape`} checked={k === index} onChange={() => onChoose(k)} />
          {SHAPE_NAMES[kind]}
        </label>
      ))}
    </fieldset>
  );
}

function Answers({ frame }: { frame: Frame }) {
  return (
    <div class="sequence-shapes-answers" tabIndex={0} role="region" aria-label="Answers to new inputs">
      <table>
        <thead>
          <tr>
            <th scope="col">it reads</th>
            <th scope="col">it says</th>
          </tr>
        </thead>
        <tbody>
          {frame.answers.map((answer) => (
            <tr>
              <td>
                {answer.pixels ? <Pixels {...answer.pixels} label={answer.input.join(" ")} /> : null}
                {answer.pixels ? null : answer.input.join(" ")}
              </td>
              <td>
                <Words answer={answer} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What it said; wrong words are marked by shape and followed by what they should be. */
function Words({ answer: { answer, target } }: { answer: Answer }) {
  const isWrong = target !== undefined && answer.join(" ") !== target.join(" ");
  return (
    <>
      {answer.map((word, k) =>
        target && word !== target[k] ? (
          <span>
            <span class="sequence-shapes-wrong">{word}</span>{" "}
          </span>
        ) : (
          `${word} `
        ),
      )}
      {isWrong ? <span class="sequence-shapes-target">✗ should be: {target.join(" ")}</span> : null}
      {target && !isWrong ? <span class="sequence-shapes-right">✓</span> : null}
    </>
  );
}

function Pixels({ width, values, label }: { width: number; values: number[]; label: string }) {
  const height = Math.ceil(values.length / width);
  return (
    <svg class="sequence-shapes-pixels" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <rect class="sequence-shapes-paper" width={width} height={height} />
      {values.map((value, k) => (
        <rect x={k % width} y={Math.floor(k / width)} width="1.02" height="1.02" fill-opacity={value} />
      ))}
    </svg>
  );
}

const CAPTION =
  "Choose a shape, then drag the training iteration. The inputs in the list are new to the model. A dashed arrow is an output that " +
  "the next step reads.";

function table(shape: Shape) {
  return {
    caption: `${shape.task}: loss while training`,
    columns: ["iteration", "loss (nats)"],
    rows: shape.losses.map(({ iteration, loss }) => [iteration, loss.toFixed(3)]),
  };
}
