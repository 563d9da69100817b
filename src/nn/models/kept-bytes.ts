/**
 * Bytes of all different arrays of numbers in what a way forward returned: what it keeps for the way back. Weights, under
 * `params`, are left out.
 */
export function keptBytes(run: unknown): number {
  const found = new Set<ArrayBufferLike>();
  collect(run, found);
  return [...found].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

function collect(value: unknown, found: Set<ArrayBufferLike>): void {
  if (ArrayBuffer.isView(value)) found.add(value.buffer);
  else if (value !== null && typeof value === "object")
    for (const [name, part] of Object.entries(value)) if (name !== "params") collect(part, found);
}
