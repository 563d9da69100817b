/** Small guards for hostile input. Each says whether a value has a type; none throws, none follows a prototype. */
export type Guard<T> = (value: unknown) => value is T;

type Fields<T> = { [K in keyof T]-?: Guard<T[K]> };

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && !Array.isArray(value);

export const text =
  (max: number): Guard<string> =>
  (value): value is string =>
    typeof value === "string" && value.length <= max;

export const finite: Guard<number> = (value): value is number => Number.isFinite(value);
export const whole: Guard<number> = (value): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;
export const flag: Guard<boolean> = (value): value is boolean => typeof value === "boolean";

export const oneOf =
  <const T extends string | number | null>(...words: T[]): Guard<T> =>
  (value): value is T =>
    words.some((word) => word === value);

export const either =
  <A, B>(a: Guard<A>, b: Guard<B>): Guard<A | B> =>
  (value): value is A | B =>
    a(value) || b(value);

export const optional =
  <T>(guard: Guard<T>): Guard<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || guard(value);

export const listOf =
  <T>(guard: Guard<T>, max: number): Guard<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.length <= max && value.every((item) => guard(item));

export const recordOf =
  <T>(guard: Guard<T>, max: number): Guard<Record<string, T>> =>
  (value): value is Record<string, T> => {
    if (!isRecord(value)) return false;
    const keys = Object.keys(value);
    return keys.length <= max && keys.every((key) => key.length <= 300 && guard(value[key]));
  };

/** Every field of the type must have its guard, so that the compiler notices a contract that grew. */
export const shape =
  <T extends object>(fields: Fields<T>): Guard<T> =>
  (value): value is T =>
    isRecord(value) &&
    (Object.keys(fields) as (keyof T & string)[]).every((key) =>
      fields[key](Object.hasOwn(value, key) ? value[key] : undefined),
    );

/**
 * True for JSON that later code may walk and copy: not too deep, and no key `__proto__`, which an assignment
 * would turn into a prototype. Goes level by level, so that no depth can overflow the stack.
 */
export function isPlain(value: unknown, maxDepth: number): boolean {
  let level: object[] = [value].filter(isObject);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return false;
    if (level.some((node) => Object.hasOwn(node, "__proto__"))) return false;
    level = level.flatMap((node) => Object.values(node).filter(isObject));
  }
  return true;
}
