import type { ComponentChildren } from "preact";

interface StepButtonProps {
  /** there is no further step: the button says so, and does nothing */
  isAtEnd: boolean;
  onStep(): void;
  /** its name, where its text is a sign */
  label?: string;
  children: ComponentChildren;
}

/** One step of a figure, back or on. At the end it keeps the focus, which a disabled button would drop. */
export function StepButton({ isAtEnd, onStep, label, children }: StepButtonProps) {
  return (
    <button type="button" aria-label={label} aria-disabled={isAtEnd} onClick={() => !isAtEnd && onStep()}>
      {children}
    </button>
  );
}
