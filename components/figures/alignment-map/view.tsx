import { useState } from "preact/hooks";
import { Choice } from "../kit/choice.tsx";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Player } from "../kit/player.tsx";
import { inside, type Place, ValueGrid } from "../kit/value-grid.tsx";
import { type AlignmentExample, type AlignmentMapData, frameAt } from "./schema.ts";

/** Where each output looks: outputs from top to bottom, the source from left to right, at any moment of a training. */
export function View({ data, id }: { data: AlignmentMapData; id: string }) {
  const [chosen, choose] = useState(0);
  const [kind, setKind] = useState(0);
  const [moment, setMoment] = useState(Infinity);
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 });
  const example = data.examples[Math.min(chosen, data.examples.length - 1)]!;
  const { source, target } = example;
  const map = example.maps[Math.min(kind, example.maps.length - 1)]!;
  const iterations = map.frames.map(({ iteration }) => iteration);
  const index = Math.min(moment, iterations.length - 1);
  const { weights } = frameAt(map, iterations[index]!);
  const { row, column } = inside(place, target.length, source.length);
  return (
    <FigureFrame title={data.title} caption={caption(example)} table={table(example, weights)}>
      <div class="alignment-choices">
        <Choice
          label="Example"
          id={`${id}example`}
          index={chosen}
          onChoose={choose}
          names={data.examples.map(nameOf)}
        />
        <Choice
          label="Shown"
          id={`${id}map`}
          index={kind}
          onChoose={setKind}
          names={example.maps.map((m) => m.label)}
        />
      </div>
      <Grid example={example} weights={weights} place={{ row, column }} onPlace={setPlace} />
      {iterations.length > 1 ? (
        <div class="course-controls">
          <Player
            label="Training iteration"
            index={index}
            values={iterations}
            onChange={setMoment}
            rate={6}
          />
        </div>
      ) : null}
    </FigureFrame>
  );
}

interface GridProps {
  example: AlignmentExample;
  weights: number[][];
  place: Place;
  onPlace(place: Place): void;
}

function Grid({ example: { source, target, known }, weights, place: { row, column }, onPlace }: GridProps) {
  const isKnown = (t: number, s: number) => known?.[t]?.includes(s) ?? false;
  return (
    <>
      <div class="alignment-map">
        <ValueGrid
          label="Outputs from top to bottom, the source from left to right"
          rows={target.map(visible)}
          columns={source.map(visible)}
          values={weights}
          strength={(value) => value}
          read={(value) => value.toFixed(3)}
          isMarked={isKnown}
          place={{ row, column }}
          onPlace={onPlace}
        />
      </div>
      <p class="course-readout" aria-live="polite">
        <span>
          Saying “{visible(target[row]!)}”, looking at “{visible(source[column]!)}” (place {column + 1})
        </span>
        <span>
          weight <b>{weights[row]![column]!.toFixed(3)}</b>
          {isKnown(row, column) ? ", where it truly comes from" : ""}
        </span>
      </p>
    </>
  );
}

const nameOf = ({ source }: AlignmentExample): string => {
  const text = source.every((token) => [...token].length === 1) ? source.join("") : source.join(" ");
  return text.length > 28 ? `${text.slice(0, 27)}…` : text;
};

/** A blank as one sees it. */
const visible = (token: string): string => (token.trim() === "" ? "␣" : token);

const caption = ({ known, maps }: AlignmentExample): string =>
  "Each row is one output, and its weights add up to 1: the stronger the colour, the more that place of the source counted." +
  (known ? " Outlined cells are where the output truly comes from." : "") +
  (maps[0]!.frames.length > 1 ? " Drag the training iteration to see the pattern form." : "");

function table({ source, target }: AlignmentExample, weights: number[][]) {
  const rows = target.map((said, t) => [`${t + 1} ${said}`, ...weights[t]!.map((w) => w.toFixed(2))]);
  return {
    caption: "Weights by output and place of the source",
    columns: ["output", ...source.map(visible)],
    rows,
  };
}
