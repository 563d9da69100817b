import type { APIRoute } from "astro";
import { bibtexOf } from "#components/site/bibtex.ts";
import { references } from "#content/references.ts";

/** Every source of the course, to be taken into a bibliography. */
export const GET: APIRoute = () => {
  const entries = Object.entries(references).map(([key, source]) => bibtexOf(key, source));
  return new Response(entries.join("\n"), {
    headers: { "Content-Type": "application/x-bibtex; charset=utf-8" },
  });
};
