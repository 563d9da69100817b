/**
 * `npm run lessons -- --time [lesson…]`: how long each cell of a lesson computes, in Node as at build, and in Chromium as in the page
 * (the site must be built). Recorded cells are left out.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium, type Page } from "@playwright/test";
import { readLesson } from "#src/mdx/lesson-cells.ts";
import { bundleSandbox } from "#src/notebook/prerender/bundle.ts";
import { runInThread } from "#src/notebook/prerender/pool.ts";
import { lessonJob } from "#src/notebook/prerender/prerender.ts";
import { findBrowser } from "./browser.ts";
import { ROOT } from "./program.ts";
import { listen, siteHandler } from "./serve.ts";

const PORT = 4398;
const LONGEST = 120_000;

const { values, positionals } = parseArgs({
  options: { time: { type: "boolean", default: false } },
  allowPositionals: true,
});
if (!values.time) {
  console.error(
    "npm run lessons -- --time [lesson…] lists how long each cell takes. There is nothing else yet.",
  );
  process.exit(1);
}
const folder = join(ROOT, "content/lessons");
const known = readdirSync(folder).sort();
const unknown = positionals.find((lesson) => !known.includes(lesson));
if (unknown) {
  console.error(`There is no lesson "${unknown}". There are ${known.join(", ")}.`);
  process.exit(1);
}

const sandbox = await bundleSandbox(ROOT);
const isBuilt = existsSync(join(ROOT, "dist/index.html"));
if (!isBuilt) console.log("The site is not built, so the page's times are left out: npm run build makes it.");
const servers = isBuilt ? await listen(siteHandler(join(ROOT, "dist")), PORT) : [];
const browser = isBuilt ? await chromium.launch((await findBrowser()).launchOptions) : undefined;
for (const lesson of positionals.length > 0 ? positionals : known) await timeLesson(lesson);
await browser?.close();
for (const server of servers) server.close();

async function timeLesson(lesson: string): Promise<void> {
  const source = readLesson(join(folder, lesson));
  const ids = source.cells.filter((cell) => cell.kind === "cell" && !cell.isRecord).map((cell) => cell.id);
  const { cells, cpuSeconds } = await runInThread(lessonJob(source, sandbox, ids));
  console.log(`\n${lesson}: ${cpuSeconds.toFixed(1)} CPU-seconds in Node`);
  const page = await browser?.newPage();
  await page?.goto(`http://127.0.0.1:${PORT}/lessons/${lesson.replace(/^\d+-/, "")}/`);
  for (const id of ids) {
    const inPage = page ? await timeInPage(page, id) : "";
    console.log(`  ${id.padEnd(28)} ${`${cells[id]?.ms ?? 0} ms`.padStart(10)}   ${inPage}`);
  }
  await page?.close();
}

/** What the page says of a run that a reader starts. */
async function timeInPage(page: Page, id: string): Promise<string> {
  const cell = page.locator(`section[data-cell="${id}"]`);
  await cell.locator('[data-action="run"]').first().click({ timeout: LONGEST });
  await page.waitForFunction(
    (selector) => /done|error/.test(document.querySelector<HTMLElement>(selector)?.dataset["state"] ?? ""),
    `section[data-cell="${id}"]`,
    { timeout: LONGEST },
  );
  return (await cell.locator("[data-status]").first().innerText()).replace(/\s+/g, " ");
}
