import { useState } from "preact/hooks";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Slider } from "../kit/slider.tsx";
import { inside, type Place, ValueGrid } from "../kit/value-grid.tsx";
import { type GateTheatreData, isGate, MEANING, type Quantity, strengthIn, visible } from "./schema.ts";

/** Gates and states while a text is read: one quantity for all units, and one unit along the text. */
export function View({ data, id }: { data: GateTheatreData; id: string }) {
  const [shown, show] = useState(0);
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 });
  const quantity = data.quantities[Math.min(shown, data.quantities.length - 1)]!;
  const { row, column } = inside(place, data.units.length, data.text.length);
  const strength = strengthIn(quantity);
  return (
    <FigureFrame title={data.title} caption={caption(quantity)} table={table(data, row)}>
      <Choice data={data} id={id} shown={shown} onShow={show} />
      <div class={`gate-grid gate-${quantity.name}`}>
        <ValueGrid
          label={`${MEANING[quantity.name]} of each unit for each character`}
          rows={data.units}
          columns={data.text.map(visible)}
          values={quantity.values}
          strength={strength}
          read={(value) => value.toFixed(2)}
          place={{ row, column }}
          onPlace={setPlace}
        />
      </div>
      <Tracked data={data} quantity={quantity} row={row} column={column} />
      <p class="course-readout" aria-live="polite">
        <span>
          Unit {data.units[row]} at “{visible(data.text[column]!)}” ({column + 1})
        </span>
        {data.quantities.map(({ name, values }) => (
          <span class={`gate-${name}`}>
            {name} <b>{values[row]![column]!.toFixed(2)}</b>
          </span>
        ))}
      </p>
      <div class="course-controls">
        <Slider
          label="Unit"
          min={0}
          max={data.units.length - 1}
          step={1}
          value={row}
          text={data.units[row]}
          onChange={(unit) => setPlace({ row: unit, column })}
        />
        <Slider
          label="Character"
          min={1}
          max={data.text.length}
          step={1}
          value={column + 1}
          onChange={(t) => setPlace({ row, column: t - 1 })}
        />
      </div>
    </FigureFrame>
  );
}

interface ChoiceProps {
  data: GateTheatreData;
  id: string;
  shown: number;
  onShow(index: number): void;
}

function Choice({ data, id, shown, onShow }: ChoiceProps) {
  return (
    <fieldset class="gate-choice">
      <legend class="visually-hidden">Gate or state</legend>
      {data.quantities.map(({ name }, k) => (
        <label class={`gate-${name}`}>
          <input type="radio" name={`${id}quantity`} checked={k === shown} onChange={() => onShow(k)} />
          <b>{name}</b> {MEANING[name]}
        </label>
      ))}
    </fieldset>
  );
}

interface TrackedProps {
  data: GateTheatreData;
  quantity: Quantity;
  row: number;
  column: number;
}

/** The text, each character coloured by what the chosen unit does there: what does it track? */
function Tracked({ data, quantity, row, column }: TrackedProps) {
  const strength = strengthIn(quantity);
  return (
    <p class={`gate-text gate-${quantity.name}`} aria-hidden="true">
      {data.text.map((character, t) => {
        const value = strength(quantity.values[row]![t]!);
        const names = ["gate-letter", value < 0 ? "is-minus" : "", t === column ? "is-chosen" : ""];
        return (
          <span class={names.join(" ")} style={{ "--strength": `${Math.round(75 * Math.abs(value))}%` }}>
            {visible(character)}
          </span>
        );
      })}
    </p>
  );
}

const caption = ({ name }: Quantity): string =>
  (isGate(name)
    ? "The stronger the colour, the more open the gate: from 0, closed, to 1, open. "
    : "Two colours for the two signs; the stronger, the larger the number. ") +
  "Choose a unit by pointing, with the arrow keys, or with the slider: the text below is coloured by that unit alone.";

function table({ text, units, quantities }: GateTheatreData, row: number) {
  const rows = text.map((character, t) => [
    `${t + 1} ${visible(character)}`,
    ...quantities.map(({ values }) => values[row]![t]!.toFixed(3)),
  ]);
  return {
    caption: `Unit ${units[row]} by character`,
    columns: ["character", ...quantities.map(({ name }) => name)],
    rows,
  };
}
