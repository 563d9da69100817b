import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { basePath } from "./base-path.ts";
import { findFile, listen, listenFrom, siteHandler } from "./serve.ts";

let parent: string;
let root: string;
const closers: (() => void)[] = [];

beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "serve-"));
  root = join(parent, "dist");
  mkdirSync(join(root, "lessons/05-char-lm"), { recursive: true });
  mkdirSync(join(root, "empty"));
  writeFileSync(join(parent, "secret.txt"), "secret");
  writeFileSync(join(root, "index.html"), "front page");
  writeFileSync(join(root, "404.html"), "no such page");
  writeFileSync(join(root, "lessons/05-char-lm/index.html"), "lesson");
  writeFileSync(join(root, "a file.wasm"), "wasm");
});
afterAll(() => {
  for (const close of closers) close();
  rmSync(parent, { recursive: true });
});

async function start(base: string): Promise<string> {
  const servers = await listen(siteHandler(root, base), 0, ["127.0.0.1"]);
  closers.push(() => servers.forEach((server) => server.close()));
  return `http://127.0.0.1:${(servers[0]!.address() as AddressInfo).port}`;
}

describe("serving the built site", () => {
  test("the front page, a lesson and a file come with their types", async () => {
    const origin = await start("/");
    const page = await fetch(`${origin}/`);
    expect([page.status, page.headers.get("content-type"), await page.text()]).toEqual([
      200,
      "text/html; charset=utf-8",
      "front page",
    ]);
    expect(await (await fetch(`${origin}/lessons/05-char-lm/?from=map`)).text()).toBe("lesson");
    expect((await fetch(`${origin}/a%20file.wasm`)).headers.get("content-type")).toBe("application/wasm");
    expect((await fetch(`${origin}/`, { method: "HEAD" })).headers.get("content-length")).toBe("10");
    expect((await fetch(`${origin}/`, { method: "POST" })).status).toBe(405);
  });

  test("a page that is not there is the 404 page", async () => {
    const origin = await start("/");
    for (const path of ["/nowhere", "/empty/", "/a%20file.wasm/"]) {
      const response = await fetch(origin + path);
      expect([path, response.status, await response.text()]).toEqual([path, 404, "no such page"]);
    }
  });

  test("under a base path everything lives below it", async () => {
    const origin = await start("/course/");
    expect(await (await fetch(`${origin}/course/lessons/05-char-lm`)).text()).toBe("lesson");
    expect((await fetch(`${origin}/course`)).url).toBe(`${origin}/course/`);
    const outside = await fetch(`${origin}/lessons/05-char-lm/`);
    expect([outside.status, await outside.text()]).toEqual([404, "Not found. The site is at /course/"]);
  });

  test("nothing above the folder can be read", async () => {
    const attacks = [
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/..%2fsecret.txt",
      "/lessons/..%5c..%5csecret.txt",
    ];
    for (const path of [...attacks, "/%00", "/%E0%A4%A"])
      expect([path, findFile(root, "/", path)]).toEqual([path, { status: 400 }]);
    const origin = new URL(await start("/"));
    const status = await new Promise((done) => {
      request({ host: origin.hostname, port: origin.port, path: "/../secret.txt" }, (response) => {
        response.resume();
        done(response.statusCode);
      }).end();
    });
    expect(status).toBe(400);
  });

  test("a redirect never leaves the site", () => {
    expect(findFile(root, "/", "//lessons/05-char-lm")).not.toMatchObject({
      location: expect.stringMatching(/^\/\//),
    });
    expect(findFile(root, "/", "/lessons/05-char-lm?a=1")).toEqual({
      status: 301,
      location: "/lessons/05-char-lm/?a=1",
    });
  });

  test("a taken port leads to the next free one", async () => {
    const port = Number(new URL(await start("/")).port);
    expect(await listenFrom(siteHandler(root), port, ["127.0.0.1"])).toBeGreaterThan(port);
  });

  test.each([
    ["", "/"],
    ["/", "/"],
    ["course", "/course/"],
    ["/a/b", "/a/b/"],
    ["//course//", "/course/"],
  ])("the base path %j is %j", (given, base) => expect(basePath(given)).toBe(base));
});
