import { useEarlier } from "./use-earlier.ts";

interface SliderProps {
  label: string;
  min: number;
  max: number;
  step: number;
  value: number;
  onChange(value: number): void;
  /** the value as it is read out */
  text?: string;
}

/** A labelled native slider: pointer, touch and keyboard work as everywhere. */
export function Slider({ label, min, max, step, value, onChange, text = String(value) }: SliderProps) {
  const input = useEarlier<HTMLInputElement>((earlier) => onChange(earlier.valueAsNumber));
  return (
    <label class="course-slider">
      <span>{label}</span>
      <input
        ref={input}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={text}
        onInput={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
      <output>{text}</output>
    </label>
  );
}
