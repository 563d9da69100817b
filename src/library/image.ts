import { type Bundle, DISPLAY } from "#src/notebook/runtime/bundle.ts";
import { encodePng, toBase64 } from "./parts/png.ts";

const MAX_PIXELS = 1_000_000;

/**
 * A picture from numbers: `values` [height][width], 0 black to 1 white.
 *
 * @param description what the picture shows, for readers who cannot see it
 * @throws when the rows differ in length, or there are more than a million pixels
 */
export function image(values: ArrayLike<ArrayLike<number>>, description: string): { [DISPLAY](): Bundle } {
  const rows = Array.from(values);
  const width = rows[0]?.length ?? 0;
  const height = rows.length;
  if (!width || rows.some((row) => row.length !== width))
    throw new RangeError(
      `image: expected rows of equal length, got lengths ${[...new Set(rows.map((r) => r.length))].join(", ")}`,
    );
  if (width * height > MAX_PIXELS)
    throw new RangeError(`image: at most ${MAX_PIXELS} pixels, got ${width} × ${height}`);
  const data = new Uint8ClampedArray(4 * width * height);
  rows.forEach((row, y) => {
    for (let x = 0; x < width; x++)
      data.set([255 * row[x]!, 255 * row[x]!, 255 * row[x]!, 255], 4 * (y * width + x));
  });
  const png = toBase64(encodePng({ width, height, data }));
  return { [DISPLAY]: () => ({ "text/plain": description, "image/png": png }) };
}

export const create = () => ({ image });
