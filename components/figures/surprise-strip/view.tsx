import { useState } from "preact/hooks";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Slider } from "../kit/slider.tsx";
import {
  isImpossible,
  meanLoss,
  nats,
  strength,
  type StripModel,
  type SurpriseStripData,
  visible,
} from "./schema.ts";

/** The surprise strip: a text once for each model, every token coloured and underlined by its loss. */
export function View({ data }: { data: SurpriseStripData; id: string }) {
  const { tokens, models, unit } = data;
  const [chosen, choose] = useState<number | undefined>(undefined);
  const at = Math.min(chosen ?? mostTelling(data), tokens.length - 1);
  return (
    <FigureFrame title={data.title} caption={caption(unit)} table={table(data)}>
      <div class="surprise-strips">
        {models.map((model) => (
          <Strip model={model} data={data} at={at} onChoose={choose} />
        ))}
      </div>
      <p class="course-readout" aria-live="polite">
        <span>
          {unit === "word" ? "Word" : "Character"} {at + 1}, <b>“{visible(tokens[at]!)}”</b>
        </span>
        {models.map((model) => (
          <span>
            {model.label} <b>{reading(model.losses[at] ?? null)}</b>
          </span>
        ))}
      </p>
      <div class="course-controls">
        <Slider
          label={unit === "word" ? "Word" : "Character"}
          min={1}
          max={tokens.length}
          step={1}
          value={at + 1}
          text={String(at + 1)}
          onChange={(place) => choose(place - 1)}
        />
      </div>
    </FigureFrame>
  );
}

const caption = (unit: SurpriseStripData["unit"]): string =>
  `The stronger the colour and the thicker the line under a ${unit}, the less the model expected it: ` +
  "0 nats is certainty, 0.69 a bet on heads or tails, 5 nats one chance in 150. Point at it, or move the slider, for its number.";

/** Where the models disagree most, or a single model was surprised most: there the figure starts. */
function mostTelling({ tokens, models }: SurpriseStripData): number {
  const spread = (k: number): number => {
    const losses = models.map(({ losses }) => Math.min(losses[k] ?? 0, 100));
    return Math.max(...losses) - (models.length > 1 ? Math.min(...losses) : 0);
  };
  return tokens.reduce((best, _, k) => (spread(k) > spread(best) ? k : best), 0);
}

interface StripProps {
  model: StripModel;
  data: SurpriseStripData;
  at: number;
  onChoose(k: number): void;
}

function Strip({ model, data: { tokens, unit }, at, onChoose }: StripProps) {
  const choose = (event: Event) => {
    const place = (event.target as Element).closest("[data-k]")?.getAttribute("data-k");
    if (place) onChoose(Number(place));
  };
  return (
    <div class="surprise-strip">
      <p class="surprise-label">
        {model.label} <span>mean {nats(meanLoss(model))} nats</span>
      </p>
      <p class="surprise-text" onPointerOver={choose} onPointerDown={choose}>
        {tokens.map((token, k) => (
          <>
            <span
              data-k={k}
              class={k === at ? "surprise-at" : undefined}
              style={{ "--surprise": strength(model.losses[k] ?? null) }}
            >
              {token === "\n" ? "¶\n" : token}
            </span>
            {unit === "word" ? " " : ""}
          </>
        ))}
      </p>
    </div>
  );
}

function reading(loss: number | null): string {
  if (loss === null) return "not predicted";
  if (isImpossible(loss)) return "∞ nats (p = 0)";
  const p = Math.exp(-loss);
  return `${nats(loss)} nats (p = ${p < 0.001 ? p.toExponential(1) : Number(p.toPrecision(2))})`;
}

function table({ tokens, models, unit }: SurpriseStripData) {
  const rows = tokens.map((token, k) => [
    k + 1,
    visible(token),
    ...models.map(({ losses }) => (losses[k] === null ? "–" : nats(losses[k] ?? NaN))),
  ]);
  const columns = ["place", unit, ...models.map(({ label }) => label)];
  return { caption: `Surprise of each ${unit} in nats`, columns, rows };
}
