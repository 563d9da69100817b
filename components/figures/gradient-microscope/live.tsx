import { useMemo, useState } from "preact/hooks";
import type { Activation } from "#src/nn/ref/activation.ts";
import { Slider } from "../kit/slider.tsx";
import { onePass, type PassOptions, START } from "./one-pass.ts";
import { View } from "./view.tsx";

const ACTIVATIONS: Activation[] = ["tanh", "relu", "sigmoid", "identity"];

/** The microscope on its own: the reader turns the spectral radius and the gates that keep, and all gradients follow. */
export function LiveMicroscope() {
  const [options, setOptions] = useState<PassOptions>(START);
  const data = useMemo(() => onePass(options), [options]);
  const turn = (change: Partial<PassOptions>) => setOptions({ ...options, ...change });
  return (
    <div class="live-microscope">
      <div class="course-controls">
        <Slider
          label="Spectral radius ρ of the RNN"
          min={0.5}
          max={1.5}
          step={0.05}
          value={options.radius}
          onChange={(radius) => turn({ radius })}
        />
        <label class="course-slider">
          <span>Activation</span>
          <select
            value={options.activation}
            onChange={(event) => turn({ activation: event.currentTarget.value as Activation })}
          >
            {ACTIVATIONS.map((name) => (
              <option value={name}>{name}</option>
            ))}
          </select>
        </label>
        <Slider
          label="Bias of the gate that keeps: LSTM f, GRU z, highway z"
          min={0}
          max={8}
          step={0.5}
          value={options.keepBias}
          onChange={(keepBias) => turn({ keepBias })}
        />
        <button type="button" onClick={() => turn({ seed: options.seed + 1 })}>
          Other weights
        </button>
      </div>
      <View data={data} id="live-microscope" />
    </div>
  );
}
