import { useEffect, useState } from "preact/hooks";
import { Slider } from "./slider.tsx";

interface PlayerProps {
  label: string;
  /** position in `values` */
  index: number;
  values: number[];
  onChange(index: number): void;
  /** moments per second, default 12 */
  rate?: number;
}

/** A slider over moments, with a button that plays them: time is the subject, so it moves, but only when asked. */
export function Player({ label, index, values, onChange, rate = 12 }: PlayerProps) {
  const [isPlaying, setPlaying] = useState(false);
  const last = values.length - 1;
  useEffect(() => {
    if (!isPlaying) return;
    if (index >= last) return setPlaying(false);
    const timer = setTimeout(() => onChange(index + 1), 1000 / rate);
    return () => clearTimeout(timer);
  }, [isPlaying, index]);
  const toggle = () => {
    if (!isPlaying && index >= last) onChange(0);
    setPlaying(!isPlaying);
  };
  return (
    <div class="course-player">
      <button type="button" onClick={toggle}>
        {isPlaying ? "Pause" : "Play"}
      </button>
      <Slider
        label={label}
        min={0}
        max={last}
        step={1}
        value={index}
        onChange={onChange}
        text={String(values[index])}
      />
    </div>
  );
}
