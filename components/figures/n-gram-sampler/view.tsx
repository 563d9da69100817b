import { useState } from "preact/hooks";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Player } from "../kit/player.tsx";
import { StepButton } from "../kit/step-button.tsx";
import { type NGramSamplerData, percent, type SampledStep, usedLength, visible } from "./schema.ts";

/** The n-gram sampler: a text drawn token by token, with the context and the candidates of every step. */
export function View({ data }: { data: NGramSamplerData; id: string }) {
  const { steps, unit } = data;
  const [chosen, choose] = useState<number | undefined>(undefined);
  const index = Math.min(chosen ?? mostTelling(steps), steps.length - 1);
  const step = steps[index]!;
  const go = (to: number) => choose(Math.min(steps.length - 1, Math.max(0, to)));
  return (
    <FigureFrame title={data.title} caption={caption(unit)} table={table(data)}>
      <Written data={data} index={index} onChoose={go} />
      <div class="n-gram-step">
        <Contexts step={step} rows={Math.max(...steps.map((each) => each.contexts.length))} unit={unit} />
        <Candidates step={step} unit={unit} rows={Math.max(...steps.map((each) => each.candidates.length))} />
      </div>
      <p class="course-readout" aria-live="polite">
        {drawn(step, index, unit)}
      </p>
      <div class="course-controls">
        <StepButton isAtEnd={index === 0} onStep={() => go(index - 1)}>
          One back
        </StepButton>
        <StepButton isAtEnd={index === steps.length - 1} onStep={() => go(index + 1)}>
          One on
        </StepButton>
        <Player label="Step" index={index} values={steps.map((_, k) => k + 1)} onChange={go} />
      </div>
    </FigureFrame>
  );
}

/** The first step that had to shorten its context most: there the figure starts. */
function mostTelling(steps: SampledStep[]): number {
  const lengths = steps.map(({ contexts }) => contexts.length);
  return lengths.indexOf(Math.max(...lengths));
}

const caption = (unit: NGramSamplerData["unit"]): string =>
  `Framed: the ${unit} that is drawn at this step. Underlined: the context that it is drawn from. ` +
  "Where the longest context is new, its first token is dropped until the text has it. " +
  `Press on a ${unit} of the text to see its step.`;

function drawn(step: SampledStep, index: number, unit: string): string {
  const used = step.contexts.at(-1)!;
  const count = step.candidates.find(({ token }) => token === step.token)?.count;
  const origin =
    count === 0 ? ` It was never seen after this context, and got its share from shorter ones.` : "";
  const length = used.tokens.length;
  return (
    `Step ${index + 1}: drew “${visible(step.token)}” with probability ${percent(step.probability)}, ` +
    `from a context of ${length} ${unit}${length === 1 ? "" : "s"} seen ${times(used.seen)}.${origin}`
  );
}

const times = (n: number): string => (n === 1 ? "once" : `${n.toLocaleString("en-GB")} times`);

interface WrittenProps {
  data: NGramSamplerData;
  index: number;
  onChoose(index: number): void;
}

/** The whole text: what is drawn later is there already, faint, so that nothing moves. */
function Written({ data: { prompt, steps, unit }, index, onChoose }: WrittenProps) {
  const tokens = [...prompt, ...steps.map((step) => step.token)];
  const now = prompt.length + index;
  const from = now - usedLength(steps[index]!);
  const place = (k: number): string => {
    if (k === now) return "n-gram-now";
    if (k > now) return "n-gram-later";
    return k >= from ? "n-gram-context" : "n-gram-before";
  };
  return (
    <p class="n-gram-text">
      {tokens.map((token, k) => (
        <>
          <span class={place(k)} onClick={() => k >= prompt.length && onChoose(k - prompt.length)}>
            {token}
          </span>
          {unit === "word" ? " " : ""}
        </>
      ))}
    </p>
  );
}

function Contexts({ step, rows, unit }: { step: SampledStep; rows: number; unit: string }) {
  const between = unit === "word" ? " " : "";
  const last = step.contexts.length - 1;
  return (
    <ol class="n-gram-contexts" style={{ minHeight: `${1.7 * rows}em` }}>
      {step.contexts.map(({ tokens, seen }, k) => (
        <li class={k === last ? "n-gram-used" : "n-gram-unseen"}>
          <code>
            {tokens.length
              ? tokens.map((token) => (between ? token : visible(token))).join(between)
              : "no context"}
          </code>{" "}
          <span>{seen === 0 ? "never seen" : `seen ${times(seen)}`}</span>
        </li>
      ))}
    </ol>
  );
}

function Candidates({ step, rows, unit }: { step: SampledStep; rows: number; unit: string }) {
  return (
    <ol class={`n-gram-candidates n-gram-${unit}s`} style={{ minHeight: `${1.7 * rows}em` }}>
      {step.candidates.map(({ token, probability, count }) => (
        <li class={token === step.token ? "n-gram-drawn" : undefined}>
          <code>{visible(token)}</code>
          <span class="n-gram-bar">
            <i style={{ width: `${100 * probability}%` }} />
          </span>
          <span class="n-gram-number">{percent(probability)}</span>
          <span class="n-gram-number n-gram-count">{count} ×</span>
        </li>
      ))}
    </ol>
  );
}

function table({ steps, unit }: NGramSamplerData) {
  const rows = steps.map((step, k) => [
    k + 1,
    step.contexts
      .at(-1)!
      .tokens.map(visible)
      .join(unit === "word" ? " " : "") || "none",
    step.contexts.at(-1)!.seen,
    visible(step.token),
    percent(step.probability),
    step.candidates
      .slice(0, 3)
      .map(({ token, probability }) => `${visible(token)} ${percent(probability)}`)
      .join(", "),
  ]);
  const columns = ["step", "context used", "seen", "drawn", "probability", "likeliest"];
  return { caption: `What was drawn, ${unit} by ${unit}`, columns, rows };
}
