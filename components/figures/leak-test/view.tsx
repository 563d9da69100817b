import { useState } from "preact/hooks";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { inside, type Place, ValueGrid } from "../kit/value-grid.tsx";
import { leaksOf, type LeakTestData, shortNumber, type TestedModel } from "./schema.ts";

/** One input is changed, every output is watched. What changes before the changed input has seen the future. */
export function View({ data }: { data: LeakTestData; id: string }) {
  const T = data.columns.length;
  const [place, setPlace] = useState<Place>({ row: Math.floor(T / 2), column: 0 });
  const { row, column } = inside(place, T, T);
  const steps = data.columns.map((name, k) => `${k + 1} ${name}`);
  const strength = strengthIn(data.models);
  return (
    <FigureFrame title={data.title} caption={CAPTION} table={table(data)}>
      <div class="value-grids leak-test">
        {data.models.map((model) => (
          <div>
            <p class="value-grids-title">{model.label}</p>
            <p class="leak-test-verdict">{verdict(model)}</p>
            <ValueGrid
              label={`${model.label}: change of each output (columns) when one input (rows) changes`}
              rows={steps}
              columns={data.columns}
              values={model.changes}
              strength={(value, s, t) => (t < s ? -strength(value) : strength(value))}
              read={shortNumber}
              isMarked={(s, t) => s === t}
              place={{ row, column }}
              onPlace={setPlace}
            />
          </div>
        ))}
      </div>
      <p class="course-readout" aria-live="polite">
        <span>
          Input {row + 1} (“{data.columns[row]}”) changed; output {column + 1} moves by
        </span>
        {data.models.map(({ label, changes }) => (
          <span>
            {label} <b>{shortNumber(changes[row]![column]!)}</b>
          </span>
        ))}
        <span>{relation(row, column)}</span>
      </p>
    </FigureFrame>
  );
}

function verdict(model: TestedModel): string {
  const { leaks, of } = leaksOf(model);
  return leaks === 0
    ? `no leak: 0 of ${of} earlier outputs move`
    : `leaks: ${leaks} of ${of} earlier outputs move`;
}

function relation(changed: number, output: number): string {
  if (output === changed) return "the output of the same step";
  return output < changed ? "an earlier output: a leak if it moves" : "a later output";
}

/** Colour by powers of ten, four of them, on one scale for all models; exactly 0 has no colour. */
function strengthIn(models: TestedModel[]): (value: number) => number {
  const most = Math.max(1e-300, ...models.flatMap(({ changes }) => changes.flat()));
  return (value) => (value > 0 ? Math.max(0.15, 1 + Math.log10(value / most) / 4) : 0);
}

const CAPTION =
  "One row for each changed input, one column for each output; the outlined diagonal is the same step. Colour is the size of the change, " +
  "by powers of ten, and an empty cell is exactly zero. Orange cells, left of the diagonal, are outputs that saw a later input.";

function table({ columns, models }: LeakTestData) {
  const rows = columns.flatMap((_, s) =>
    columns.map((_, t) => [s + 1, t + 1, ...models.map(({ changes }) => shortNumber(changes[s]![t]!))]),
  );
  const names = ["changed input", "output", ...models.map(({ label }) => label)];
  return { caption: "Change of every output for every changed input", columns: names, rows };
}
