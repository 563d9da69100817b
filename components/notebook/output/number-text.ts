const MINUS = "\u2212";
const MAX_DECIMALS = 6;

/** A number on its own: six significant digits at most, exponents where they are due, a true minus. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : signed(value > 0 ? "∞" : "-∞");
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return signed(String(value));
  const size = Math.abs(value);
  return signed(size >= 1e6 || size < 1e-4 ? value.toExponential(4) : String(Number(value.toPrecision(6))));
}

const signed = (text: string): string => text.replace(/-/g, MINUS);

/** One format for a column, so that decimal points stand under each other; exponents keep their own width. */
export function columnFormat(values: readonly number[]): (value: number) => string {
  const texts = values.map(numberText);
  const isPlain = texts.every((text) => /^[\u2212]?[\d.]+$/.test(text));
  const decimals = Math.max(0, ...texts.map((text) => text.split(".")[1]?.length ?? 0));
  if (!isPlain || decimals === 0) return numberText;
  return (value) => signed(value.toFixed(Math.min(decimals, MAX_DECIMALS)));
}
