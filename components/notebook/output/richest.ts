import {
  type Bundle,
  CHECKS_MIME,
  type CheckResult,
  INPUT_MIME,
  type InputSpec,
  type InspectNode,
  SVG_MIME,
  TABLE_MIME,
  type TableData,
  type Tree,
  VALUE_MIME,
} from "#src/notebook/runtime/bundle.ts";

/** One part of a bundle, with what is needed to draw it. */
export type Part =
  | { kind: "input"; spec: InputSpec }
  | { kind: "checks"; results: CheckResult[] }
  | { kind: "figure"; name: string; data: unknown }
  | { kind: "svg"; tree: Tree }
  | { kind: "table"; table: TableData }
  | { kind: "latex"; tex: string }
  | { kind: "image"; base64: string }
  | { kind: "value"; node: InspectNode }
  | { kind: "text" };

const FIGURE_MIME = /^application\/vnd\.course\.([a-z][a-z0-9-]*)\+json$/;
const OTHER_PARTS = new Set<string>([INPUT_MIME, CHECKS_MIME, SVG_MIME, TABLE_MIME, VALUE_MIME]);

function figureOf(bundle: Bundle): { name: string; data: unknown } | undefined {
  for (const [mime, data] of Object.entries(bundle)) {
    const name = OTHER_PARTS.has(mime) ? undefined : FIGURE_MIME.exec(mime)?.[1];
    if (name) return { name, data };
  }
  return undefined;
}

/**
 * The part of a bundle that says most: controls and checks before figures, figures before drawings, drawings before
 * values, values before plain text. The shapes were checked where the bundle entered the page.
 */
export function richestPart(bundle: Bundle): Part {
  const spec = bundle[INPUT_MIME];
  if (spec) return { kind: "input", spec };
  const results = bundle[CHECKS_MIME];
  if (results) return { kind: "checks", results };
  const figure = figureOf(bundle);
  if (figure) return { kind: "figure", ...figure };
  const tree = bundle[SVG_MIME];
  if (tree !== undefined) return { kind: "svg", tree };
  const table = bundle[TABLE_MIME];
  if (table) return { kind: "table", table };
  const tex = bundle["text/latex"];
  if (tex !== undefined) return { kind: "latex", tex };
  const base64 = bundle["image/png"];
  if (base64 !== undefined) return { kind: "image", base64 };
  const node = bundle[VALUE_MIME];
  if (node) return { kind: "value", node };
  return { kind: "text" };
}
