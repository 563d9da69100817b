import type { Moment } from "./learn.ts";

const WIDTH = 420;
const TOP = 46;
const [CELL, INPUT, HIDDEN, OUTPUT] = [72, 116, 186, 256];
const [OUTPUT_CELL, NAME, END] = [268, 302, 416];

interface NetworkProps {
  words: readonly string[];
  moment: Moment;
}

/** One word in, two hidden units, a probability for each word out. Edges are as wide as their weight; dashed is negative. */
export function Network({ words, moment }: NetworkProps) {
  const { centre, target, prediction, input, output } = moment;
  const row = Math.min(34, 340 / words.length);
  const y = (word: number) => TOP + row * (word + 0.5);
  const middle = TOP + (row * words.length) / 2;
  const hidden = [middle - 46, middle + 46];
  const height = TOP + row * words.length + 8;
  const largest = Math.max(1, ...[...input, ...output].map(Math.abs));
  return (
    <svg
      class="pair-network"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={`The input ${words[centre]} is on; the network gives ${words[target]} a probability of ${prediction.probs[target]!.toFixed(3)}.`}
    >
      <text class="pair-head" x={INPUT} y={14} text-anchor="middle">
        one-hot o
      </text>
      <text class="pair-head pair-h" x={HIDDEN} y={14} text-anchor="middle">
        e = E o
      </text>
      <text class="pair-head pair-y" x={END} y={14} text-anchor="end">
        P(t|c) = softmax(θ·e)
      </text>
      {hidden.map((at, k) => (
        <>
          <Edge
            x1={INPUT}
            y1={y(centre)}
            x2={HIDDEN}
            y2={at}
            weight={input[2 * centre + k]! / largest}
            kind="h"
          />
          {words.map((_, word) => (
            <Edge
              x1={HIDDEN}
              y1={at}
              x2={OUTPUT}
              y2={y(word)}
              weight={output[2 * word + k]! / largest}
              kind="y"
            />
          ))}
        </>
      ))}
      {words.map((word, k) => (
        <Row word={word} k={k} y={y(k)} moment={moment} largest={largest} />
      ))}
      {hidden.map((at) => (
        <circle class="pair-node pair-hidden" cx={HIDDEN} cy={at} r="9" />
      ))}
    </svg>
  );
}

interface RowProps {
  word: string;
  k: number;
  y: number;
  moment: Moment;
  largest: number;
}

/** A word as input on the left, as output on the right. */
function Row({ word, k, y, moment, largest }: RowProps) {
  const { centre, target, prediction, input, output } = moment;
  const p = prediction.probs[k]!;
  const two = (vectors: Float64Array) => vectors.subarray(2 * k, 2 * k + 2);
  return (
    <g class={rowClass(k === centre, k === target)}>
      <text class="pair-in" x={CELL - 6} y={y} dy="0.32em" text-anchor="end">
        {word}
      </text>
      <Cells x={CELL} y={y} values={two(input)} largest={largest} kind="h" />
      <circle class={k === centre ? "pair-node is-on" : "pair-node"} cx={INPUT} cy={y} r="5" />
      <circle class="pair-node" cx={OUTPUT} cy={y} r="5" />
      <Cells x={OUTPUT_CELL} y={y} values={two(output)} largest={largest} kind="y" />
      <rect class="pair-bar" x={NAME - 3} y={y - 9} width={Math.max(0.5, p * (END - NAME))} height="18" />
      <text class="pair-out" x={NAME} y={y} dy="0.32em">
        {word}
      </text>
      <text class="pair-number" x={END} y={y} dy="0.32em" text-anchor="end">
        {p.toFixed(3)}
      </text>
    </g>
  );
}

function rowClass(isCentre: boolean, isTarget: boolean): string {
  return `pair-row${isCentre ? " is-centre" : ""}${isTarget ? " is-target" : ""}`;
}

interface EdgeProps {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  /** −1 … 1 */
  weight: number;
  kind: "h" | "y";
}

function Edge({ weight, kind, ...ends }: EdgeProps) {
  return (
    <line
      class={`pair-edge pair-${kind}`}
      {...ends}
      stroke-width={0.4 + 3.2 * Math.abs(weight)}
      stroke-dasharray={weight < 0 ? "4 3" : undefined}
    />
  );
}

interface CellsProps {
  x: number;
  y: number;
  values: Float64Array;
  largest: number;
  kind: "h" | "y";
}

/** The word's two weights: full for positive, an empty frame that fills from the side for negative ones. */
function Cells({ x, y, values, largest, kind }: CellsProps) {
  return (
    <g class={`pair-cells pair-${kind}`}>
      {[...values].map((value, k) => (
        <>
          <rect class="pair-cell" x={x + 15 * k} y={y - 6.5} width="13" height="13" />
          <rect
            class={value < 0 ? "pair-fill is-negative" : "pair-fill"}
            x={x + 15 * k}
            y={y - 6.5}
            width="13"
            height="13"
            fill-opacity={Math.min(1, Math.abs(value) / largest)}
          />
        </>
      ))}
    </g>
  );
}
