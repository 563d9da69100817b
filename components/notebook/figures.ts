import type { FigureModule, FigureRegistry } from "./output/figure-registry.ts";

/** A figure's two files, by the figure's name: the data it draws, and its drawing. */
export interface FigureFiles {
  schemas: Record<string, () => Promise<unknown>>;
  views: Record<string, () => Promise<unknown>>;
}

/** `../figures/beam-tree/view.tsx` → `beam-tree` */
export const figureName = (path: string): string => path.split("/").at(-2) ?? path;

export const byFigure = <T>(files: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(files).map(([path, file]) => [figureName(path), file]));

export const figureFiles = (): FigureFiles => ({
  schemas: byFigure(import.meta.glob("../figures/*/schema.ts")),
  views: byFigure(import.meta.glob("../figures/*/view.tsx")),
});

/** `schema.ts` exports schema and describe, `view.tsx` exports View. */
export const joinFigure = (schema: unknown, view: unknown): FigureModule => ({
  ...(schema as Pick<FigureModule, "schema" | "describe">),
  ...(view as Pick<FigureModule, "View">),
});

/** A stand-in while a figure is on its way: what the runtime sent is not judged yet, and nothing is drawn. */
const LOADING: FigureModule = {
  schema: { safeParse: (data) => ({ success: true, data }) },
  View: () => null,
  describe: () => "",
};

/** The page's figures: asking for one loads it, and `onLoaded` says when to draw again. */
export function createFigures(files: FigureFiles, onLoaded: (name: string) => void): FigureRegistry {
  const known = new Map<string, FigureModule | undefined>();
  return {
    get(name) {
      if (known.has(name)) return known.get(name);
      const schema = Object.hasOwn(files.schemas, name) && files.schemas[name];
      const view = Object.hasOwn(files.views, name) && files.views[name];
      if (!schema || !view) return undefined;
      known.set(name, LOADING);
      Promise.all([schema(), view()]).then(
        ([data, drawing]) => {
          known.set(name, joinFigure(data, drawing));
          onLoaded(name);
        },
        () => {
          // the text stands in its place, and the next run tries again
          known.set(name, undefined);
          onLoaded(name);
          known.delete(name);
        },
      );
      return LOADING;
    },
  };
}
