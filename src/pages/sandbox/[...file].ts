import type { APIRoute, GetStaticPaths } from "astro";
import { useService } from "#src/notebook/prerender/lessons.ts";

/** The sandbox's parts as files, each with its content's hash in its name. The build writes them; types are the host's. */
export const getStaticPaths = (async () => {
  const files = await useService().files();
  return [...files.keys()].map((path) => ({ params: { file: path.replace(/^sandbox\//, "") } }));
}) satisfies GetStaticPaths;

export const GET: APIRoute = async ({ params }) => {
  const path = `sandbox/${params.file}`;
  const content = (await useService().files()).get(path);
  if (content === undefined) return new Response("There is no such part of the sandbox.", { status: 404 });
  return new Response(content);
};
