import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
import { z } from "astro/zod";
import { references } from "#content/references.ts";

const key = z.enum(Object.keys(references) as [string, ...string[]]);

/** A lesson is a folder: content/lessons/05-char-lm/index.mdx is the lesson "char-lm", the fifth. */
const lessons = defineCollection({
  loader: glob({
    pattern: "[0-9][0-9]-*/index.mdx",
    base: "./content/lessons",
    generateId: ({ entry }) => entry.replace(/^\d+-/, "").replace(/\/index\.mdx$/, ""),
  }),
  schema: z.strictObject({
    title: z.string().min(3),
    summary: z.string().max(160),
    part: z.int().min(1).max(4),
    minutes: z.int().min(5).max(90),
    prerequisites: z.array(z.string()).default([]),
    objectives: z.array(z.string()).min(3).max(5),
    references: z.array(key).default([]),
    draft: z.boolean().default(false),
  }),
});

const reference = defineCollection({
  loader: glob({ pattern: "*.mdx", base: "./content/reference" }),
  schema: z.strictObject({ title: z.string(), summary: z.string().max(160), order: z.int() }),
});

export const collections = { lessons, reference };
