/**
 * A browser driven by its own protocol alone. Playwright gives up on a page as soon as one of its frames' processes dies,
 * which is what the test of memory must live through.
 */
import { chromium } from "@playwright/test";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "../tools/browser.ts";

interface Answer {
  id?: number;
  result?: unknown;
  error?: { message: string };
}

export interface RawPage {
  /** evaluates an expression in the page */
  evaluate<T>(expression: string): Promise<T>;
  /** presses a key, with Control held when asked */
  press(key: string, options?: { isControl?: boolean }): Promise<void>;
  type(text: string): Promise<void>;
  /** the browser's own process, whose children draw the page and run the cells */
  readonly process: number;
  close(): Promise<void>;
}

/** Opens one page with flags of the browser's own. */
export async function openRawPage(url: string, flags: string[]): Promise<RawPage> {
  const { launchOptions } = await findBrowser();
  const file = launchOptions.executablePath ?? chromium.executablePath();
  const profile = mkdtempSync(join(tmpdir(), "unrolled-browser-"));
  const fixed = [
    "--headless=new",
    "--no-first-run",
    "--remote-debugging-port=0",
    `--user-data-dir=${profile}`,
  ];
  const browser = spawn(file, [...launchOptions.args, ...fixed, ...flags, url], {
    env: { ...process.env, ...launchOptions.env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const { port } = new URL(await debuggerUrl(browser));
  const socket = new WebSocket(await pageTarget(port));
  await new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }));
  const send = commands(socket);
  return {
    ...page(send),
    process: browser.pid!,
    async close() {
      socket.close();
      const ended = new Promise((resolve) => browser.once("exit", resolve));
      browser.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

type Send = (method: string, params?: object) => Promise<unknown>;

/** The browser prints where it can be spoken to. */
function debuggerUrl(browser: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    browser.stderr!.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    browser.once("exit", () => reject(new Error(`The browser ended before it could be spoken to:\n${said}`)));
  });
}

async function pageTarget(port: string): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as {
      type: string;
      webSocketDebuggerUrl: string;
    }[];
    const found = targets.find(({ type }) => type === "page");
    if (found) return found.webSocketDebuggerUrl;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("The browser opened no page.");
}

function commands(socket: WebSocket): Send {
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  socket.addEventListener("message", ({ data }: MessageEvent<string>) => {
    const answer = JSON.parse(data) as Answer;
    if (answer.id === undefined) return;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  return (method, params = {}) =>
    new Promise((resolve, reject) => {
      const id = (last += 1);
      waiting.set(id, ({ error, result }) => (error ? reject(new Error(error.message)) : resolve(result)));
      socket.send(JSON.stringify({ id, method, params }));
    });
}

function page(send: Send): Omit<RawPage, "close" | "process"> {
  const codes: Record<string, number> = { Enter: 13, a: 65, ".": 190 };
  return {
    async evaluate<T>(expression: string) {
      const options = { expression, returnByValue: true, awaitPromise: true };
      const { result } = (await send("Runtime.evaluate", options)) as { result: { value: T } };
      return result.value;
    },
    async press(key, { isControl = false } = {}) {
      const event = {
        key,
        code: key.length === 1 && key !== "." ? `Key${key.toUpperCase()}` : key,
        windowsVirtualKeyCode: codes[key],
        modifiers: isControl ? 2 : 0,
        ...(key === "Enter" ? { text: "\r" } : {}),
      };
      await send("Input.dispatchKeyEvent", { type: "keyDown", ...event });
      await send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
    },
    async type(text) {
      await send("Input.insertText", { text });
    },
  };
}
