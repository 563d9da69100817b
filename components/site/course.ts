import { getCollection } from "astro:content";
import { CURRICULUM, PARTS } from "./curriculum.ts";

/** A place on the course's map: a lesson that can be read, or one that is planned. */
export interface CoursePlace {
  number: string;
  title: string;
  summary?: string;
  minutes?: number;
  url?: string;
  folder: string;
}

export interface CoursePart {
  title: string;
  places: CoursePlace[];
}

/** The four parts with their lessons in order. */
export async function courseMap(base: string): Promise<CoursePart[]> {
  const lessons = await getCollection("lessons", ({ data }) => !data.draft);
  return PARTS.map((title, k) => ({
    title,
    places: CURRICULUM.filter(({ part }) => part === k + 1).map(({ folder, title: planned }) => {
      const id = folder.replace(/^\d+-/, "");
      const data = lessons.find((lesson) => lesson.id === id)?.data;
      const place = { number: folder.slice(0, 2), title: data?.title ?? planned, folder };
      return data
        ? { ...place, summary: data.summary, minutes: data.minutes, url: `${base}lessons/${id}/` }
        : place;
    }),
  }));
}
