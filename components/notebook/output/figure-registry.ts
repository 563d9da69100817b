import type { ComponentChild } from "preact";

/** What the page needs of a figure; `components/figures/<name>/` exports one of these. */
export interface FigureModule {
  schema: { safeParse(data: unknown): { success: boolean; data?: unknown; error?: unknown } };
  View: (props: { data: unknown; id: string }) => ComponentChild;
  /** the figure in a sentence or two, for readers who do not see it */
  describe(data: unknown): string;
}

/** At build all figures, in the page those that have been loaded. */
export interface FigureRegistry {
  get(name: string): FigureModule | undefined;
}
