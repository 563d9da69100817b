import { expect, expectCellState, test } from "./helpers.ts";
import { cell, lesson, longestFrame, output, run } from "./lesson-page.ts";

const LESSON_13 = lesson("13-word-vectors");
const LESSON_14 = lesson("14-word2vec");
const LIMIT = 5_000_000;

/** Twelve words in lines of some length, so many characters in all. */
const textOf = (characters: number): string => {
  const line = `${"the whale swam under a ship while sailors watched it from deck ".repeat(8).trim()}\n`;
  return line.repeat(Math.ceil(characters / line.length)).slice(0, characters);
};

test("Moby Dick and a reader's own file train; a file over the limit is refused by its name", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.goto(LESSON_14);
  const choice = page.locator('[data-input="textName"]').first();
  await choice.selectOption("Moby Dick");
  await expect(output(page, "chosen-text")).toContainText(/^Moby Dick: [\d,]+ running words/);
  await run(page, "train");
  await expectCellState(page, "train", "done", 60_000);
  await expect(output(page, "train")).toContainText("at the inn");

  await choice.selectOption("Your own");
  const file = (size: number) => ({
    name: `own-${size}.txt`,
    mimeType: "text/plain",
    buffer: Buffer.from(textOf(size)),
  });
  const input = page.locator('[data-input="ownFile"]').first();
  await input.setInputFiles(file(LIMIT + 1));
  await expect(cell(page, "text-choice")).toContainText("this input takes at most 5 MB");
  await input.setInputFiles(file(LIMIT));
  await expect(output(page, "chosen-text")).toContainText(/^Your own: [\d,]+ running words, 12 different/);
});

test("a pasted text over the limit is refused with the limit", async ({ page }) => {
  await page.goto(LESSON_14);
  await page.locator('[data-input="textName"]').first().selectOption("Your own");
  // the text as a paste gives it, in one event, while the lesson may still be starting: nothing of it is lost
  await page
    .locator('[data-input="ownText"]')
    .first()
    .evaluate(
      (box: HTMLTextAreaElement, text) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", text);
        const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
        // what the browser does when nobody takes the paste over
        if (!box.dispatchEvent(event)) return;
        box.value = text;
        box.dispatchEvent(new InputEvent("input", { bubbles: true }));
      },
      textOf(LIMIT + 1),
    );
  await expect(cell(page, "chosen-text")).toContainText(
    "the text has 5,000,001 characters; the limit is 5,000,000",
    { timeout: 20_000 },
  );
  const choice = cell(page, "text-choice");
  await expect(choice).toContainText("In use: 5,000,001 characters. The box shows the first 2,000.");
  await choice.getByRole("button", { name: "Clear" }).click();
  await expect(choice.locator("textarea")).toBeFocused();
  await expect(choice.locator("textarea")).toBeEditable();
  await expect(output(page, "chosen-text")).toContainText("paste a text for your own", { timeout: 20_000 });
});

test("two trainings stand side by side, and below each other on a phone", async ({ page }) => {
  await page.goto(LESSON_14);
  const maps = output(page, "beside").locator("svg.word-map");
  await expect(maps).toHaveCount(2);
  const boxes = () =>
    maps.evaluateAll((all) => all.map((map) => map.getBoundingClientRect().toJSON() as DOMRect));
  const [left, right] = await boxes();
  expect(Math.abs(left!.top - right!.top)).toBeLessThan(4);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(async () => {
    const [above, below] = await boxes();
    expect(below!.top).toBeGreaterThan(above!.bottom);
  }).toPass();
  // a figure that is not live yet hears nothing
  await expect(async () => {
    await output(page, "beside").getByRole("searchbox").fill("oil");
    await output(page, "beside").getByRole("button", { name: "Find" }).click();
    const chosen = output(page, "beside").locator(".word-map-near b");
    await expect(chosen).toHaveText(["oil", "oil"], { timeout: 1000 });
  }).toPass({ timeout: 15_000 });
});

test("t-SNE of 2,000 words leaves the page free, and its map answers to keys meanwhile", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto(LESSON_13);
  await page.locator('[data-input="mapSize"]').first().fill("2000");
  const map = output(page, "tsne").locator("svg.word-map");
  const smaller = output(page, "tsne").getByRole("button", { name: "Smaller" });
  const worst = await longestFrame(page, async () => {
    await run(page, "tsne");
    await expectCellState(page, "tsne", "running");
    // the reader's own run has taken the place of the author's picture
    await expect(map).toHaveAttribute("aria-label", /A map of 2000 words/, { timeout: 60_000 });
    await map.focus();
    await map.press("+");
    await expect(smaller).toBeEnabled();
    await expectCellState(page, "tsne", "done", 90_000);
  });
  // later pictures kept what the reader had magnified, and its focus
  await expect(smaller).toBeEnabled();
  await map.press("0");
  await expect(smaller).toBeDisabled();
  expect(worst).toBeLessThan(1000);
});
