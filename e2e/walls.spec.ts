import { expect, expectCellState, test } from "./helpers.ts";
import { edit, LESSON_07, output } from "./lesson-page.ts";

/** Each way out that a cell may try, and what the reader is told. */
const ATTEMPTS: [name: string, source: string, message: RegExp][] = [
  ["fetch", "await fetch('/leak')", /fetch is not available in cells: .*cannot reach the network/],
  ["XMLHttpRequest", "new XMLHttpRequest()", /XMLHttpRequest is not available in cells/],
  ["WebSocket", "new WebSocket('ws://127.0.0.1:1/leak')", /WebSocket is not available in cells/],
  ["indexedDB", "indexedDB.open('x')", /indexedDB is not available in cells: .*cannot store/],
  [
    "localStorage",
    "localStorage.setItem('a', 'b')",
    /localStorage is not available in cells: .*cannot store/,
  ],
  ["parent", "parent.document.title", /parent is not available in cells: .*apart from the page/],
  ["top", "top.location.href = '/leak'", /top is not available in cells/],
  ["document", "document.cookie", /document is not available in cells/],
  ["nested worker", "new Worker('data:,')", /Worker is not available in cells/],
  ["importScripts", "importScripts('/leak.js')", /importScripts is not available in cells/],
];

test("a cell that tries to leave its walls is refused in words, and nothing leaves", async ({
  page,
  complaints,
}) => {
  complaints.allow(/Content Security Policy|Refused to/);
  await page.goto(LESSON_07);
  const requests: string[] = [];
  page.on("request", (request) => void (/leak/.test(request.url()) && requests.push(request.url())));
  for (const [name, source, message] of ATTEMPTS) {
    await edit(page, "jacobian-powers", source);
    await page.keyboard.press("ControlOrMeta+Enter");
    await expectCellState(page, "jacobian-powers", "error");
    await expect(output(page, "jacobian-powers"), name).toContainText(message);
    await edit(page, "jacobian-powers", "'next'");
    await page.keyboard.press("ControlOrMeta+Enter");
    await expectCellState(page, "jacobian-powers", "done");
  }
  expect(requests).toEqual([]);
});

test("the policy holds also against what the walls' words do not name", async ({ page, complaints }) => {
  complaints.allow(/Content Security Policy|Refused to|net::ERR|Failed to/);
  await page.goto(LESSON_07);
  const requests: string[] = [];
  page.on("request", (request) => void (/leak/.test(request.url()) && requests.push(request.url())));
  const dig = `
    const realm = Function("return this")
    const made = await (async () => { try { return await import("data:text/javascript,export default fetch('/leak')") } catch (e) { return "refused" } })()
    made`;
  await edit(page, "jacobian-powers", dig);
  await page.keyboard.press("ControlOrMeta+Enter");
  await expectCellState(page, "jacobian-powers", "error");
  expect(requests).toEqual([]);
});
