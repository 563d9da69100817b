import { getCollection } from "astro:content";
import { CURRICULUM, PARTS } from "#content/curriculum.ts";

/** A place on the course's map: a lesson that can be read, or one that is planned. */
export interface CoursePlace {
  /** "05-char-lm" */
  folder: string;
  /** "05" */
  number: string;
  /** "char-lm" */
  slug: string;
  part: number;
  title: string;
  /** these three are there when the lesson is written */
  summary?: string;
  minutes?: number;
  url?: string;
}

export interface CoursePart {
  title: string;
  places: CoursePlace[];
}

const LESSON_FILE = /lessons\/([^/]+)\/index\.mdx$/;

/** `content/lessons/05-char-lm/index.mdx` → `05-char-lm` */
export function folderOf({ filePath = "" }: { filePath?: string }): string {
  const folder = LESSON_FILE.exec(filePath)?.[1];
  if (!folder) throw new Error(`"${filePath}" is no lesson: a lesson is content/lessons/<folder>/index.mdx.`);
  return folder;
}

const placeOf = (folder: string, part: number, title: string): CoursePlace => ({
  folder,
  number: folder.slice(0, 2),
  slug: folder.replace(/^\d+-/, ""),
  part,
  title,
});

/** Every lesson in order: the plan, with what is written in its places, and written lessons that no plan names. */
export async function coursePlaces(base: string): Promise<CoursePlace[]> {
  const places = new Map(
    CURRICULUM.map((plan) => [plan.folder, placeOf(plan.folder, plan.part, plan.title)]),
  );
  for (const lesson of await getCollection("lessons", ({ data }) => !data.draft)) {
    const { part, title, summary, minutes } = lesson.data;
    const place = placeOf(folderOf(lesson), part, title);
    places.set(place.folder, { ...place, summary, minutes, url: `${base}lessons/${lesson.id}/` });
  }
  return [...places.values()].sort((a, b) => a.folder.localeCompare(b.folder));
}

/** The four parts with their lessons in order. */
export const partsOf = (places: CoursePlace[]): CoursePart[] =>
  PARTS.map((title, k) => ({ title, places: places.filter(({ part }) => part === k + 1) }));

/** The written lessons before and behind one. */
export function neighbours(
  places: CoursePlace[],
  folder: string,
): { before?: CoursePlace; after?: CoursePlace } {
  const written = places.filter(({ url }) => url);
  const at = written.findIndex((place) => place.folder === folder);
  return { before: written[at - 1], after: at < 0 ? undefined : written[at + 1] };
}
