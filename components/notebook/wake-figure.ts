import { h, hydrate } from "preact";
import { figureFiles, joinFigure } from "./figures.ts";

/** Gives a figure that the build drew its component, with the data that it carries. It looks the same before and after. */
export async function wakeFigure(root: Element): Promise<void> {
  const name = root.getAttribute("data-figure") ?? "";
  const { schemas, views } = figureFiles();
  const schema = schemas[name];
  const view = views[name];
  if (!schema || !view) throw new Error(`There is no figure named "${name}".`);
  const figure = joinFigure(await schema(), await view());
  const data = figure.schema.safeParse(JSON.parse(root.getAttribute("data-figure-data") ?? "null"));
  if (!data.success) throw new Error(`The figure "${name}" cannot read the data that it carries.`);
  root.removeAttribute("data-figure-data");
  const id = root.parentElement?.getAttribute("aria-describedby")?.replace(/description$/, "") ?? "";
  hydrate(
    h(() => figure.View({ data: data.data, id }), {}),
    root,
  );
}
