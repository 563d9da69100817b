import { defineConfig, type ReporterDescription } from "@playwright/test";
import { findBrowser } from "../tools/browser.ts";
import { BASE_BUILD } from "../tools/stages.ts";
import { freePort } from "./free-port.ts";

const { source, launchOptions } = await findBrowser();
const isMain = process.env.TEST_WORKER_INDEX === undefined;
if (isMain) console.log(`Browser: ${source}`);
// workers inherit the environment, so that they read the port that the main process chose
process.env.E2E_PORT ??= String(await freePort());
const port = Number(process.env.E2E_PORT);
const report = process.env.E2E_REPORT;
const reporter: ReporterDescription[] = [
  ["list"],
  ...(report ? [["json", { outputFile: report }] as const] : []),
];
const BASE_SPEC = "**/base-path.spec.ts";
/** Measures frames: runs alone, after the others, and again when the machine was busy with something else. */
const SMOOTH_SPEC = "**/smooth.spec.ts";

export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  globalTimeout: 13 * 60_000,
  forbidOnly: Boolean(process.env.CI),
  reporter,
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    launchOptions,
    trace: "retain-on-failure",
    navigationTimeout: 20_000,
    actionTimeout: 10_000,
  },
  projects: [
    { name: "site", testIgnore: [BASE_SPEC, SMOOTH_SPEC], use: { baseURL: `http://127.0.0.1:${port}/` } },
    {
      name: "base path",
      testMatch: BASE_SPEC,
      use: { baseURL: `http://127.0.0.1:${port + 1}${BASE_BUILD.base}` },
    },
    {
      name: "smooth",
      testMatch: SMOOTH_SPEC,
      dependencies: ["site", "base path"],
      workers: 1,
      retries: 2,
      use: { baseURL: `http://127.0.0.1:${port}/` },
    },
  ],
  webServer: {
    command: `"${process.execPath}" e2e/serve.ts`,
    cwd: "..",
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});
