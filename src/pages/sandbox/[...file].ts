import type { APIRoute, GetStaticPaths } from "astro";
import { useService } from "#src/notebook/prerender/lessons.ts";

/** The sandbox's parts as files, each with its content's hash in its name. */
export const getStaticPaths = (async () => {
  const files = await useService().files();
  return [...files.keys()].map((path) => ({ params: { file: path.replace(/^sandbox\//, "") } }));
}) satisfies GetStaticPaths;

const TYPES: Record<string, string> = { html: "text/html", js: "text/javascript", txt: "text/plain" };

export const GET: APIRoute = async ({ params }) => {
  const path = `sandbox/${params.file}`;
  const content = (await useService().files()).get(path);
  if (content === undefined) return new Response("There is no such part of the sandbox.", { status: 404 });
  const type = TYPES[path.split(".").at(-1)!] ?? "text/plain";
  return new Response(content, { headers: { "Content-Type": `${type}; charset=utf-8` } });
};
