import { useState } from "preact/hooks";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Slider } from "../kit/slider.tsx";
import { useEarlier } from "../kit/use-earlier.ts";
import { Drawing, type Measure } from "./drawing.tsx";
import {
  describe,
  grouped,
  ownParameters,
  percent,
  sharedParameters,
  type VariableDepthData,
} from "./schema.ts";

/** The network with a layer of its own for each token, against one layer for all: parameters and gradient by layer. */
export function View({ data, id }: { data: VariableDepthData; id: string }) {
  const longest = data.layers.length;
  const [chosen, setT] = useState(longest);
  const [measure, setMeasure] = useState<Measure>("often");
  const T = Math.min(chosen, longest);
  const layer = data.layers[T - 1]!;
  const measures = useEarlier<HTMLSelectElement>(({ value }) => setMeasure(value as Measure));
  return (
    <FigureFrame title={data.title} caption={CAPTION} table={table(data)}>
      <Drawing data={data} T={T} measure={measure} onT={setT} label={describe(data)} />
      <p class="course-readout" aria-live="polite">
        <span>
          T = {T}: <b>{grouped(ownParameters(data, T))}</b> parameters with own weights,{" "}
          <b>{grouped(sharedParameters(data))}</b> shared
        </span>
        <span>
          layer {T} got a gradient from <b>{percent(layer.reached / data.sentences)}</b> of the sentences
        </span>
        <span>
          mean size <b>{Number((layer.gradient / data.sentences).toPrecision(2))}</b>
        </span>
      </p>
      <div class="course-controls">
        <Slider label="Tokens T" min={1} max={longest} step={1} value={T} onChange={setT} />
        <label class="course-slider" for={`${id}-measure`}>
          <span>Gradient per layer</span>
          <select
            id={`${id}-measure`}
            ref={measures}
            value={measure}
            onChange={(event) => setMeasure(event.currentTarget.value as Measure)}
          >
            <option value="often">how often it comes</option>
            <option value="strongly">how large it is</option>
          </select>
        </label>
      </div>
    </FigureFrame>
  );
}

const CAPTION =
  "Above: the layers that a sentence of T tokens passes through; the paler a layer, the fewer sentences ever trained it. " +
  "Below: the gradient that each layer got, counted over all sentences. The line is the one set of shared weights.";

function table(data: VariableDepthData) {
  const row = (name: string, { reached, gradient }: { reached: number; gradient: number }) => [
    name,
    reached,
    percent(reached / data.sentences),
    Number((gradient / data.sentences).toPrecision(3)),
  ];
  return {
    caption: `Gradient of each layer over ${data.sentences} sentences`,
    columns: ["layer", "sentences", "share", "mean size"],
    rows: [row("shared", data.shared), ...data.layers.map((layer, k) => row(String(k + 1), layer))],
  };
}
