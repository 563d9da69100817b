import type { DocumentContext } from "./jsx.ts";

interface ProseNode {
  children: { type: string; value?: string }[];
}

const CLOSING = /^[.,;:!?]+/;

/**
 * Sets a formula together with the mark that ends its clause: a formula is one box to the browser, so the mark behind it
 * could begin a line of its own. Stands before `maths`, which sets the formulas.
 */
function joinPunctuation({ children }: ProseNode, context: DocumentContext) {
  children.forEach((child, k) => {
    const formula = children[k - 1];
    const mark = formula?.type === "inlineMath" && child.type === "text" && CLOSING.exec(child.value!)?.[0];
    if (!mark) return;
    context.setProperty(formula, "value", `${formula!.value}\\text{${mark}}`);
    context.setProperty(child, "value", child.value!.slice(mark.length));
  });
}

export const punctuation = { name: "punctuation", paragraph: joinPunctuation, tableCell: joinPunctuation };
