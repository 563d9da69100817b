import { expect, test } from "vitest";
import type { RuntimeMessage } from "../runtime/message.ts";
import { createSupplies } from "./supplies.ts";

const manifest = {
  frame: "sandbox/frame.html",
  runtime: "sandbox/runtime.js",
  libraries: { tf: { url: "sandbox/tf.js", needs: [] }, plot: { url: "sandbox/plot.js", needs: [] } },
  names: {},
  data: { "moby-dick": "sandbox/moby.txt" },
};

/** A server with these files; everything else is 404. */
function serve(files: Record<string, string>) {
  const asked: string[] = [];
  const supplies = createSupplies({
    manifest,
    base: "/course/",
    fetch: async (url) => {
      asked.push(url);
      if (files[url] === "offline") throw new TypeError("Failed to fetch");
      return url in files ? new Response(files[url]) : new Response("", { status: 404 });
    },
  });
  return { supplies, asked };
}
const need = (kind: "library" | "data", name: string) =>
  ({ type: "need", request: 7, kind, name }) satisfies Extract<RuntimeMessage, { type: "need" }>;

test("libraries come as code and data as bytes, from under the base path", async () => {
  const { supplies, asked } = serve({ "/course/sandbox/tf.js": "tf()", "/course/sandbox/moby.txt": "Call" });
  expect(await supplies.answer(need("library", "tf"))).toEqual({ type: "supply", request: 7, code: "tf()" });
  const { bytes } = await supplies.answer(need("data", "moby-dick"));
  expect(new TextDecoder().decode(bytes)).toBe("Call");
  expect(asked).toEqual(["/course/sandbox/tf.js", "/course/sandbox/moby.txt"]);
  expect(supplies.frameUrl).toBe("/course/sandbox/frame.html");
});

test("a name outside the manifest is refused and nothing is fetched", async () => {
  const { supplies, asked } = serve({});
  const error = (kind: "library" | "data", name: string) =>
    supplies.answer(need(kind, name)).then((supply) => supply.error);
  expect(await error("library", "lodash")).toBe(
    'This course has no library named "lodash". It has: plot, tf.',
  );
  expect(await error("data", "../../secret")).toBe(
    'This course has no data file named "../../secret". It has: moby-dick.',
  );
  expect(await error("library", "__proto__")).toMatch('no library named "__proto__"');
  expect(await error("data", "toString")).toMatch('no data file named "toString"');
  expect(asked).toEqual([]);
});

test("a file is fetched once, but a failure is tried again", async () => {
  const files: Record<string, string> = {};
  const { supplies, asked } = serve(files);
  expect((await supplies.answer(need("library", "tf"))).error).toBe(
    'The library "tf" could not be loaded: the server answered 404 for /course/sandbox/tf.js. ' +
      "Check the connection, then run again.",
  );
  files["/course/sandbox/tf.js"] = "tf()";
  await supplies.answer(need("library", "tf"));
  await supplies.answer(need("library", "tf"));
  expect(asked).toHaveLength(2);
});

test("without a network the error says so", async () => {
  const { supplies } = serve({ "/course/sandbox/runtime.js": "offline" });
  await expect(supplies.runtime()).rejects.toThrow(
    "The program that runs the cells could not be loaded: the network gave no answer for " +
      "/course/sandbox/runtime.js. Check the connection, then run again.",
  );
});
