import katex from "katex";
import { block, type DocumentContext, inline, lessonOf, placeOf, type Positioned } from "./jsx.ts";
import { katexOptions } from "./macros.ts";

interface MathNode extends Positioned {
  value: string;
}
interface LinkNode extends Positioned {
  url: string;
  children: unknown[];
}
interface HeadingNode extends Positioned {
  children: { type: string }[];
}
/**
 * `$…$` and `$$…$$` become KaTeX's HTML and MathML. `\label{eq:x}` numbers an equation "7.2" by lesson, and the link
 * `[](#eq:x)` behind it prints "(7.2)". A factory: each document counts for itself.
 */
export const maths = () => {
  const numbers = new Map<string, string>();
  const options = katexOptions();
  const render = (node: MathNode, tex: string, displayMode: boolean, context: DocumentContext) => {
    try {
      return katex.renderToString(tex, { ...options, displayMode });
    } catch (error) {
      throw new Error(`${placeOf(context, node)}: this formula cannot be set: ${(error as Error).message}`);
    }
  };
  const numbered = (node: MathNode, context: DocumentContext) => {
    const label = /\\label\{(eq:[\w:-]+)\}/.exec(node.value);
    if (!label) return { tex: node.value };
    const [command, id] = label as unknown as [string, string];
    if (numbers.has(id)) throw new Error(`${placeOf(context, node)}: the label ${id} is used twice.`);
    const lesson = Number(/^(\d+)-/.exec(lessonOf(context) ?? "")?.[1] ?? 0);
    const number = `${lesson ? `${lesson}.` : ""}${numbers.size + 1}`;
    numbers.set(id, number);
    return { id, tex: `${node.value.replace(command, "").trim()}\\tag{${number}}` };
  };
  return {
    name: "maths",
    options: { position: true },
    math(node: MathNode, context: DocumentContext) {
      const { id, tex } = numbered(node, context);
      const html = render(node, tex, true, context);
      const scroller = { class: "equation", tabindex: "0", role: "group", "aria-label": "Equation" };
      return block("div", { ...scroller, ...(id ? { id } : {}), "set:html": html });
    },
    inlineMath(node: MathNode, context: DocumentContext) {
      return inline("span", { class: "formula", "set:html": render(node, node.value, false, context) });
    },
    heading(node: HeadingNode, context: DocumentContext) {
      if (node.children.some((child) => child.type === "inlineMath"))
        throw new Error(
          `${placeOf(context, node)}: a heading has no formula, because it would vanish from the contents list. Write it in words.`,
        );
    },
    link(node: LinkNode, context: DocumentContext) {
      if (!node.url.startsWith("#eq:") || node.children.length) return;
      const number = numbers.get(node.url.slice(1));
      if (!number)
        throw new Error(
          `${placeOf(context, node)}: no equation above this line has the label ${node.url.slice(1)}.`,
        );
      context.setProperty(node, "children", [{ type: "text", value: `(${number})` }]);
    },
  };
};
