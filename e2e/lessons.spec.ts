/** One thing that a reader would do first in each later lesson, in the real page. */
import { expect, expectCellState, test } from "./helpers.ts";
import { cell, lesson, output, run } from "./lesson-page.ts";

const LONG = 90_000;

test("an attention model trains in the page, and its map shows every moment of the training", async ({
  page,
}) => {
  await page.goto(lesson("19-attention"));
  await run(page, "training");
  await expectCellState(page, "training", "done", LONG);
  const figure = output(page, "training").locator(".course-figure");
  const slider = figure.getByRole("slider", { name: "Training iteration" });
  await slider.fill("0");
  await expect(figure.getByRole("grid")).toBeVisible();
  await figure.locator('[role="gridcell"][tabindex="0"]').focus();
  await page.keyboard.press("ArrowDown");
  await expect(figure.locator(".course-readout")).toContainText("weight");
});

test("the shipped speller reads a word that the reader types", async ({ page }) => {
  await page.goto(lesson("16-seq2seq"));
  await page.locator('[data-input="word"]').first().fill("kitten");
  await expectCellState(page, "pronounce", "done", LONG);
  await expect(output(page, "pronounce")).toContainText("K IH T AH N");
});

test("one click reads 99 of 100 unseen dates exactly", async ({ page }) => {
  await page.goto(lesson("16-seq2seq"));
  await run(page, "dates");
  await expectCellState(page, "dates", "done", LONG);
  const text = await output(page, "dates").innerText();
  expect(text).toContain("unseen dates: 500");
  expect(Number(/exact, %: ([\d.]+)/.exec(text)![1])).toBeGreaterThanOrEqual(99);
});

test("the beam laboratory searches again when the width changes", async ({ page }) => {
  await page.goto(lesson("17-decoding"));
  const before = await output(page, "laboratory").locator(".beam-node").count();
  await page.locator('[data-input="width"]').first().fill("6");
  await expectCellState(page, "laboratory", "done", LONG);
  await expect.poll(() => output(page, "laboratory").locator(".beam-node").count()).toBeGreaterThan(before);
});

test("the gates of an LSTM follow the reader's text", async ({ page }) => {
  await page.goto(lesson("08-lstm"));
  await page.locator('[data-input="text"]').first().fill("whale ship sea");
  await expectCellState(page, "theatre", "done", LONG);
  await expect(output(page, "theatre").locator(".gate-text")).toHaveText("whale␣ship␣sea");
});

test("five networks race on the task that the reader chooses", async ({ page }) => {
  await page.goto(lesson("10-long-memory"));
  await page
    .locator('select[data-input="task"], [data-input="task"] select')
    .first()
    .selectOption("noisy bit");
  await run(page, "race");
  await expectCellState(page, "race", "done", LONG);
  await expect(output(page, "race").locator(".course-figure-title")).toContainText("noisy bit");
});

test("what is chosen in a figure before it is alive counts", async ({ page }) => {
  await page.goto(lesson("18-bleu"));
  const figure = page
    .locator("[data-figure=bleu-matches]")
    .filter({ has: page.locator(".figure-choice") })
    .first();
  const choices = figure.getByRole("radio");
  const before = await figure.textContent();
  // as on a slow line: the choice is made, and what hears it comes later
  await choices.nth(1).evaluate((radio: HTMLInputElement) => (radio.checked = true));
  await choices.nth(1).focus();
  await expect(figure).not.toHaveText(before!);
  await expect(choices.nth(1)).toBeChecked();
});

test("an edited hypothesis gets its BLEU at once", async ({ page }) => {
  await page.goto(lesson("18-bleu"));
  const reference = await page.locator('[data-input="reference"]').first().inputValue();
  await page.locator('[data-input="hypothesis"]').first().fill(reference);
  await expectCellState(page, "scores", "done", LONG);
  await expect(output(page, "scores")).toContainText("100");
  await expect(cell(page, "matches")).toContainText("partner");
});
