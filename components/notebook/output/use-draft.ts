import { useReducer, useRef } from "preact/hooks";

/**
 * What a control shows: the runtime's value, but the reader's own until the runtime has echoed it. Without this a
 * slider would jump back under the pointer each time the echo of an earlier value arrives.
 */
export function useDraft<T>(value: T, send: (value: T) => void): [shown: T, set: (value: T) => void] {
  const draft = useRef<{ value: T } | null>(null);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  if (draft.current && Object.is(draft.current.value, value)) draft.current = null;
  const set = (next: T): void => {
    draft.current = { value: next };
    redraw(undefined);
    send(next);
  };
  return [draft.current ? draft.current.value : value, set];
}
