/** Dimensions by letter, in order: a number is required, undefined takes any size. */
export type Dimensions = Record<string, number | undefined>;

/**
 * Throws unless a tensor has this shape: "lstm: expected x of shape [B, T, D=32], got [8, 20, 31]".
 *
 * @throws RangeError with the name, the shape that was expected and the one that came
 */
export function assertShape(
  owner: string,
  name: string,
  shape: readonly number[],
  expected: Dimensions,
): void {
  const sizes = Object.values(expected);
  if (sizes.length === shape.length && sizes.every((size, k) => size === undefined || size === shape[k]))
    return;
  throw new RangeError(
    `${owner}: expected ${name} of shape ${describe(expected)}, got [${shape.join(", ")}]`,
  );
}

/**
 * The same for a flat array, whose length must be the product: "rnn: expected Wh of shape [H=4, H=4] (16 numbers),
 * got 12 numbers".
 *
 * @throws RangeError
 */
export function assertLength(owner: string, name: string, length: number, shape: [string, number][]): void {
  const product = shape.reduce((size, [, n]) => size * n, 1);
  if (length === product) return;
  const text = shape.map(([letter, n]) => `${letter}=${n}`).join(", ");
  throw new RangeError(
    `${owner}: expected ${name} of shape [${text}] (${product} numbers), got ${length} numbers`,
  );
}

function describe(expected: Dimensions): string {
  const parts = Object.entries(expected).map(([letter, n]) => (n === undefined ? letter : `${letter}=${n}`));
  return `[${parts.join(", ")}]`;
}
