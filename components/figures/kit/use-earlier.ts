import { useEffect, useRef } from "preact/hooks";

type Native = HTMLInputElement | HTMLSelectElement;

/** A ref for a native control of a figure that the build drew: what the reader set before it became alive is told once. */
export function useEarlier<Control extends Native>(tell: (control: Control) => void) {
  const control = useRef<Control>(null);
  useEffect(() => {
    if (control.current && wasSet(control.current)) tell(control.current);
  }, []);
  return control;
}

/** Whether it differs from what its HTML says; one that has no such HTML was made alive. */
function wasSet(control: Native): boolean {
  if (!("options" in control)) return control.defaultValue !== "" && control.value !== control.defaultValue;
  const drawn = [...control.options].findIndex((option) => option.defaultSelected);
  return drawn >= 0 && drawn !== control.selectedIndex;
}
