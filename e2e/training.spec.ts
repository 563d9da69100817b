import { expect, expectCellState, test } from "./helpers.ts";
import { cell, LESSON_05, output, run } from "./lesson-page.ts";

test("a rerun of the training keeps as many tensors as the first run", async ({ page }) => {
  await page.goto(LESSON_05);
  const kept = async () => {
    await run(page, "train");
    await expectCellState(page, "train", "running");
    await expectCellState(page, "train", "done", 60_000);
    return /(\d+) tensors? kept/.exec(await cell(page, "train").locator("[data-status]").innerText())?.[1];
  };
  expect(await kept()).toBe(await kept());
});

test("the reader's own text trains a model", async ({ page }) => {
  await page.goto(LESSON_05);
  const text = "the cat sat on the mat and the dog sat on the log. ".repeat(60);
  await page.locator('[data-input="ownText"]').first().fill(text);
  await expectCellState(page, "own-corpus", "done");
  await run(page, "own-train");
  await expectCellState(page, "own-train", "done", 60_000);
  await expect(output(page, "own-train")).toContainText(/the|cat|sat/);
});

test("a text too short to learn from is refused with what is missing", async ({ page }) => {
  await page.goto(LESSON_05);
  await page.locator('[data-input="ownText"]').first().fill("short");
  await expect(output(page, "own-corpus")).toContainText(/at least \d+ characters|too short/i);
});
