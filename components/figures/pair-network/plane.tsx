import type { Moment } from "./learn.ts";

const SIZE = 340;

interface PlaneProps {
  words: readonly string[];
  moment: Moment;
  /** half the width of the plane */
  radius: number;
}

/** The same weights as places: each word as an input (dot) and as a neighbour (cross); arrows show what this pair moves. */
export function Plane({ words, moment, radius }: PlaneProps) {
  const { centre, target, input, output, moved } = moment;
  const at = (value: number) => (SIZE / 2) * (1 + value / radius);
  const left = (vectors: Float64Array, word: number) => at(vectors[2 * word]!);
  const top = (vectors: Float64Array, word: number) => SIZE - at(vectors[2 * word + 1]!);
  const arrow = (before: Float64Array, after: Float64Array, word: number) => ({
    x1: left(before, word),
    y1: top(before, word),
    x2: left(after, word),
    y2: top(after, word),
  });
  return (
    <svg
      class="pair-plane"
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      role="img"
      aria-label={`A map of the weights. ${words[centre]} moves towards ${words[target]} and away from the others.`}
    >
      <rect class="pair-ground" width={SIZE} height={SIZE} rx="4" />
      <line class="pair-axis" x1={SIZE / 2} x2={SIZE / 2} y1="0" y2={SIZE} />
      <line class="pair-axis" x1="0" x2={SIZE} y1={SIZE / 2} y2={SIZE / 2} />
      {words.map((_, word) => (
        <>
          <path
            class={word === target ? "pair-cross is-target" : "pair-cross"}
            d="M-4-4L4 4M-4 4L4-4"
            transform={`translate(${left(output, word)} ${top(output, word)})`}
          />
          <line class="pair-move pair-y" {...arrow(output, moved.output, word)} />
        </>
      ))}
      {words.map((word, k) => (
        <g class={k === centre ? "pair-word is-centre" : "pair-word"}>
          <circle cx={left(input, k)} cy={top(input, k)} r={k === centre ? 6 : 4} />
          <text
            x={left(input, k) + (isRight(left(input, k)) ? -8 : 8)}
            y={top(input, k)}
            dy="0.32em"
            text-anchor={isRight(left(input, k)) ? "end" : "start"}
          >
            {word}
          </text>
        </g>
      ))}
      <line class="pair-move pair-h" {...arrow(input, moved.input, centre)} />
    </svg>
  );
}

/** Near the right edge a name stands before its dot. */
const isRight = (x: number): boolean => x > SIZE - 70;
