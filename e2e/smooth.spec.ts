import { expect, expectCellState, test } from "./helpers.ts";
import { cell, edit, LESSON_05, LESSON_07, longestFrame, output, run } from "./lesson-page.ts";

const FRAME_LIMIT = 100;

test("an endless loop is stopped, the page stays smooth, and the next run works", async ({ page }) => {
  await page.goto(LESSON_07);
  await run(page, "jacobian-powers");
  await expectCellState(page, "jacobian-powers", "done");
  await edit(page, "jacobian-powers", "while (true) {}");
  const worst = await longestFrame(page, async () => {
    await page.keyboard.press("ControlOrMeta+Enter");
    await expectCellState(page, "jacobian-powers", "running");
    await page.waitForTimeout(1000);
    await page.keyboard.press("ControlOrMeta+.");
    await expectCellState(page, "jacobian-powers", "stopped");
  });
  expect(worst).toBeLessThan(FRAME_LIMIT);
  await edit(page, "jacobian-powers", "'alive'");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(output(page, "jacobian-powers")).toHaveText("alive");
});

test("a flood of output does not freeze the page and says where it was cut", async ({ page }) => {
  await page.goto(LESSON_07);
  await run(page, "jacobian-powers");
  await expectCellState(page, "jacobian-powers", "done");
  await edit(page, "jacobian-powers", "for (let i = 0; i < 200000; i++) console.log('line', i)\n'over'");
  const worst = await longestFrame(page, async () => {
    await page.keyboard.press("ControlOrMeta+Enter");
    await expectCellState(page, "jacobian-powers", "done");
  });
  expect(worst).toBeLessThan(FRAME_LIMIT);
  await expect(output(page, "jacobian-powers")).toContainText("only the first 400 lines are shown");
});

test("training in the page gives the author's numbers and leaves the page smooth", async ({ page }) => {
  await page.goto(LESSON_05);
  const loss = page.locator('[data-value-of="validationPerplexity"]').first();
  const before = await loss.innerText();
  await run(page, "corpus");
  await expectCellState(page, "corpus", "done");
  const worst = await longestFrame(page, async () => {
    await run(page, "train");
    await expectCellState(page, "train", "done", 60_000);
  });
  expect(worst).toBeLessThan(FRAME_LIMIT);
  expect(await loss.innerText()).toBe(before);
  await expect(cell(page, "train").locator("[data-status]")).toContainText(/tensors? kept/);
});
