import { useMemo, useState } from "preact/hooks";
import { exp } from "#src/util/math.ts";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Player } from "../kit/player.tsx";
import { StepButton } from "../kit/step-button.tsx";
import { Drawing, type Mode, share } from "./drawing.tsx";
import { describe, type HmmTrellisData, pathTo, type Trellis, trellisOf } from "./schema.ts";

const MODES: { mode: Mode; label: string }[] = [
  { mode: "forward", label: "Forward: add up all paths" },
  { mode: "viterbi", label: "Viterbi: keep the best path" },
];

const CAPTION: Record<Mode, string> = {
  forward:
    "A node’s disc and number: how likely the state is, given the symbols up to there. " +
    "The lines into the framed column are the terms that the step adds up, each as thick as its part.",
  viterbi:
    "A node’s disc and number: the best path that ends there, against the best of its column. " +
    "Thin lines are the choices that were kept, the thick one the best path up to the framed column. It may change with the next symbol.",
};

/** A hidden Markov model's trellis, one step at a time: forward probabilities or the Viterbi path. */
export function View({ data }: { data: HmmTrellisData; id: string }) {
  const trellis = useMemo(() => trellisOf(data), [data]);
  const last = data.observations.length - 1;
  const [mode, setMode] = useState<Mode>("viterbi");
  const [chosen, choose] = useState(Infinity);
  const t = Math.min(chosen, last);
  const go = (to: number) => choose(Math.min(last, Math.max(0, to)));
  return (
    <FigureFrame title={data.title} caption={CAPTION[mode]} table={table(data, trellis)}>
      <div class="course-controls trellis-modes" role="group" aria-label="What is computed">
        {MODES.map((each) => (
          <button type="button" aria-pressed={mode === each.mode} onClick={() => setMode(each.mode)}>
            {each.label}
          </button>
        ))}
      </div>
      <Drawing data={data} trellis={trellis} mode={mode} t={t} onTime={go} label={describe(data)} />
      <p class="course-readout" aria-live="polite">
        {reading(data, trellis, { mode, t })}
      </p>
      <div class="course-controls">
        <StepButton isAtEnd={t === 0} onStep={() => go(t - 1)}>
          One back
        </StepButton>
        <StepButton isAtEnd={t === last} onStep={() => go(t + 1)}>
          One on
        </StepButton>
        <Player label="Step t" index={t} values={data.observations.map((_, k) => k + 1)} onChange={go} />
      </div>
    </FigureFrame>
  );
}

function reading(data: HmmTrellisData, trellis: Trellis, { mode, t }: { mode: Mode; t: number }): string {
  const symbol = `t = ${t + 1}, “${data.observations[t]}”`;
  if (trellis.logForward[t] === -Infinity) return `${symbol}: no path can show these symbols.`;
  if (mode === "forward") {
    const shares = data.states.map((state, j) => `${state} ${share(trellis.forward[t]![j]!)}`);
    return `${symbol}: ${shares.join(", ")}. Log-probability of the symbols so far: ${fixed(trellis.logForward[t]!)} nats.`;
  }
  const names = pathTo(trellis, t).map((state) => data.states[state]);
  const part = exp(trellis.logBest[t]! - trellis.logForward[t]!);
  return `${symbol}: best path ${names.join(" → ")}, with ${Number((100 * part).toPrecision(2))} % of the probability of all paths.`;
}

const fixed = (log: number): string => log.toFixed(2).replace("-", "−");

function table({ states, observations }: HmmTrellisData, trellis: Trellis) {
  const path = pathTo(trellis, observations.length - 1);
  const rows = observations.map((symbol, t) => [
    t + 1,
    symbol,
    ...states.map((_, j) => share(trellis.forward[t]![j]!)),
    ...states.map((_, j) => share(trellis.best[t]![j]!)),
    states[path[t]!] ?? "",
  ]);
  const columns = [
    "t",
    "symbol",
    ...states.map((state) => `forward: ${state}`),
    ...states.map((state) => `best: ${state}`),
    "path",
  ];
  return { caption: "Forward probabilities and best paths", columns, rows };
}
