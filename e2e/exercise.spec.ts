import { readFileSync } from "node:fs";
import { expect, expectCellState, test } from "./helpers.ts";
import { edit, LESSON_07 } from "./lesson-page.ts";

const solution = readFileSync(
  new URL("../content/lessons/07-vanishing-gradients/exercises/clip/solution.ts", import.meta.url),
  "utf8",
);

test("an exercise's check names what fails, accepts a right answer, and remembers it", async ({ page }) => {
  await page.goto(LESSON_07);
  const exercise = page.locator('[data-exercise-of="clip"]');
  const check = exercise.getByRole("button", { name: /^Check/ });
  await check.click();
  await expectCellState(page, "check-clip", "done");
  await expect(exercise).toContainText("the norm over all arrays is");
  await expect(exercise).toContainText("4 of 5 passed");
  await edit(page, "clip", solution);
  await check.click();
  await expect(exercise).toContainText("5 of 5 passed");
  await page.waitForTimeout(1200);
  await page.reload();
  await expect(exercise.locator('[data-done="clip"]')).toBeVisible();
});

test("hint and solution are there without script, and folded", async ({ page }) => {
  await page.goto(LESSON_07);
  const exercise = page.locator('[data-exercise-of="clip"]');
  await expect(exercise.getByText("One norm over all arrays together")).toBeHidden();
  await exercise.getByText("Hint", { exact: true }).click();
  await expect(exercise.getByText("One norm over all arrays together")).toBeVisible();
});
