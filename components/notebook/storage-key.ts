/** Where a lesson's stored changes live in the browser. The stub asks for it before anything else is loaded. */
export const storageKey = (base: string, lesson: string): string => `unrolled:${base}:${lesson}`;
