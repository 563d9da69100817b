import { byFigure, joinFigure } from "./figures.ts";
import type { FigureRegistry } from "./output/figure-registry.ts";

/** Every figure of the course, for the build. */
export function allFigures(): FigureRegistry {
  const schemas = byFigure(import.meta.glob("../figures/*/schema.ts", { eager: true }));
  const views = byFigure(import.meta.glob("../figures/*/view.tsx", { eager: true }));
  return {
    get(name) {
      if (!Object.hasOwn(schemas, name) || !Object.hasOwn(views, name)) return undefined;
      return joinFigure(schemas[name], views[name]);
    },
  };
}
