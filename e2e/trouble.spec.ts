import type { Page } from "@playwright/test";
import { expect, expectCellState, test } from "./helpers.ts";
import { cell, edit, LESSON_07, output, run } from "./lesson-page.ts";

const stored = (page: Page) =>
  page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.includes("vanishing")));

/** Opens the lesson with this in the store from the start: a page that is left may still save what it has. */
async function openWith(page: Page, key: string, value: string): Promise<void> {
  await page.goto("about:blank");
  // the frame of the cells has no store
  await page.addInitScript(([name, text]) => window === top && localStorage.setItem(name, text), [
    key,
    value,
  ] as const);
  await page.goto(LESSON_07);
}

test("without a network the first run says so, and works when the network is back", async ({
  page,
  complaints,
}) => {
  complaints.allow(/ERR_INTERNET_DISCONNECTED|Failed to (fetch|load)/);
  await page.goto(LESSON_07);
  await page.context().setOffline(true);
  await run(page, "jacobian-powers");
  await expect(page.locator("body")).toContainText(/could not be (started|loaded).*[Cc]heck the connection/);
  await page.context().setOffline(false);
  await expect(async () => {
    await run(page, "jacobian-powers");
    await expectCellState(page, "jacobian-powers", "done", 3000);
  }).toPass();
});

test("a corrupt store neither breaks the page nor is thrown away unseen", async ({ page }) => {
  await page.goto(LESSON_07);
  await edit(page, "jacobian-powers", "'mine'");
  await page.keyboard.press("Escape");
  await expect.poll(async () => (await stored(page)).length).toBe(1);
  const [key] = (await stored(page))[0]!;
  await openWith(page, key, "{not json");
  await run(page, "jacobian-powers");
  await expectCellState(page, "jacobian-powers", "done");
  await expect(page.locator("body")).toContainText(/could not be read/);
});

test("edits of an earlier version of the lesson are offered, not applied", async ({ page }) => {
  await page.goto(LESSON_07);
  await edit(page, "jacobian-powers", "'from before'");
  await page.keyboard.press("Escape");
  await expect.poll(async () => (await stored(page)).length).toBe(1);
  const [key, value] = (await stored(page))[0]!;
  const older = JSON.stringify({ ...JSON.parse(value), version: "another" });
  await openWith(page, key, older);
  await run(page, "jacobian-powers");
  await expectCellState(page, "jacobian-powers", "done");
  await expect(output(page, "jacobian-powers")).not.toHaveText("from before");
  await expect(page.locator("body")).toContainText("earlier version of this lesson");
});

test("Reset all gives the code and the controls back, live ones too", async ({ page }) => {
  await page.goto(LESSON_07);
  const slider = page.locator('[data-input="rho"]').first();
  const before = await slider.inputValue();
  await slider.fill("1.3");
  await expectCellState(page, "microscope", "done");
  await edit(page, "jacobian-powers", "'mine'");
  await page.keyboard.press("Escape");
  await page.locator('[data-action="reset-all"]').click();
  await expect(slider).toHaveValue(before);
  await expect(
    cell(page, "jacobian-powers").locator("[data-source], [data-editor]").first(),
  ).not.toContainText("mine");
});
