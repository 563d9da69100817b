/** How the tests touch a lesson's page: as a reader does, by what the page shows. */
import type { Locator, Page } from "@playwright/test";
import { expect } from "./helpers.ts";

export const lesson = (folder: string): string => `lessons/${folder.replace(/^\d+-/, "")}/`;
export const LESSON_05 = lesson("05-char-lm");
export const LESSON_07 = lesson("07-vanishing-gradients");

export const cell = (page: Page, id: string): Locator => page.locator(`section[data-cell="${id}"]`);
export const output = (page: Page, id: string): Locator => cell(page, id).locator("[data-output]").first();

export async function run(page: Page, id: string): Promise<void> {
  await cell(page, id).locator('[data-action="run"]').first().click();
}

/** Opens the cell's editor as a reader does and replaces its text. */
export async function edit(page: Page, id: string, source: string): Promise<void> {
  const target = cell(page, id);
  const editor = target.getByRole("textbox").first();
  if (!(await editor.isVisible())) {
    const fold = target.locator("details.cell-fold:not([open]) > summary");
    if (await fold.count()) await fold.click();
    await target.locator("[data-source]").focus();
    await page.keyboard.press("Enter");
  }
  await expect(editor).toBeVisible();
  await editor.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(source);
}

/** The longest time between two frames while `act` runs, in milliseconds. */
export async function longestFrame(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const watch = { last: performance.now(), worst: 0, isOn: true };
    Object.assign(window, { frameWatch: watch });
    const tick = (now: number) => {
      watch.worst = Math.max(watch.worst, now - watch.last);
      watch.last = now;
      if (watch.isOn) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await act();
  return page.evaluate(() => {
    const { frameWatch } = window as unknown as { frameWatch: { worst: number; isOn: boolean } };
    frameWatch.isOn = false;
    return frameWatch.worst;
  });
}
