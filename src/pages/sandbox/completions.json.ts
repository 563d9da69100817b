import type { APIRoute } from "astro";
import { useService } from "#src/notebook/prerender/lessons.ts";

/** The library's types: what the editor offers behind `nn.` before anything has run. */
export const GET: APIRoute = async () =>
  new Response(await useService().completions(), { headers: { "Content-Type": "application/json" } });
