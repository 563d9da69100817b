import { STYLES, isSafeValue } from "./svg-allowed.ts";

/** `max-width: initial; position: fixed` → `{ "max-width": "initial" }`: a style object of allowed properties. */
export function styleObject(text: string): Record<string, string> | undefined {
  const style: Record<string, string> = {};
  for (const declaration of text.slice(0, 2000).split(";")) {
    const colon = declaration.indexOf(":");
    if (colon < 0) continue;
    const name = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration.slice(colon + 1).trim();
    if (STYLES.has(name) && value && isSafeValue(value)) style[camelCase(name)] = value;
  }
  return Object.keys(style).length > 0 ? style : undefined;
}

/** Preact takes custom properties as they are. */
const camelCase = (name: string): string =>
  name.startsWith("--") ? name : name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
