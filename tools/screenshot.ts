/** `node tools/screenshot.ts`: makes docs/screenshot.png, the README's picture, from the built site. */
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { findBrowser } from "./browser.ts";
import { ROOT } from "./program.ts";
import { listen, siteHandler } from "./serve.ts";

const PORT = 4399;
const servers = await listen(siteHandler(join(ROOT, "dist")), PORT);
const { launchOptions } = await findBrowser();
const browser = await chromium.launch(launchOptions);
const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: "light" });
await page.goto(`http://127.0.0.1:${PORT}/lessons/vanishing-gradients/`);
await page.locator("#cell-microscope").scrollIntoViewIfNeeded();
await page.evaluate(() => document.querySelector("#cell-controls")!.scrollIntoView({ block: "start" }));
await page.screenshot({ path: join(ROOT, "docs/screenshot.png") });
await browser.close();
for (const server of servers) server.close();
