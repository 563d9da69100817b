import { useState } from "preact/hooks";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Slider } from "../kit/slider.tsx";
import { StepButton } from "../kit/step-button.tsx";
import { Drawing, nameOf, type NodeId } from "./drawing.tsx";
import { Program } from "./program.tsx";
import { describe, type Moment, momentsOf, shownAt, type UnrolledGraphData } from "./schema.ts";

/** A recurrent network unrolled in time: scrubbed forward to the outputs and backward with the gradient. */
export function View({ data }: { data: UnrolledGraphData; id: string }) {
  const moments = momentsOf(data.inputs.length);
  const [chosen, setIndex] = useState(moments.length / 2 - 1);
  const [pointed, point] = useState<NodeId>();
  const index = Math.min(chosen, moments.length - 1);
  const moment = moments[index]!;
  const selected = pointed ?? nodeOf(moment);
  const go = (next: number) => {
    point(undefined);
    setIndex(Math.min(moments.length - 1, Math.max(0, next)));
  };
  return (
    <FigureFrame title={data.title} caption={CAPTION} table={table(data)}>
      <Drawing data={data} moment={moment} selected={selected} onSelect={point} label={describe(data)} />
      <Readout data={data} moment={moment} node={selected} />
      <Program moment={moment} />
      <div class="course-controls">
        <StepButton isAtEnd={index === 0} onStep={() => go(index - 1)}>
          Back
        </StepButton>
        <StepButton isAtEnd={index === moments.length - 1} onStep={() => go(index + 1)}>
          Next
        </StepButton>
        <Slider
          label="Moment"
          min={0}
          max={moments.length - 1}
          step={1}
          value={index}
          onChange={go}
          text={`${moment.direction}, t = ${moment.t}`}
        />
      </div>
    </FigureFrame>
  );
}

/** The node that a moment computes. */
export function nodeOf({ direction, part, t }: Moment): NodeId {
  if (direction === "forward") return { kind: part === "state" ? "h" : "y", t };
  return { kind: "h", t: part === "output" ? t : t - 1 };
}

function Readout({ data, moment, node }: { data: UnrolledGraphData; moment: Moment; node: NodeId }) {
  const { values, isGradient, isKnown } = shownAt(data, moment, node.kind, node.t);
  const name = nameOf(node);
  return (
    <p class="course-readout unrolled-graph-readout" aria-live="polite">
      <b>{isGradient ? gradientName(node) : name}</b>
      {isKnown ? (
        values.map((value, k) => (
          <span>
            {node.kind === "y" ? `${data.outputs[k]} ` : ""}
            {value.toFixed(3).replace("-", "−")}
          </span>
        ))
      ) : (
        <span>not computed yet</span>
      )}
    </p>
  );
}

const gradientName = (node: NodeId): string =>
  node.kind === "y" ? `${nameOf(node)} − target` : `∂L/∂${nameOf(node)}`;

const CAPTION =
  "Step through the network. Each node shows its vector as bars, up for positive numbers; point at one or focus it to read them. " +
  "After the last step the direction turns: red bars are gradients, which flow from each output into its state and from there " +
  "to the state before.";

function table(data: UnrolledGraphData) {
  const print = (values: number[] | undefined) => values?.map((v) => v.toFixed(3)).join(" ") ?? "–";
  return {
    caption: "Vectors and gradients of each step",
    columns: ["t", "reads", "h", "y", "y − target", "∂L/∂h"],
    rows: data.h.map((h, t) => [
      t,
      data.inputs[t - 1] ?? "–",
      print(h),
      print(data.y[t - 1]),
      print(data.error[t - 1]),
      print(data.total[t]),
    ]),
  };
}
