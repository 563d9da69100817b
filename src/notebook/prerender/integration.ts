import { fileURLToPath } from "node:url";
import type { AstroIntegration, HookParameters } from "astro";
import { provideService, useService } from "./lessons.ts";
import { createNotebookService } from "./service.ts";

type DevServer = HookParameters<"astro:server:setup">["server"];

/** Runs the lessons before the pages are made, and lets the pages ask for their outputs. */
export function notebook(): AstroIntegration {
  return {
    name: "notebook",
    hooks: {
      "astro:config:setup": ({ config }) => provideService(createNotebookService(fileURLToPath(config.root))),
      "astro:build:start": ({ logger }) => useService().prerenderAll((text) => logger.info(text)),
      "astro:server:setup": ({ server }) => {
        serveSandbox(server);
        reloadOnChange(server);
      },
    },
  };
}

/** The dev server wants a slash behind every route, which no script's address has: the sandbox is served before it. */
function serveSandbox(server: DevServer): void {
  server.middlewares.use((request, response, next) => {
    const path = /\/(sandbox\/[^?]+)/.exec(request.url ?? "")?.[1];
    if (!path) return next();
    const isTable = path === "sandbox/completions.json";
    const content = isTable
      ? useService().completions()
      : useService()
          .files()
          .then((files) => files.get(path));
    content.then((text) => {
      if (text === undefined) return next();
      response.setHeader("Content-Type", contentType(path));
      response.end(text);
    }, next);
  });
}

const TYPES: Record<string, string> = {
  html: "text/html",
  js: "text/javascript",
  json: "application/json",
};

const contentType = (path: string): string =>
  `${TYPES[path.split(".").at(-1)!] ?? "text/plain"}; charset=utf-8`;

/** Lessons' text reloads by itself; the files beside it are ours to watch. */
function reloadOnChange(server: DevServer): void {
  server.watcher.on("change", (file) => {
    const isPart = /[/\\]content[/\\]lessons[/\\].*\.(ts|md|json)$/.test(file);
    if (isPart) server.ws.send({ type: "full-reload" });
  });
}
