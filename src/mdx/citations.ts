import { references } from "#content/references.ts";
import { type DocumentContext, placeOf, type Positioned } from "./jsx.ts";

interface LinkNode extends Positioned {
  url: string;
  children: { type: string; value?: string }[];
}

/** `[](@hochreiter1997)` prints "Hochreiter & Schmidhuber 1997" and leads to the lesson's list of references. */
export const citations = () => ({
  name: "citations",
  options: { position: true },
  link(node: LinkNode, context: DocumentContext) {
    if (!node.url.startsWith("@")) return;
    const key = node.url.slice(1);
    const known = Object.hasOwn(references, key);
    if (!known)
      throw new Error(
        `${placeOf(context, node)}: content/references.ts has no "${key}". It has ${Object.keys(references).join(", ")}.`,
      );
    context.setProperty(node, "url", `#ref-${key}`);
    if (node.children.length === 0)
      context.setProperty(node, "children", [
        { type: "text", value: shortCitation(key as keyof typeof references) },
      ]);
  },
});

/** One or two surnames, or the first "and others", with the year. */
export function shortCitation(key: keyof typeof references): string {
  const { authors, year } = references[key];
  const names = authors.split(", ").map((author) => author.replace(/^(?:[A-Z]\.[ -]?)+/, ""));
  const who = names.length > 2 ? `${names[0]} and others` : names.join(" & ");
  return `${who} ${year}`;
}
