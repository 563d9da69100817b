/** Nodes that plugins put into a document's tree in the place of Markdown. */
export interface JsxNode {
  type: "mdxJsxFlowElement" | "mdxJsxTextElement";
  name: string;
  attributes: { type: "mdxJsxAttribute"; name: string; value: string }[];
  children: unknown[];
}

function node(type: JsxNode["type"], name: string, attributes: Record<string, string>): JsxNode {
  const list = Object.entries(attributes).map(
    ([key, value]) => ({ type: "mdxJsxAttribute", name: key, value }) as const,
  );
  return { type, name, attributes: list, children: [] };
}

/** An element or component between blocks; `set:html` gives its content. */
export const block = (name: string, attributes: Record<string, string>): JsxNode =>
  node("mdxJsxFlowElement", name, attributes);

/** The same inside a line of text. */
export const inline = (name: string, attributes: Record<string, string>): JsxNode =>
  node("mdxJsxTextElement", name, attributes);

/** What plugins are told of the document. */
export interface DocumentContext {
  fileURL?: URL;
  setProperty(node: unknown, name: string, value: unknown): void;
}

export interface Positioned {
  position?: { start: { line: number } };
}

/** `content/lessons/05-char-lm/index.mdx:12`, for the author's errors. */
export function placeOf(context: DocumentContext, { position }: Positioned): string {
  const path = decodeURIComponent(context.fileURL?.pathname ?? "?");
  const relative = path.slice(Math.max(0, path.lastIndexOf("/content/") + 1));
  return `${relative}:${position?.start.line ?? "?"}`;
}

/** Folder of the lesson that the document is, "05-char-lm"; undefined for other pages. */
export function lessonOf(context: DocumentContext): string | undefined {
  return /\/content\/lessons\/([^/]+)\/index\.mdx$/.exec(context.fileURL?.pathname ?? "")?.[1];
}
