import { satteri } from "@astrojs/markdown-satteri";
import mdx from "@astrojs/mdx";
import { defineConfig } from "astro/config";
import { lessonParts } from "./src/mdx/lesson-parts.ts";
import { maths } from "./src/mdx/maths.ts";
import { punctuation } from "./src/mdx/punctuation.ts";
import { citations } from "./src/mdx/citations.ts";
import { notebook } from "./src/notebook/prerender/integration.ts";
import { basePath } from "./tools/base-path.ts";
import { woff2Only } from "./tools/woff2-only.ts";

export default defineConfig({
  site: process.env.SITE_URL ?? "https://unrolled.example",
  base: basePath(),
  trailingSlash: "always",
  devToolbar: { enabled: false },
  prefetch: false,
  server: { port: 4321 },
  markdown: {
    syntaxHighlight: false,
    processor: satteri({
      features: { math: true },
      mdastPlugins: [lessonParts, punctuation, maths, citations],
    }),
  },
  integrations: [mdx(), notebook()],
  security: {
    csp: {
      directives: [
        "default-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "worker-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
      ],
      scriptDirective: { resources: ["'self'"] },
      styleDirective: {
        // KaTeX and charts carry style attributes; style elements come from our own files only
        resources: [
          { resource: "'self'", kind: "element" },
          { resource: "'unsafe-inline'", kind: "attribute" },
        ],
      },
    },
  },
  vite: {
    plugins: [woff2Only()],
    build: { assetsInlineLimit: 0, rolldownOptions: { checks: { moduleLevelDirective: false } } },
  },
});
