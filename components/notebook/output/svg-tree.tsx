import { useMemo } from "preact/hooks";
import type { Tree } from "#src/notebook/runtime/bundle.ts";
import { MAX_NODES, buildDrawing } from "./build-drawing.ts";

export interface SvgTreeProps {
  tree: Tree;
  /** stands before every id of the drawing (see `outputId`) */
  prefix: string;
  /** what the drawing shows, when it does not say so itself */
  description: string;
}

/** A drawing of a cell: a chart with its legend, in a box that scrolls when it is wider than the column. */
export function SvgTree({ tree, prefix, description }: SvgTreeProps) {
  const drawing = useMemo(() => buildDrawing(tree, prefix, description), [tree, prefix, description]);
  return (
    <div class="output-drawing">
      {drawing.content}
      {drawing.isCut && (
        <p class="output-note">
          This drawing has more than {MAX_NODES.toLocaleString("en-US")} elements, or nests too deeply: the
          rest is left out. Draw fewer points.
        </p>
      )}
    </div>
  );
}
