import { references } from "#content/references.ts";
import { type DocumentContext, inline, lessonOf, placeOf, type Positioned } from "./jsx.ts";

interface LinkNode extends Positioned {
  url: string;
  children: unknown[];
}

/**
 * `[](@hochreiter1997)` prints "Hochreiter & Schmidhuber 1997", `[their paper](@hochreiter1997)` its own words. Both lead to
 * the lesson's list of references, or from other pages to the course's.
 */
export const citations = () => ({
  name: "citations",
  options: { position: true },
  link(node: LinkNode, context: DocumentContext) {
    if (!node.url.startsWith("@")) return undefined;
    const of = node.url.slice(1);
    if (!Object.hasOwn(references, of))
      throw new Error(
        `${placeOf(context, node)}: content/references.ts has no "${of}". It has ${Object.keys(references).join(", ")}.`,
      );
    const citation = inline("Citation", { of, ...(lessonOf(context) ? { listed: "here" } : {}) });
    return { ...citation, children: node.children };
  },
});
