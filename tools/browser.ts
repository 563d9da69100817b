/** Finds a Chromium for the browser tests, so that `npm test` needs no set-up of its own. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { packedBrowser } from "./packed-browser.ts";
import { programFile } from "./program.ts";

export interface Browser {
  /** what was found, for the log */
  source: string;
  launchOptions: { executablePath?: string; args: string[]; env?: Record<string, string> };
}

/** The machine, as far as the search touches it; tests give another one. */
export interface Machine {
  env: Record<string, string | undefined>;
  platform: string;
  arch: string;
  isRoot: boolean;
  isRunnable(file: string): boolean;
  /** where Playwright keeps its own browser, whether or not it is there */
  playwrightPath(): string;
  packed(): Promise<{ executablePath: string; env?: Record<string, string> }>;
  /** @throws with what the download said */
  download(): void;
  log(text: string): void;
}

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "microsoft-edge-stable",
  "microsoft-edge",
];
const MAC = ["Google Chrome", "Chromium", "Microsoft Edge"].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);
const WINDOWS = ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"];

/**
 * In this order: UNROLLED_BROWSER, Playwright's own, the system's, the one packed in npm, a download.
 * UNROLLED_BROWSER_SKIP=playwright,system leaves steps out.
 * @throws an error that lists what was tried and the remedies
 */
export async function findBrowser(machine: Machine = thisMachine()): Promise<Browser> {
  const named = machine.env.UNROLLED_BROWSER;
  if (named) {
    if (machine.isRunnable(named)) return answer(machine, "UNROLLED_BROWSER", { executablePath: named });
    throw new Error(
      `UNROLLED_BROWSER names ${named}, which is not a program that can be run. Correct the path, or unset it and let npm test search.`,
    );
  }
  const skipped = (machine.env.UNROLLED_BROWSER_SKIP ?? "").split(",");
  const tried: string[] = [];
  for (const [name, step] of Object.entries(STEPS)) {
    if (skipped.includes(name)) {
      tried.push(`${name}: left out by UNROLLED_BROWSER_SKIP`);
      continue;
    }
    const found = await step(machine);
    if (typeof found !== "string") return found;
    tried.push(found);
  }
  throw new Error(notFound(tried));
}

/** Each step answers a browser, or what it tried in vain. */
const STEPS: Record<string, (machine: Machine) => Promise<Browser | string>> = {
  async playwright(machine) {
    if (machine.isRunnable(machine.playwrightPath())) return answer(machine, "Playwright's own Chromium");
    return "Playwright's own Chromium: not installed";
  },
  async system(machine) {
    const executablePath = systemPlaces(machine).find((file) => machine.isRunnable(file));
    if (executablePath) return answer(machine, "the system's browser", { executablePath });
    return `a system browser: none of ${NAMES.join(", ")} on PATH, nor in the usual places`;
  },
  async npm(machine) {
    if (machine.platform !== "linux" || machine.arch !== "x64")
      return `@sparticuz/chromium from npm: made for linux x64, this is ${machine.platform} ${machine.arch}`;
    try {
      return answer(machine, "@sparticuz/chromium from npm", await machine.packed());
    } catch (error) {
      return `@sparticuz/chromium from npm: ${firstLine(error)}`;
    }
  },
  async download(machine) {
    machine.log("No browser found; downloading Playwright's Chromium (about 180 MB)…");
    try {
      machine.download();
    } catch (error) {
      return `playwright install chromium: ${firstLine(error)}`;
    }
    if (machine.isRunnable(machine.playwrightPath()))
      return answer(machine, "Playwright's Chromium, just downloaded");
    return "playwright install chromium: ended well, but left no browser that runs";
  },
};

function answer(
  machine: Machine,
  source: string,
  found: Omit<Browser["launchOptions"], "args"> = {},
): Browser {
  // Chromium refuses to run as root with its process sandbox. The sandboxed frame's isolation is another
  // matter: never disable the feature IsolateSandboxedIframes here, the tests would not see the real walls.
  return { source, launchOptions: { ...found, args: machine.isRoot ? ["--no-sandbox"] : [] } };
}

function systemPlaces({ env, platform }: Machine): string[] {
  if (platform === "darwin") return MAC;
  if (platform === "win32")
    return [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => WINDOWS.map((file) => join(folder, file)));
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

const firstLine = (error: unknown): string => String((error as Error).message ?? error).split("\n", 1)[0]!;

const notFound = (tried: string[]): string =>
  [
    "The browser tests need a Chromium, and none was found. Tried:",
    ...tried.map((line) => `  - ${line}`),
    "Do one of these and run npm test again:",
    "  - install Chromium, Chrome or Edge (Debian, Ubuntu: sudo apt-get install chromium)",
    "  - npx playwright install --with-deps chromium",
    "  - name one that you have: UNROLLED_BROWSER=/path/to/chrome npm test",
  ].join("\n");

function thisMachine(): Machine {
  const isRoot = process.getuid?.() === 0;
  return {
    env: process.env,
    platform: process.platform,
    arch: process.arch,
    isRoot,
    isRunnable(file) {
      try {
        accessSync(file, constants.X_OK);
        return existsSync(file);
      } catch {
        return false;
      }
    },
    playwrightPath() {
      // required late: the config of Playwright loads this file, and its tests must not
      const { chromium } = createRequire(import.meta.url)(
        "@playwright/test",
      ) as typeof import("@playwright/test");
      return chromium.executablePath();
    },
    packed: packedBrowser,
    download() {
      // never --with-deps: as root it installs and upgrades system packages, which is not a test's to do
      const args = [programFile("@playwright/test", "playwright"), "install", "chromium"];
      const run = spawnSync(process.execPath, args, {
        encoding: "utf8",
        stdio: ["ignore", "inherit", "pipe"],
      });
      if (run.status === 0) return;
      const lines = run.stderr.split("\n");
      throw new Error(lines.find((line) => /error|failed/i.test(line))?.trim() ?? `exit code ${run.status}`);
    },
    log: (text) => console.error(text),
  };
}

if (process.argv[1] === import.meta.filename)
  console.log(await findBrowser().catch((error: Error) => error.message));
