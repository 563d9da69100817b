import { type ComponentChild, h } from "preact";
import { letters } from "./math-letters.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const TAGS = words(
  "math semantics annotation mrow mi mo mn mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover " +
    "mtable mtr mtd mlabeledtr mstyle mpadded mphantom menclose merror mmultiscripts none mprescripts",
);
const ATTRIBUTES = words(
  "display mathvariant mathcolor mathbackground mathsize displaystyle scriptlevel stretchy fence separator accent " +
    "accentunder largeop movablelimits symmetric lspace rspace minsize maxsize form linethickness rowspacing " +
    "columnalign columnspacing columnlines rowlines rowalign side width height depth voffset notation encoding " +
    "align subscriptshift superscriptshift",
);

const TOKEN = /<(\/?)([A-Za-z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };

const decode = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => ENTITIES[name] ?? "");

interface Open {
  tag: string;
  props: Record<string, string>;
  children: ComponentChild[];
}

/** KaTeX's MathML markup as vnodes: pages with Trusted Types take no markup. Other elements give their content. */
export function mathNodes(markup: string): ComponentChild[] {
  const root: Open = { tag: "", props: {}, children: [] };
  const stack: Open[] = [root];
  for (const [, slash, tag, attributes = "", isEmpty, text] of markup.matchAll(TOKEN)) {
    const top = stack.at(-1) ?? root;
    if (text !== undefined) top.children.push(decode(text));
    else if (!slash) {
      stack.push({ tag: tag ?? "", props: propsOf(attributes), children: [] });
      if (isEmpty) close(stack);
    } else if (stack.length > 1) close(stack);
  }
  while (stack.length > 1) close(stack);
  return root.children;
}

function close(stack: Open[]): void {
  const { tag, props, children } = stack.pop()!;
  const parent = stack.at(-1)!;
  const variant = props.mathvariant ?? "";
  const [text] = children;
  const styled = children.length === 1 && typeof text === "string" ? letters(text, variant) : undefined;
  if (styled !== undefined) {
    delete props.mathvariant;
    children[0] = styled;
  }
  if (TAGS.has(tag)) parent.children.push(h(tag, props, ...children));
  else parent.children.push(...children);
}

function propsOf(text: string): Record<string, string> {
  const props: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.matchAll(ATTRIBUTE)) {
    if (ATTRIBUTES.has(name)) props[name] = decode(value);
  }
  return props;
}
