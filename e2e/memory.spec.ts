import { expect, test } from "@playwright/test";
import { LESSON_07 } from "./lesson-page.ts";
import { openRawPage, type RawPage } from "./raw-browser.ts";

const CELL = 'section[data-cell="jacobian-powers"]';
/** Fills a heap in a second or two, where the default takes more than a minute. */
const SMALL_HEAP = ["--js-flags=--max-old-space-size=128 --max-semi-space-size=1"];
const BOMB =
  "const kept: object[] = []\nwhile (true) kept.push(Array.from({ length: 1000 }, (_, k) => ({ k })))";

const state = (page: RawPage) => page.evaluate<string>(`document.querySelector('${CELL}')?.dataset.state`);
const output = (page: RawPage) =>
  page.evaluate<string>(`document.querySelector('${CELL} [data-output]').innerText`);

async function runText(page: RawPage, source: string): Promise<void> {
  const isOpen = `document.activeElement?.shadowRoot?.activeElement?.role === "textbox"`;
  // a page that is still loading hears no key
  await expect(async () => {
    await page.evaluate(`document.querySelector('${CELL} :is([data-source], [data-editor])').focus()`);
    await page.press("Enter");
    await expect.poll(() => page.evaluate(isOpen), { timeout: 2000 }).toBe(true);
  }).toPass({ timeout: 15_000 });
  await page.press("a", { isControl: true });
  await page.type(source);
  await page.press("Enter", { isControl: true });
}

test("a cell that eats all memory loses its worker; the reader keeps the text and runs on", async ({
  baseURL,
}) => {
  const page = await openRawPage(new URL(LESSON_07, baseURL).href, SMALL_HEAP);
  try {
    await expect.poll(() => state(page)).toBe("idle");
    await runText(page, BOMB);
    const said = `document.body.innerText.includes("Nothing you wrote is lost")`;
    await expect.poll(() => page.evaluate(said), { timeout: 45_000 }).toBe(true);
    expect(await state(page)).toBe("stopped");
    const text = `document.querySelector('${CELL} [data-editor]').shadowRoot.querySelector(".cm-content").innerText`;
    expect(await page.evaluate(text)).toContain("while (true) kept.push");
    await runText(page, "'alive again'");
    await expect.poll(() => output(page), { timeout: 10_000 }).toBe("alive again");
  } finally {
    await page.close();
  }
});
