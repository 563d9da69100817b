import { defineConfig } from "vitest/config";

/** What `npm test` runs as "lesson tests": every cell, exercise and link of the course. */
const lessons = ["src/mdx/lessons.test.ts", "src/mdx/links.test.ts", "content/**/*.test.ts"];

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{src,components,tools}/**/*.test.{ts,tsx}"],
          exclude: ["**/node_modules/**", ...lessons],
          testTimeout: 15_000,
        },
      },
      {
        extends: true,
        test: { name: "lessons", include: lessons, testTimeout: 120_000, hookTimeout: 120_000 },
      },
    ],
  },
});
