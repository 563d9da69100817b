export interface ProgressState {
  value: number;
  /** without it the work's length is unknown */
  total?: number;
  label?: string;
}

/** How far a run has come, in words and as a bar. */
export function Progress({ progress }: { progress: ProgressState }) {
  const { value, total } = progress;
  const label = progress.label || "Progress";
  const isKnown = total !== undefined && total > 0;
  const bar = isKnown ? { value: Math.min(Math.max(value, 0), total), max: total } : {};
  return (
    <div class="output-progress">
      <span class="progress-label" aria-hidden="true">
        {label}
      </span>
      <progress aria-label={label} {...bar} />
      <span class="progress-text">{isKnown ? knownText(value, total) : countText(value)}</span>
    </div>
  );
}

const countText = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 2 });

function knownText(value: number, total: number): string {
  const percent = Math.floor(Math.min(Math.max(value / total, 0), 1) * 100);
  return `${countText(value)} of ${countText(total)} · ${percent}\u202f%`;
}
