/** A dimension: a letter that takes any size, or a letter with the size that is required, such as `{ D: 32 }`. */
export type Dimension = string | Size;
export type Size = Readonly<Record<string, number>>;

/**
 * Throws unless a tensor has this shape: "lstm: expected x of shape [B, T, D=32], got [8, 20, 31]".
 *
 * @throws RangeError with the name, the shape that was expected and the one that came
 */
export function assertShape(
  owner: string,
  name: string,
  shape: readonly number[],
  expected: readonly Dimension[],
): void {
  const fits = expected.every(
    (dimension, k) => typeof dimension === "string" || sizeOf(dimension) === shape[k],
  );
  if (fits && expected.length === shape.length) return;
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
export function assertLength(owner: string, name: string, length: number, shape: readonly Size[]): void {
  const product = shape.reduce((size, dimension) => size * sizeOf(dimension), 1);
  if (length === product) return;
  throw new RangeError(
    `${owner}: expected ${name} of shape ${describe(shape)} (${product} numbers), got ${length} numbers`,
  );
}

const sizeOf = (dimension: Size): number => Object.values(dimension)[0];

function describe(expected: readonly Dimension[]): string {
  const parts = expected.map((dimension) =>
    typeof dimension === "string" ? dimension : Object.entries(dimension)[0].join("="),
  );
  return `[${parts.join(", ")}]`;
}
