import { expect, test } from "@playwright/test";
import { readdirSync, readFileSync } from "node:fs";
import { lesson, LESSON_07 } from "./lesson-page.ts";
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

/** Memory of their own, in MB, that the processes hold which draw pages and run cells for this browser. Linux tells it. */
function ownMemory(browser: number): number {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const facts = processes.map((process) => {
    const read = (file: string): string => {
      try {
        return readFileSync(`/proc/${process}/${file}`, "utf8");
      } catch {
        return ""; // it has ended, or is not ours
      }
    };
    return { process: Number(process), read, parent: Number(/^PPid:\s+(\d+)/m.exec(read("status"))?.[1]) };
  });
  const isOurs = ({ process, parent }: { process: number; parent: number }): boolean =>
    process === browser || facts.some((one) => one.process === parent && isOurs(one));
  const kilobytes = facts
    .filter((one) => one.process !== browser && isOurs(one) && one.read("cmdline").includes("type=renderer"))
    .map(({ read }) => Number(/^Anonymous:\s+(\d+)/m.exec(read("smaps_rollup"))?.[1] ?? 0));
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1000;
}

test("5 MB of the reader's text and its vectors fit into 300 MB", async ({ baseURL }) => {
  test.skip(process.platform !== "linux", "only Linux tells what a process holds");
  test.setTimeout(180_000);
  const page = await openRawPage("about:blank", []);
  try {
    await expect.poll(() => ownMemory(page.process)).toBeGreaterThan(0);
    const empty = ownMemory(page.process);
    await page.evaluate(`location.href = ${JSON.stringify(new URL(lesson("14-word2vec"), baseURL).href)}`);
    const stateOf = (id: string) =>
      page.evaluate<string>(`document.querySelector('#cell-${id}')?.dataset.state`);
    const set = (name: string, value: string) =>
      page.evaluate(`{
        const control = document.querySelector('[data-input="${name}"]');
        control.value = ${value};
        control.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }`);
    await expect.poll(() => stateOf("train")).toBe("idle");
    // a page that is still loading does not hear it
    await expect(async () => {
      await set("textName", JSON.stringify("Your own"));
      await expect.poll(() => stateOf("chosen-text"), { timeout: 5000 }).toBe("done");
    }).toPass({ timeout: 30_000 });
    await set("ownText", WORDS);
    const said = `document.querySelector('#cell-chosen-text [data-output]').innerText`;
    await expect.poll(() => page.evaluate(said), { timeout: 30_000 }).toContain("Your own: ");
    await page.evaluate(`document.querySelector('#cell-train [data-action="run"]').click()`);
    let most = 0;
    const run = async () => {
      most = Math.max(most, ownMemory(page.process) - empty);
      return stateOf("train");
    };
    await expect.poll(run, { timeout: 120_000, intervals: [200] }).toBe("done");
    console.log(`memory of the page and its cells: at most ${Math.round(most)} MB more than an empty page`);
    expect(most).toBeLessThan(300);
    expect(most).toBeGreaterThan(20);
  } finally {
    await page.close();
  }
});

/** 5 MB with 20,000 different words: an expression for the page. */
const WORDS = `(() => {
  const words = Array.from({ length: 20000 }, (_, k) => "w" + k.toString(26).replace(/[0-9]/g, (d) => "qrstuvwxyz"[d]));
  const lines = words.map((word, k) => (k % 20 === 19 ? word + "\\n" : word + " ")).join("");
  return lines.repeat(5_000_000 / lines.length + 1).slice(0, 5_000_000);
})()`;
