import { useEffect, useState } from "preact/hooks";
import { FigureFrame } from "../kit/figure-frame.tsx";
import {
  browserRungs,
  forgetRungs,
  keepRungs,
  keptRungs,
  merged,
  onLadderChange,
  tellLadders,
} from "./kept-rungs.ts";
import { bits, type LadderData, perplexity, type Rung, sorted, titleOf } from "./schema.ts";

type Unit = "bits" | "perplexity";
const UNITS: { unit: Unit; label: string }[] = [
  { unit: "bits", label: "Bits per character" },
  { unit: "perplexity", label: "Perplexity" },
];

/** The ladder: every model's result on one held-out text, best first, with those that other lessons left in this browser. */
export function View({ data }: { data: LadderData; id: string }) {
  const [unit, setUnit] = useState<Unit>("bits");
  const [others, setOthers] = useState<Rung[]>([]);
  const { text, rungs } = data;
  // After the first drawing: the build has no storage, and both must draw the same.
  useEffect(() => {
    const read = () => setOthers(keptRungs(browserRungs(), text));
    read();
    keepRungs(browserRungs(), text, rungs);
    const stop = onLadderChange(text, read);
    tellLadders(text);
    return stop;
  }, [data]);
  const own = new Set(rungs.map(({ label }) => label));
  const all = sorted(merged(rungs, others));
  const elsewhere = all.length - rungs.length;
  const forget = () => {
    forgetRungs(browserRungs(), text);
    keepRungs(browserRungs(), text, rungs);
    tellLadders(text);
  };
  return (
    <FigureFrame title={titleOf({ ...data, rungs: all })} caption={CAPTION} table={table(all)}>
      <div class="course-controls ladder-units" role="group" aria-label="Unit">
        {UNITS.map((each) => (
          <button type="button" aria-pressed={unit === each.unit} onClick={() => setUnit(each.unit)}>
            {each.label}
          </button>
        ))}
      </div>
      <Rungs rungs={all} own={own} unit={unit} />
      {elsewhere > 0 ? (
        <p class="ladder-kept">
          {elsewhere === 1 ? "One rung is" : `${elsewhere} rungs are`} from your other lessons or runs, kept
          in this browser.{" "}
          <button type="button" onClick={forget}>
            Forget {elsewhere === 1 ? "it" : "them"}
          </button>
        </p>
      ) : null}
    </FigureFrame>
  );
}

const CAPTION =
  "All models predict the same held-out text, which none of them has trained on. Shorter is better. " +
  "Both units say the same: perplexity is 2 to the power of the bits per character.";

const measure = (unit: Unit, loss: number): number => (unit === "bits" ? bits(loss) : perplexity(loss));

function Rungs({ rungs, own, unit }: { rungs: Rung[]; own: Set<string>; unit: Unit }) {
  const longest = Math.max(...rungs.map(({ loss }) => measure(unit, loss))) || 1;
  return (
    <ol class="ladder-rungs">
      {rungs.map(({ label, loss, lesson }) => (
        <li class={own.has(label) ? undefined : "ladder-other"}>
          <span class="ladder-label">
            {label}
            {lesson ? <small> lesson {lesson}</small> : null}
          </span>
          <span class="ladder-bar">
            <i style={{ width: `${(100 * measure(unit, loss)) / longest}%` }} />
          </span>
          <b>{measure(unit, loss).toFixed(2)}</b>
        </li>
      ))}
    </ol>
  );
}

function table(rungs: Rung[]) {
  const rows = rungs.map(({ label, loss, lesson }) => [
    label,
    lesson ?? "–",
    loss.toFixed(3),
    bits(loss).toFixed(3),
    perplexity(loss).toFixed(2),
  ]);
  const columns = ["model", "lesson", "nats per character", "bits per character", "perplexity"];
  return { caption: "All models on the held-out text, best first", columns, rows };
}
