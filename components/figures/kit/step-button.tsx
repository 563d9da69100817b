import type { ComponentChildren } from "preact";

interface StepButtonProps {
  /** there is no further step: the button says so, and does nothing */
  isAtEnd: boolean;
  onStep(): void;
  children: ComponentChildren;
}

/** One step back or on. At the end it keeps the focus, which a disabled button would drop. */
export function StepButton({ isAtEnd, onStep, children }: StepButtonProps) {
  return (
    <button type="button" aria-disabled={isAtEnd} onClick={() => !isAtEnd && onStep()}>
      {children}
    </button>
  );
}
