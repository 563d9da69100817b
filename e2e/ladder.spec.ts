import type { Page } from "@playwright/test";
import { expect, expectCellState, test } from "./helpers.ts";
import { lesson, output, run } from "./lesson-page.ts";

const LESSON_03 = lesson("03-perplexity");
const LESSON_09 = lesson("09-gru");
const ladder = (page: Page, cell: string) => output(page, cell).locator(".course-figure");

test("a ladder shows the rung that another ladder of the page has just got, and so does the next lesson's", async ({
  page,
}) => {
  await page.goto(LESSON_03);
  await ladder(page, "first-rungs").hover();
  await expect(ladder(page, "first-rungs")).not.toContainText("HMM, 8 states");
  await run(page, "hidden-markov");
  await expectCellState(page, "hidden-markov", "done", 60_000);
  await expect(ladder(page, "first-rungs")).toContainText("HMM, 8 states");

  await page.goto(LESSON_09);
  await ladder(page, "rungs").hover();
  await expect(ladder(page, "rungs")).toContainText("HMM, 8 states");
  await expect(ladder(page, "rungs")).toContainText("GRU, 68 units");
});
