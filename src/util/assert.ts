/** Throws an Error with this message unless the condition holds. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Throws unless the value is a whole number of at least `least`: "charRnn: hiddenSize must be …, got 2.5". */
export function assertCount(owner: string, name: string, value: number, least = 1): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new RangeError(`${owner}: ${name} must be a whole number of at least ${least}, got ${value}`);
}
