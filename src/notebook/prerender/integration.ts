import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { provideService } from "./lessons.ts";
import { createNotebookService } from "./service.ts";

/** Runs the lessons before the pages are made, and lets the pages ask for their outputs. */
export function notebook(): AstroIntegration {
  return {
    name: "notebook",
    hooks: {
      "astro:config:setup": ({ config }) => provideService(createNotebookService(fileURLToPath(config.root))),
      "astro:build:start": async ({ logger }) => {
        const { useService } = await import("./lessons.ts");
        await useService().prerenderAll((text) => logger.info(text));
      },
      "astro:server:setup": ({ server }) => {
        server.watcher.on("change", (file) => {
          const isPart = /[/\\]content[/\\]lessons[/\\].*\.(ts|md|json)$/.test(file);
          if (isPart) server.ws.send({ type: "full-reload" });
        });
      },
    },
  };
}
