import { useEffect, useRef } from "preact/hooks";

interface ChoiceProps {
  /** what is chosen, for those who hear it */
  label: string;
  /** no other choice of the page has it */
  id: string;
  names: string[];
  index: number;
  onChoose(index: number): void;
}

/** One of a few names by radio buttons; nothing when there is no choice. What was chosen before the figure became alive counts. */
export function Choice({ label, id, names, index, onChoose }: ChoiceProps) {
  const fieldset = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    const inputs = [...(fieldset.current?.querySelectorAll("input") ?? [])];
    const before = inputs.findIndex(({ checked }) => checked);
    if (before >= 0 && before !== index) onChoose(before);
  }, []);
  if (names.length < 2) return null;
  return (
    <fieldset class="figure-choice" ref={fieldset}>
      <legend class="visually-hidden">{label}</legend>
      {names.map((name, k) => (
        <label>
          <input type="radio" name={id} checked={k === index} onChange={() => onChoose(k)} />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
