import * as z from "zod/mini";
import { type Rung, rungSchema } from "./schema.ts";

const kept = z.array(rungSchema).check(z.maxLength(60));
const MOST = 40;

/** Where the rungs of a text are kept in this browser, for all lessons. */
export const ladderKey = (text: string): string => `unrolled:ladder:${text}`;

/** What can be kept; `localStorage` where the browser has one and lets us touch it. */
export type RungStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export function browserRungs(): RungStorage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

/** The rungs kept for a text; none when nothing, or nothing readable, is kept. */
export function keptRungs(storage: RungStorage | undefined, text: string): Rung[] {
  try {
    const result = kept.safeParse(JSON.parse(storage?.getItem(ladderKey(text)) ?? "[]"));
    return result.success ? result.data : [];
  } catch {
    return [];
  }
}

/** Own rungs, and those of other lessons that have another label. */
export const merged = (own: readonly Rung[], others: readonly Rung[]): Rung[] => [
  ...own,
  ...others.filter(({ label }) => own.every((rung) => rung.label !== label)),
];

/** Keeps a lesson's rungs beside the others; a full or refused storage keeps nothing and harms nothing. */
export function keepRungs(storage: RungStorage | undefined, text: string, own: readonly Rung[]): void {
  try {
    const all = merged(own, keptRungs(storage, text)).slice(0, MOST);
    storage?.setItem(ladderKey(text), JSON.stringify(all));
  } catch {
    // the figure shows what it has; the next one tries again
  }
}

const CHANGED = "unrolled:ladder";

/** Tells the other ladders of this page that the rungs kept for a text have changed. */
export function tellLadders(text: string, page: EventTarget = globalThis): void {
  page.dispatchEvent(new CustomEvent(CHANGED, { detail: text }));
}

/** Calls back when a ladder of this page, or of another tab, has changed the rungs of a text; returns how to stop. */
export function onLadderChange(
  text: string,
  changed: () => void,
  page: EventTarget = globalThis,
): () => void {
  const here = (event: Event) => (event as CustomEvent).detail === text && changed();
  const elsewhere = (event: Event) => (event as StorageEvent).key === ladderKey(text) && changed();
  page.addEventListener(CHANGED, here);
  page.addEventListener("storage", elsewhere);
  return () => {
    page.removeEventListener(CHANGED, here);
    page.removeEventListener("storage", elsewhere);
  };
}

export function forgetRungs(storage: RungStorage | undefined, text: string): void {
  try {
    storage?.removeItem(ladderKey(text));
  } catch {
    // nothing was kept
  }
}
