import { useState } from "preact/hooks";
import { Choice } from "../kit/choice.tsx";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Slider } from "../kit/slider.tsx";
import { type ContributionExample, strengthIn, strongest, type TokenContributionData } from "./schema.ts";

/** What each token of a text says for a class or against it. */
export function View({ data, id }: { data: TokenContributionData; id: string }) {
  const [chosen, choose] = useState(0);
  const [place, setPlace] = useState<number | undefined>(undefined);
  const example = data.examples[Math.min(chosen, data.examples.length - 1)]!;
  const at = Math.min(place ?? strongest(example), example.tokens.length - 1);
  return (
    <FigureFrame title={data.title} caption={caption(data)} table={table(data, example)}>
      <Choice
        label="Text"
        id={`${id}text`}
        names={data.examples.map(({ label }) => label)}
        index={data.examples.indexOf(example)}
        onChoose={choose}
      />
      <Text example={example} at={at} onChoose={setPlace} />
      <p class="course-readout" aria-live="polite">
        <span>
          “{example.tokens[at]}” <b>{signed(example.contributions[at]!)}</b>
        </span>
        <span>
          {data.class} <b>{(100 * example.probability).toFixed(1)} %</b>
        </span>
      </p>
      <div class="course-controls">
        <Slider
          label="Word"
          min={1}
          max={example.tokens.length}
          step={1}
          value={at + 1}
          onChange={(k) => setPlace(k - 1)}
        />
      </div>
    </FigureFrame>
  );
}

interface TextProps {
  example: ContributionExample;
  at: number;
  onChoose(k: number): void;
}

function Text({ example, at, onChoose }: TextProps) {
  const strength = strengthIn(example);
  const choose = (event: Event) => {
    const k = (event.target as Element).closest("[data-k]")?.getAttribute("data-k");
    if (k) onChoose(Number(k));
  };
  return (
    <p class="contribution-text" onPointerOver={choose} onPointerDown={choose}>
      {example.tokens.map((token, k) => {
        const value = strength(example.contributions[k]!);
        const names = ["contribution-word", value < 0 ? "is-against" : "", k === at ? "is-chosen" : ""];
        return (
          <>
            <span
              class={names.join(" ")}
              data-k={k}
              style={{ "--strength": `${Math.round(60 * Math.abs(value))}%` }}
            >
              {token}
            </span>{" "}
          </>
        );
      })}
    </p>
  );
}

const signed = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;

const caption = ({ class: name, quantity }: TokenContributionData): string =>
  `One colour speaks for “${name}”, the other, underlined, against it; the number is the ${quantity}. Point at a word, or move the slider.`;

function table({ quantity }: TokenContributionData, { tokens, contributions }: ContributionExample) {
  const rows = tokens.map((token, k) => [`${k + 1} ${token}`, signed(contributions[k]!)]);
  return { caption: quantity, columns: ["word", "contribution"], rows };
}
