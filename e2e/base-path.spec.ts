import { expect, expectCellState, test } from "./helpers.ts";
import { LESSON_07, output, run } from "./lesson-page.ts";

test("under a base path, from a plain file server, a lesson reads and runs", async ({ page, baseURL }) => {
  const missing: string[] = [];
  page.on("response", (response) => void (response.status() >= 400 && missing.push(response.url())));
  await page.goto(LESSON_07);
  await expect(page.locator("main h1")).toBeVisible();
  const before = await output(page, "jacobian-powers").innerText();
  await run(page, "jacobian-powers");
  await expectCellState(page, "jacobian-powers", "done");
  expect(await output(page, "jacobian-powers").innerText()).toBe(before);
  const links = await page
    .locator("nav a[href]")
    .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
  expect(links.every((link) => link.startsWith(baseURL!))).toBe(true);
  expect(missing).toEqual([]);
});
