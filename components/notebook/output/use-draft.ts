import { useReducer, useRef } from "preact/hooks";
import type { InputSpec, InputValue } from "#src/notebook/runtime/bundle.ts";
import { fittingValue } from "#src/notebook/runtime/fitting-value.ts";
import type { OnInput } from "./control-props.ts";

interface DraftProps {
  spec: InputSpec;
  held?: InputValue;
  onInput?: OnInput;
}

/**
 * What a control shows: the runtime's value, but the reader's own until the runtime has echoed it. Without this a
 * slider would jump back under the pointer each time the echo of an earlier value arrives, and a text that was written
 * before the control became live would be gone. A value that the control, as it is defined now, does not take is dropped.
 */
export function useDraft<T extends InputValue>({
  spec,
  held,
  onInput,
}: DraftProps): [shown: T, set: (value: T) => void] {
  const value = spec.value as T;
  const draft = useRef<{ value: T } | null>(held === undefined ? null : { value: held as T });
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  if (draft.current && Object.is(draft.current.value, value)) draft.current = null;
  if (draft.current && !fits(spec, draft.current.value)) draft.current = null;
  const set = (next: T): void => {
    draft.current = { value: next };
    redraw(undefined);
    onInput?.(spec.name, next);
  };
  return [draft.current ? draft.current.value : value, set];
}

const fits = (spec: InputSpec, value: InputValue): boolean => Object.is(fittingValue(spec, value), value);
