/** A page in a real browser with one worker for each peer, each with memory of its own. */
import { chromium, type Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { findBrowser } from "../../tools/browser.ts";
import { ROOT } from "../../tools/program.ts";

declare global {
  interface Window {
    /** of the bench's page, by the peer's name */
    benchWorkers?: Record<string, Worker>;
  }
}

/** Each peer has a worker of its own in the page, so that one's memory is not the other's. */
export function ask(page: Page, worker: string, message: object): Promise<unknown> {
  return page.evaluate(
    ([name, data]) =>
      new Promise((resolve, reject) => {
        const workers = (window.benchWorkers ??= {});
        const peer = (workers[name] ??= new Worker("/worker.js"));
        peer.onmessage = ({ data: answer }) =>
          answer.error ? reject(new Error(answer.error)) : resolve(answer.value);
        peer.postMessage(data);
      }),
    [worker, message] as const,
  );
}

export async function openBrowser(worker: string) {
  const wasm = join(ROOT, "node_modules/@tensorflow/tfjs-backend-wasm/dist");
  const server = createServer(({ url = "/" }, answer) => {
    if (url === "/")
      return answer.setHeader("content-type", "text/html").end("<!doctype html><title>bench</title>");
    if (url === "/worker.js") return answer.setHeader("content-type", "text/javascript").end(worker);
    if (!/^\/[\w.-]+\.wasm$/.test(url)) return answer.writeHead(404).end();
    return answer.setHeader("content-type", "application/wasm").end(readFileSync(join(wasm, url)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { launchOptions } = await findBrowser();
  const browser = await chromium.launch(launchOptions);
  const page = await browser.newPage();
  const { port } = server.address() as { port: number };
  await page.goto(`http://127.0.0.1:${port}/`);
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { page, close };
}
