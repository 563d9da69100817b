import { readdirSync } from "node:fs";
import { expect, expectAccessible, test } from "./helpers.ts";

const LESSONS = readdirSync(new URL("../content/lessons", import.meta.url)).map(
  (folder) => `lessons/${folder.replace(/^\d+-/, "")}/`,
);
const PAGES = [
  "",
  "lessons/",
  ...LESSONS,
  "reference/",
  "reference/notation/",
  "reference/glossary/",
  "reference/datasets/",
  "reference/cheatsheet/",
  "reference/disagreements/",
  "reference/references/",
  "404.html",
];

for (const path of PAGES) {
  test(`/${path} has no accessibility violation in either theme`, async ({ page }) => {
    // the contrast of every symbol of every equation
    if (path === "reference/cheatsheet/") test.slow();
    await page.goto(path);
    await expectAccessible(page);
  });

  test(`/${path} fits a phone without scrolling sideways`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(path);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
}

test("every link inside the course leads somewhere", async ({ page, request }) => {
  const seen = new Set<string>();
  for (const path of PAGES) {
    await page.goto(path);
    const links = await page
      .locator("a[href]")
      .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
    for (const link of links)
      if (new URL(link).origin === new URL(page.url()).origin) seen.add(link.split("#")[0]!);
  }
  for (const link of seen) expect((await request.get(link)).status(), link).toBe(200);
});

test("the front page's microscope is alive", async ({ page }) => {
  await page.goto("");
  const slider = page.getByRole("slider", { name: /spectral radius/i }).first();
  await slider.scrollIntoViewIfNeeded();
  const figure = page.locator(".course-figure").first();
  const before = await figure.locator("path").first().getAttribute("d");
  await expect(async () => {
    await slider.fill("1.2");
    expect(await figure.locator("path").first().getAttribute("d")).not.toBe(before);
  }).toPass();
});
