import { useState } from "preact/hooks";
import { Choice } from "../kit/choice.tsx";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Slider } from "../kit/slider.tsx";
import { type BleuMatchesData, countsOf, type Match, matchesOf, ORDERS } from "./schema.ts";

/** Which n-grams of a hypothesis have a partner in the reference, one order at a time. */
export function View({ data, id }: { data: BleuMatchesData; id: string }) {
  const [n, setN] = useState(1);
  const [chosen, choose] = useState(0);
  const matches = matchesOf(data, n);
  const at = Math.min(chosen, Math.max(0, matches.length - 1));
  const match = matches[at];
  const counts = countsOf(data, n);
  return (
    <FigureFrame title={data.title} caption={CAPTION} table={table(data)}>
      <Choice
        label="Length of the n-grams"
        id={`${id}n`}
        names={ORDERS.map((order) => (order === 1 ? "single words" : `${order} words`))}
        index={ORDERS.indexOf(n)}
        onChoose={(k) => setN(ORDERS[k]!)}
      />
      <Sentence
        label="Hypothesis"
        words={data.hypothesis}
        isMatched={isCovered(matches, n, ({ start, partner }) => (partner === undefined ? undefined : start))}
        isChosen={(k) => match !== undefined && k >= match.start && k < match.start + n}
        onChoose={(k) => choose(Math.min(k, Math.max(0, matches.length - 1)))}
      />
      <Sentence
        label="Reference"
        words={data.reference}
        isMatched={isCovered(matches, n, ({ partner }) => partner)}
        isChosen={(k) => match?.partner !== undefined && k >= match.partner && k < match.partner + n}
      />
      <p class="course-readout" aria-live="polite">
        <span>{readMatch(data, match, n)}</span>
        <span>
          p<sub>{n}</sub> = <b>{counts.matched}</b> / <b>{counts.all}</b>
        </span>
      </p>
      {matches.length > 1 ? (
        <div class="course-controls">
          <Slider
            label="n-gram"
            min={1}
            max={matches.length}
            step={1}
            value={at + 1}
            onChange={(k) => choose(k - 1)}
          />
        </div>
      ) : null}
    </FigureFrame>
  );
}

const CAPTION =
  "Underlined words of the hypothesis belong to an n-gram that has a partner in the reference. Each n-gram of the reference " +
  "is a partner only once, so repeating a good word does not help.";

/** Whether a word lies in an n-gram that starts where `startOf` says. */
function isCovered(matches: Match[], n: number, startOf: (match: Match) => number | undefined) {
  const starts = matches.map(startOf).filter((start) => start !== undefined);
  return (k: number): boolean => starts.some((start) => k >= start && k < start + n);
}

interface SentenceProps {
  label: string;
  words: string[];
  isMatched(k: number): boolean;
  isChosen(k: number): boolean;
  onChoose?(k: number): void;
}

function Sentence({ label, words, isMatched, isChosen, onChoose }: SentenceProps) {
  return (
    <p class="bleu-sentence">
      <span class="bleu-label">{label}</span>
      <span>
        {words.length === 0 ? "(nothing)" : null}
        {words.map((word, k) => (
          <>
            <span
              class={["bleu-word", isMatched(k) ? "is-matched" : "", isChosen(k) ? "is-chosen" : ""].join(
                " ",
              )}
              onPointerEnter={() => onChoose?.(k)}
            >
              {word}
            </span>{" "}
          </>
        ))}
      </span>
    </p>
  );
}

function readMatch({ hypothesis }: BleuMatchesData, match: Match | undefined, n: number): string {
  if (!match) return `The hypothesis is too short for ${n} words in a row`;
  const text = hypothesis.slice(match.start, match.start + n).join(" ");
  return match.partner === undefined
    ? `“${text}” has no partner left in the reference`
    : `“${text}” has a partner, word ${match.partner + 1} of the reference`;
}

function table(data: BleuMatchesData) {
  const rows = ORDERS.map((n) => {
    const { matched, all } = countsOf(data, n);
    return [n, matched, all, all > 0 ? (matched / all).toFixed(3) : "none"];
  });
  return {
    caption: "Matches by length",
    columns: ["n", "with a partner", "in the hypothesis", "precision"],
    rows,
  };
}
