/** How the prose prints a cell's value: the build and the live page use the same words. */

export interface ValueFormat {
  /** decimals; without it numbers keep up to four significant figures */
  digits?: number;
  /** 0.42 → "42 %" */
  percent?: boolean;
}

const MINUS = "\u2212";
const NARROW_SPACE = "\u202f";

function numberText(value: number, format: ValueFormat): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  const scaled = format.percent ? value * 100 : value;
  const digits = format.digits ?? (format.percent ? 0 : undefined);
  const options: Intl.NumberFormatOptions =
    digits === undefined
      ? { maximumSignificantDigits: Math.abs(scaled) >= 1e4 || Number.isInteger(scaled) ? 21 : 4 }
      : { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const isTiny = digits === undefined && scaled !== 0 && Math.abs(scaled) < 1e-4;
  const text = isTiny ? scaled.toExponential(2) : new Intl.NumberFormat("en-US", options).format(scaled);
  const signed = text.replace(/-/g, MINUS);
  return format.percent ? `${signed}${NARROW_SPACE}%` : signed;
}

export function valueText(value: number | string | boolean, format: ValueFormat = {}): string {
  return typeof value === "number" ? numberText(value, format) : String(value);
}

/** Writes new values into every `[data-value-of]` of the page; returns how many places changed. */
export function showValues(root: ParentNode, values: Record<string, number | string | boolean>): number {
  let changed = 0;
  for (const element of root.querySelectorAll<HTMLElement>("[data-value-of]")) {
    const name = element.getAttribute("data-value-of") ?? "";
    if (!Object.hasOwn(values, name)) continue;
    const digits = element.getAttribute("data-digits");
    const text = valueText(values[name]!, {
      digits: digits === null ? undefined : Number(digits),
      percent: element.hasAttribute("data-percent"),
    });
    if (element.textContent === text) continue;
    element.textContent = text;
    element.setAttribute("data-live", "");
    changed += 1;
  }
  return changed;
}
