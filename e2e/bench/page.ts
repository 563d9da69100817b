/** `npm run bench -- --only page`: what a reader waits for in a lesson's page, in a real browser. Needs a build in dist/. */
import { chromium, type Page } from "@playwright/test";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { findBrowser } from "../../tools/browser.ts";
import { ROOT } from "../../tools/program.ts";
import { listen, siteHandler } from "../../tools/serve.ts";
import { freePort } from "../free-port.ts";
import { expectCellState } from "../helpers.ts";
import { cell, edit, LESSON_05, LESSON_07, run } from "../lesson-page.ts";

export interface PageRow {
  what: string;
  value: number;
  unit: string;
  target?: number;
}

const TRIVIAL = "jacobian-powers";

export async function benchPage(): Promise<PageRow[]> {
  const port = await freePort(4900);
  const servers = await listen(siteHandler(join(ROOT, "dist")), port, ["127.0.0.1"]);
  const { launchOptions } = await findBrowser();
  const browser = await chromium.launch(launchOptions);
  const open = async (path: string): Promise<Page> => {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    await page.goto(`http://127.0.0.1:${port}/${path}`);
    return page;
  };
  try {
    return [
      ...(await bytes(await open(LESSON_05))),
      ...(await shortRuns(await open(LESSON_07))),
      ...(await stops(await open(LESSON_07))),
      ...(await frames(await open(LESSON_05))),
    ];
  } finally {
    await browser.close();
    for (const server of servers) server.close();
  }
}

/** Scripts before the reader touches anything, and all that the first training run fetches, as gzip sends them. */
async function bytes(page: Page): Promise<PageRow[]> {
  let sum = 0;
  const parts = new Map<string, number>();
  const pending: Promise<void>[] = [];
  page.on("response", (response) => {
    const { pathname, protocol } = new URL(response.url());
    if (protocol === "blob:") return;
    pending.push(
      response.body().then(
        (body) => {
          const size = gzipSync(body).length;
          sum += size;
          parts.set(pathname, size);
        },
        () => undefined,
      ),
    );
  });
  await page.reload({ waitUntil: "networkidle" });
  await Promise.all(pending);
  const isScript = ([path]: [string, number]) => path.endsWith(".js");
  const before = [...parts].filter(isScript).reduce((total, [, size]) => total + size, 0);
  sum = 0;
  parts.clear();
  await run(page, "train");
  await expectCellState(page, "train", "done", 60_000);
  await Promise.all(pending);
  const rows: PageRow[] = [
    { what: "script before interaction", value: before / 1024, unit: "KB gz", target: 10 },
    { what: "first training run from cold", value: sum / 1024, unit: "KB gz", target: 600 },
  ];
  for (const [path, size] of [...parts].sort((a, b) => b[1] - a[1]).slice(0, 12))
    rows.push({ what: `  ${path.split("/").at(-1)}`, value: size / 1024, unit: "KB gz" });
  return rows;
}

/** From the key to the state that the page shows; `state` is reached when the cell's mark says so. */
async function untilState(page: Page, id: string, key: string, state: string): Promise<number> {
  const waited = page.evaluate(
    ([id, state]) =>
      new Promise<number>((resolve) => {
        const section = document.querySelector(`section[data-cell="${id}"]`)!;
        let start = 0;
        // the modifier comes first, as a key of its own
        addEventListener(
          "keydown",
          (event) => (start = event.ctrlKey || event.metaKey ? performance.now() : 0),
          true,
        );
        new MutationObserver((_, observer) => {
          if (!start || section.getAttribute("data-state") !== state) return;
          observer.disconnect();
          resolve(performance.now() - start);
        }).observe(section, { attributes: true });
      }),
    [id, state] as const,
  );
  // the page's watch must stand before the key comes
  await page.evaluate(() => new Promise(requestAnimationFrame));
  await page.keyboard.press(key);
  return waited;
}

async function shortRuns(page: Page): Promise<PageRow[]> {
  await edit(page, TRIVIAL, "6 * 7");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expectCellState(page, TRIVIAL, "done");
  const times: number[] = [];
  for (let k = 0; k < 40; k++) times.push(await untilState(page, TRIVIAL, "ControlOrMeta+Enter", "done"));
  return [
    { what: "trivial rerun, key to shown result, median", value: median(times), unit: "ms", target: 20 },
  ];
}

async function stops(page: Page): Promise<PageRow[]> {
  const toStopped: number[] = [];
  const toNext: number[] = [];
  for (let k = 0; k < 8; k++) {
    await edit(page, TRIVIAL, "while (true) {}");
    await page.keyboard.press("ControlOrMeta+Enter");
    await expectCellState(page, TRIVIAL, "running");
    await page.waitForTimeout(1200);
    const start = performance.now();
    toStopped.push(await untilState(page, TRIVIAL, "ControlOrMeta+.", "stopped"));
    await edit(page, TRIVIAL, `${k}`);
    await page.keyboard.press("ControlOrMeta+Enter");
    await expectCellState(page, TRIVIAL, "done");
    toNext.push(performance.now() - start);
  }
  return [
    {
      what: "endless loop: Stop to stopped and ready, median",
      value: median(toStopped),
      unit: "ms",
      target: 300,
    },
    { what: "endless loop: Stop, typing and the next result, median", value: median(toNext), unit: "ms" },
  ];
}

async function frames(page: Page): Promise<PageRow[]> {
  await run(page, "corpus");
  await expectCellState(page, "corpus", "done");
  await cell(page, "train").scrollIntoViewIfNeeded();
  await page.evaluate(() => {
    const gaps: number[] = [];
    let last = performance.now();
    const tick = (now: number) => {
      gaps.push(now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { gaps });
  });
  await run(page, "train");
  await expectCellState(page, "train", "done", 60_000);
  const gaps = (await page.evaluate(() => (window as unknown as { gaps: number[] }).gaps)).slice(2);
  const seconds = gaps.reduce((sum, gap) => sum + gap, 0) / 1000;
  const sorted = gaps.toSorted((a, b) => a - b);
  return [
    { what: "frames a second while training", value: gaps.length / seconds, unit: "fps", target: 60 },
    { what: "median frame", value: median(gaps), unit: "ms" },
    { what: "99th percentile of frames", value: sorted[Math.floor(sorted.length * 0.99)]!, unit: "ms" },
    { what: "longest frame", value: sorted.at(-1)!, unit: "ms" },
  ];
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
