import { createRng } from "#src/util/rng.ts";
import { DIGITS_FILE, DIGITS_LEVELS, DIGITS_PER_CLASS, DIGITS_SIDE } from "./digits.ts";
import { readPackageFile } from "./package-files.ts";
import { formatRecords } from "./records.ts";

const SIZE = DIGITS_SIDE * DIGITS_SIDE;

/** Build side: the file that cells get by `data.digits()`. */
export const shipped = { name: DIGITS_FILE, build: buildDigits };

export async function buildDigits(): Promise<string> {
  const classes = await Promise.all(Array.from({ length: 10 }, (_, label) => selectDigits(label)));
  const records = createRng(1).fork("order").shuffle(classes.flat());
  return formatRecords(DIGITS_FILE, records, "MNIST images: CC BY-SA 3.0, Yann LeCun and Corinna Cortes.");
}

async function selectDigits(label: number): Promise<string[]> {
  const file = JSON.parse(await readPackageFile("mnist", `src/digits/${label}.json`)) as { data: number[] };
  const all = Array.from({ length: Math.floor(file.data.length / SIZE) }, (_, k) => k);
  const chosen = createRng(1).fork(`digit ${label}`).shuffle(all).slice(0, DIGITS_PER_CLASS);
  return chosen.map((k) => `${label} ${packPixels(file.data.slice(k * SIZE, (k + 1) * SIZE))}`);
}

/** Pixels in [0, 1], two to a byte, as base64. */
export function packPixels(pixels: number[]): string {
  const grey = (value: number) => Math.round(value * (DIGITS_LEVELS - 1));
  const bytes = Uint8Array.from({ length: pixels.length / 2 }, (_, k) => {
    return (grey(pixels[2 * k]) << 4) | grey(pixels[2 * k + 1]);
  });
  return Buffer.from(bytes).toString("base64");
}
