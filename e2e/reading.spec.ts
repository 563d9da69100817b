import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expect, expectCellState, test } from "./helpers.ts";
import { lesson, LESSON_05, LESSON_07, output, run } from "./lesson-page.ts";

const KB = 1024;

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  for (const path of [LESSON_05, LESSON_07]) {
    test(`${path} shows its text, its charts and its numbers`, async ({ page }) => {
      await page.goto(path);
      await expect(page.locator("main h1")).toBeVisible();
      expect(await page.locator("[data-output] svg").count()).toBeGreaterThan(1);
      expect(await page.locator("math").count()).toBeGreaterThan(3);
      const values = await page.locator("[data-value-of]").allInnerTexts();
      expect(values.length).toBeGreaterThan(2);
      expect(values.every((text) => /\d/.test(text))).toBe(true);
    });
  }
});

test("the outputs are in the HTML that a plain request gets", async ({ request }) => {
  const html = await (await request.get(LESSON_07)).text();
  expect(html).toMatch(/data-output[\s\S]*?<svg/);
  expect(html).toContain("45.2593");
});

/** Bytes of script that the page asked for, as a server with gzip would send them. */
async function scriptBytes(page: Page, act: () => Promise<unknown>): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  page.on("response", async (response) => {
    // a blob is made of what was fetched before
    if (response.url().startsWith("blob:")) return;
    const type = response.request().resourceType();
    if (type !== "script" && !/\/sandbox\//.test(response.url())) return;
    const body = await response.body().catch(() => Buffer.alloc(0));
    sizes.set(new URL(response.url()).pathname, gzipSync(body).length);
  });
  await act();
  // until nothing has come for a while: the browser's own idle state now and then does not come at all
  for (let known = -1; known !== sizes.size;) {
    known = sizes.size;
    await page.waitForTimeout(1000);
  }
  return sizes;
}

const total = (sizes: Map<string, number>) => [...sizes.values()].reduce((a, b) => a + b, 0);

for (const path of [LESSON_05, LESSON_07]) {
  test(`${path} loads at most 10 KB of script before the reader touches anything`, async ({ page }) => {
    const sizes = await scriptBytes(page, () => page.goto(path));
    const inline = await page.locator("script:not([src]):not([type='application/json'])").allTextContents();
    const bytes = total(sizes) + gzipSync(inline.join("\n")).length;
    console.log(`script before interaction: ${(bytes / KB).toFixed(1)} KB gz`);
    expect(bytes).toBeLessThanOrEqual(10 * KB);
  });
}

test("a symbol that is pointed at, or reached by key, shows what the cells hold for it", async ({ page }) => {
  await page.goto(lesson("08-lstm"));
  const values = page.locator(".term-values");
  const equation = page.locator(".equation").filter({ has: page.locator('[data-term="h"]') });
  await equation.first().locator('[data-term="h"]').first().hover();
  await expect(values).toContainText(/h: \[48\] -?0\.\d+, .* in cell one-step/);
  await values.getByRole("link").first().hover();
  await expect(values).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(values).toBeHidden();

  await equation.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(values).toContainText(/c: \[48\]/);
});

test("the first training run from cold loads at most 600 KB", async ({ page }) => {
  const sizes = await scriptBytes(page, async () => {
    await page.goto(LESSON_05);
    await run(page, "train");
    await expectCellState(page, "train", "done", 60_000);
  });
  for (const [path, size] of sizes) console.log(`${(size / KB).toFixed(1).padStart(7)} KB gz  ${path}`);
  console.log(`first Run from cold: ${(total(sizes) / KB).toFixed(0)} KB gz`);
  expect(total(sizes)).toBeLessThanOrEqual(600 * KB);
  await expect(output(page, "train").locator("svg").first()).toBeVisible();
});
