import { block, type DocumentContext, lessonOf, placeOf, type Positioned } from "./jsx.ts";

interface CodeNode extends Positioned {
  lang?: string | null;
  meta?: string | null;
  value: string;
}
interface ElementNode extends Positioned {
  type: string;
  name: string | null;
  attributes: { type: string; name?: string; value?: unknown }[];
}

/** Fences that run become <Cell> and <Exercise>; <V of="loss"/> learns which lesson it stands in. */
export const lessonParts = () => {
  const withLesson = (node: ElementNode, context: DocumentContext) => {
    const lesson = lessonOf(context);
    if (node.name !== "V" || !lesson) return undefined;
    if (node.attributes.some((attribute) => attribute.name === "lesson")) return undefined;
    const own = { type: "mdxJsxAttribute", name: "lesson", value: lesson };
    return { type: node.type, name: node.name, attributes: [...node.attributes, own], children: [] };
  };
  return {
    name: "lesson-parts",
    options: { position: true },
    code(node: CodeNode, context: DocumentContext) {
      const kind = /^(cell|exercise)\b/.exec(node.meta ?? "")?.[1];
      const lesson = lessonOf(context);
      if (!kind) return undefined;
      if (!lesson) throw new Error(`${placeOf(context, node)}: cells run in lessons only.`);
      const id = /(?:^|\s)id=([\w-]+)/.exec(node.meta ?? "")?.[1];
      if (!id || node.lang !== "ts")
        throw new Error(
          `${placeOf(context, node)}: a fence that runs begins with \`\`\`ts ${kind} id=some-name.`,
        );
      return block(kind === "cell" ? "Cell" : "Exercise", { lesson, id });
    },
    mdxJsxFlowElement: withLesson,
    mdxJsxTextElement: withLesson,
  };
};
