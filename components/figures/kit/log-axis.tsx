import type { ScaleLogarithmic } from "d3-scale";

interface LogAxisProps {
  scale: ScaleLogarithmic<number, number>;
  /** left and right end of the grid lines */
  from: number;
  to: number;
  label: string;
}

/** Exponents between two bounds, at most about eight of them. */
export function powersOfTen(low: number, high: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const stride = Math.max(1, Math.ceil((last - first) / 7));
  const powers: number[] = [];
  for (let power = first; power <= last; power++) if (power % stride === 0) powers.push(power);
  return powers;
}

/** A vertical axis of powers of ten with hair lines across the drawing. */
export function LogAxis({ scale, from, to, label }: LogAxisProps) {
  const [low = 1, high = 1] = scale.domain();
  return (
    <g class="course-axis" aria-hidden="true">
      {powersOfTen(low, high).map((power) => {
        const y = scale(10 ** power);
        return (
          <g>
            <line x1={from} x2={to} y1={y} y2={y} />
            <text x={from - 8} y={y} dy="0.32em" text-anchor="end">
              10
              <tspan dy="-0.45em" font-size="75%">
                {String(power).replace("-", "−")}
              </tspan>
            </text>
          </g>
        );
      })}
      <text class="course-axis-label" x={from - 44} y={14}>
        {label}
      </text>
    </g>
  );
}
