import { inspect } from "./inspect.ts";
import type { Completion } from "./message.ts";

const MAX_ITEMS = 200;

/** The members of a live value, found without calling getters: `["model", "params"]` lists what `model.params.` has. */
export function completionsOf(path: string[], names: Record<string, unknown>): Completion[] {
  const [first, ...rest] = path;
  if (first === undefined || !(first in names)) return [];
  let value: unknown = names[first];
  for (const key of rest) value = readData(value, key);
  return membersOf(value);
}

function readData(value: unknown, key: string): unknown {
  for (
    let holder: unknown = value;
    holder !== null && holder !== undefined;
    holder = Object.getPrototypeOf(Object(holder))
  ) {
    const property = Object.getOwnPropertyDescriptor(Object(holder), key);
    if (property) return property.value;
  }
  return undefined;
}

function membersOf(value: unknown): Completion[] {
  const items = new Map<string, Completion>();
  if (value === null || value === undefined) return [];
  for (
    let holder: unknown = Object(value);
    holder && holder !== Object.prototype;
    holder = Object.getPrototypeOf(holder)
  )
    for (const key of Object.getOwnPropertyNames(holder)) {
      if (items.size >= MAX_ITEMS || items.has(key) || /^(\d+|constructor|_.*)$/.test(key)) continue;
      const property = Object.getOwnPropertyDescriptor(holder, key);
      if (!property) continue;
      const node = "value" in property ? inspect(property.value) : { type: "getter", text: "" };
      items.set(key, { label: key, type: node.type, detail: node.text.slice(0, 80) });
    }
  return [...items.values()];
}
