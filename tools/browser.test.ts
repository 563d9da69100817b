import { describe, expect, test } from "vitest";
import { findBrowser, type Machine } from "./browser.ts";

/** A machine with nothing; `has` are its programs. */
function machine(has: string[], changes: Partial<Machine> = {}): Machine {
  return {
    env: { PATH: "/usr/local/bin:/usr/bin" },
    platform: "linux",
    arch: "x64",
    isRoot: false,
    isRunnable: (file) => has.includes(file),
    playwrightPath: () => "/cache/playwright/chrome",
    packed: () => Promise.reject(new Error("bin folder is missing\n    at somewhere")),
    download: () => {
      throw new Error("getaddrinfo ENOTFOUND cdn.playwright.dev");
    },
    log: () => {},
    ...changes,
  };
}
const EVERYTHING = ["/my/chrome", "/cache/playwright/chrome", "/usr/bin/chromium"];
const packed = () =>
  Promise.resolve({ executablePath: "/cache/packed", env: { LD_LIBRARY_PATH: "/cache/lib" } });

describe("finding a browser", () => {
  test("the one that UNROLLED_BROWSER names comes first", async () => {
    const found = await findBrowser(machine(EVERYTHING, { env: { UNROLLED_BROWSER: "/my/chrome" } }));
    expect(found).toEqual({
      source: "UNROLLED_BROWSER",
      launchOptions: { executablePath: "/my/chrome", args: [] },
    });
  });

  test("a wrong UNROLLED_BROWSER is an error, not a reason to search on", async () => {
    await expect(
      findBrowser(machine(EVERYTHING, { env: { UNROLLED_BROWSER: "/not/here" } })),
    ).rejects.toThrow(
      "UNROLLED_BROWSER names /not/here, which is not a program that can be run. Correct the path, or unset it and let npm test search.",
    );
  });

  test("then Playwright's own, which needs no path", async () => {
    expect(await findBrowser(machine(EVERYTHING))).toEqual({
      source: "Playwright's own Chromium",
      launchOptions: { args: [] },
    });
  });

  test("then the system's, a Chromium before a Chrome", async () => {
    const found = await findBrowser(machine(["/usr/local/bin/google-chrome", "/usr/bin/chromium"]));
    expect(found.launchOptions.executablePath).toBe("/usr/bin/chromium");
  });

  test("on a Mac and on Windows the usual places are looked at", async () => {
    const mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    expect((await findBrowser(machine([mac], { platform: "darwin" }))).launchOptions.executablePath).toBe(
      mac,
    );
    const edge = "/programs/Microsoft/Edge/Application/msedge.exe";
    const windows = machine([edge], { platform: "win32", env: { PROGRAMFILES: "/programs" } });
    expect((await findBrowser(windows)).launchOptions.executablePath).toBe(edge);
  });

  test("then the one packed in npm, with the libraries that it needs", async () => {
    const found = await findBrowser(machine([], { packed }));
    expect(found.source).toBe("@sparticuz/chromium from npm");
    expect(found.launchOptions).toEqual({
      executablePath: "/cache/packed",
      env: { LD_LIBRARY_PATH: "/cache/lib" },
      args: [],
    });
  });

  test("then a download", async () => {
    const has: string[] = [];
    const download = () => void has.push("/cache/playwright/chrome");
    const found = await findBrowser(machine(has, { download, arch: "arm64", packed }));
    expect(found.source).toBe("Playwright's Chromium, just downloaded");
  });

  test("root gets --no-sandbox, and nobody loses the isolation of sandboxed frames", async () => {
    for (const isRoot of [true, false]) {
      const { args } = (await findBrowser(machine(EVERYTHING, { isRoot }))).launchOptions;
      expect(args).toEqual(isRoot ? ["--no-sandbox"] : []);
    }
  });

  test("steps can be left out", async () => {
    const env = { PATH: "/usr/bin", UNROLLED_BROWSER_SKIP: "playwright,system" };
    expect((await findBrowser(machine(EVERYTHING, { env, packed }))).source).toBe(
      "@sparticuz/chromium from npm",
    );
  });

  test("no browser at all: the error lists what was tried and the remedies", async () => {
    const env = { PATH: "/usr/bin", UNROLLED_BROWSER_SKIP: "playwright" };
    await expect(findBrowser(machine([], { env }))).rejects.toThrow(
      [
        "The browser tests need a Chromium, and none was found. Tried:",
        "  - playwright: left out by UNROLLED_BROWSER_SKIP",
        "  - a system browser: none of chromium, chromium-browser, google-chrome-stable, google-chrome, microsoft-edge-stable, microsoft-edge on PATH, nor in the usual places",
        "  - @sparticuz/chromium from npm: bin folder is missing",
        "  - playwright install chromium: getaddrinfo ENOTFOUND cdn.playwright.dev",
        "Do one of these and run npm test again:",
        "  - install Chromium, Chrome or Edge (Debian, Ubuntu: sudo apt-get install chromium)",
        "  - npx playwright install --with-deps chromium",
        "  - name one that you have: UNROLLED_BROWSER=/path/to/chrome npm test",
      ].join("\n"),
    );
  });
});
