import { useState } from "preact/hooks";
import { Choice } from "../kit/choice.tsx";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { inside, type Place, ValueGrid } from "../kit/value-grid.tsx";
import { type LayerTimeMap, type LayerTimeMapData, shortNumber, strengthIn } from "./schema.ts";

/** A stacked network at work: layers from bottom to top, time from left to right, one colour for one quantity. */
export function View({ data, id }: { data: LayerTimeMapData; id: string }) {
  const [chosen, choose] = useState(0);
  const [place, setPlace] = useState<Place>({ row: 0, column: data.columns.length - 1 });
  const index = Math.min(chosen, data.maps.length - 1);
  const map = data.maps[index]!;
  const L = map.values.length;
  const { row, column } = inside(place, L, data.columns.length);
  const layers = Array.from({ length: L }, (_, k) => `layer ${L - k}`);
  const strength = strengthIn(map);
  return (
    <FigureFrame title={data.title} caption={caption(map)} table={table(data, map)}>
      <Choice
        label="What the colour shows"
        id={`${id}map`}
        names={data.maps.map(({ label }) => label)}
        index={index}
        onChoose={choose}
      />
      <div class="layer-time-map">
        <ValueGrid
          label={`${map.quantity} by layer and time step`}
          rows={layers}
          columns={data.columns}
          values={[...map.values].reverse()}
          strength={strength}
          read={shortNumber}
          place={{ row, column }}
          onPlace={setPlace}
        />
      </div>
      <p class="layer-time-axis" aria-hidden="true">
        time step t, with what is read →
      </p>
      <p class="course-readout" aria-live="polite">
        <span>
          Layer {L - row}, step {column + 1} (“{data.columns[column]}”)
        </span>
        <span>
          {map.quantity} <b>{shortNumber(map.values[L - 1 - row]![column]!)}</b>
        </span>
      </p>
    </FigureFrame>
  );
}

const caption = ({ quantity, scale }: LayerTimeMap): string =>
  `The stronger the colour, the larger ${quantity}` +
  (scale === "log" ? " (by powers of ten)" : "") +
  ". Each cell reads the one below it, at the same step, and the one to its left, a step earlier in the same layer.";

function table({ columns }: LayerTimeMapData, { values, quantity }: LayerTimeMap) {
  const rows = columns.map((name, t) => [`${t + 1} ${name}`, ...values.map((row) => shortNumber(row[t]!))]);
  return { caption: quantity, columns: ["t", ...values.map((_, k) => `layer ${k + 1}`)], rows };
}
