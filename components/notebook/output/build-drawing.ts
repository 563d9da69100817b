import { type ComponentChild, h } from "preact";
import type { Tree } from "#src/notebook/runtime/bundle.ts";
import {
  ATTRIBUTES,
  CLASS_NAME,
  DEFINITIONS,
  HTML_TAGS,
  SVG_TAGS,
  isPng,
  isSafeValue,
  referenceIn,
} from "./svg-allowed.ts";
import { styleObject } from "./svg-style.ts";

export const MAX_NODES = 60_000;
export const MAX_DEPTH = 64;
const MAX_HOVER_LENGTH = 500_000;

export interface Drawing {
  content: ComponentChild;
  /** true when the drawing was larger than the page draws */
  isCut: boolean;
}

interface Walk {
  /** stands before every id */
  prefix: string;
  /** the accessible name of the chart */
  label: string;
  nodesLeft: number;
  isCut: boolean;
}

/** Where the walk is: what the elements above decide for those below. */
interface Place {
  depth: number;
  isInSvg: boolean;
  isInSwatch: boolean;
  isInDefinition: boolean;
}

type Props = Record<string, unknown>;

/** Rebuilds a drawing from what is allowed, with its own ids. Accepts anything; draws what it knows. */
export function buildDrawing(tree: unknown, prefix: string, description: string): Drawing {
  const label = titleOf(tree) || description;
  const walk: Walk = { prefix, label, nodesLeft: MAX_NODES, isCut: false };
  const start: Place = { depth: 0, isInSvg: false, isInSwatch: false, isInDefinition: false };
  return { content: build(tree, start, walk), isCut: walk.isCut };
}

function build(tree: unknown, place: Place, walk: Walk): ComponentChild {
  if (typeof tree === "string") return tree;
  if (!Array.isArray(tree) || typeof tree[0] !== "string") return null;
  if (place.depth > MAX_DEPTH || walk.nodesLeft <= 0) {
    walk.isCut = true;
    return null;
  }
  walk.nodesLeft -= 1;
  const [tag, attributes] = tree as [string, unknown];
  if (!(place.isInSvg ? SVG_TAGS.has(tag) : tag === "svg" || HTML_TAGS.has(tag))) return null;
  if (tag === "image" && !hasPng(attributes)) return null;
  const props = propsOf(tag, attributes, place, walk);
  if (tag === "svg" && !place.isInSvg) Object.assign(props, chartProps(tree, props, place, walk));
  const inside: Place = {
    depth: place.depth + 1,
    isInSvg: place.isInSvg || tag === "svg",
    isInSwatch: place.isInSwatch || /-swatch(\s|$)/.test(String(props.class ?? "")),
    isInDefinition: place.isInDefinition || DEFINITIONS.has(tag),
  };
  const children: ComponentChild[] = [];
  for (let i = 2; i < tree.length; i++) children.push(build(tree[i], inside, walk));
  return h(nameInPage(tag), props, ...children);
}

/** Plot's titles are no headings of the lesson. */
function nameInPage(tag: string): string {
  return tag === "h2" || tag === "h3" ? "div" : tag;
}

const entriesOf = (attributes: unknown): [string, string][] =>
  Object.entries(attributes ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string");

const hrefOf = (attributes: unknown): string | undefined =>
  entriesOf(attributes).find(([name]) => name === "href" || name === "xlink:href")?.[1];

const hasPng = (attributes: unknown): boolean => isPng(hrefOf(attributes) ?? "");

function propsOf(tag: string, attributes: unknown, place: Place, walk: Walk): Props {
  const props: Props = {};
  for (const [name, value] of entriesOf(attributes)) {
    if (name === "style") props.style = styleObject(value);
    else if (name === "class") props.class = classNames(value);
    else if (name === "id") props.id = walk.prefix + value.replace(/[^\w.-]/g, "_").slice(0, 200);
    else if (name === "href" || name === "xlink:href") Object.assign(props, reference(tag, value, walk));
    else if (name === "data-hover" && value.length <= MAX_HOVER_LENGTH) props["data-hover"] = value;
    else if (ATTRIBUTES.has(name)) Object.assign(props, { [name]: attributeValue(value, place, walk) });
  }
  if (tag === "h2") props.class = "plot-title";
  if (tag === "h3") props.class = "plot-subtitle";
  return props;
}

function classNames(value: string): string | undefined {
  const known = value.split(/\s+/).filter((name) => CLASS_NAME.test(name));
  return known.length > 0 ? known.join(" ") : undefined;
}

/** The value, `url(#id)` with our id; undefined when it is refused. */
function attributeValue(value: string, place: Place, walk: Walk): string | undefined {
  const id = referenceIn(value);
  if (id !== undefined) return place.isInDefinition ? undefined : `url(#${walk.prefix}${id})`;
  return isSafeValue(value) ? value : undefined;
}

/** Pictures carry their bytes; gradients and text paths may refer to an element of the same drawing. */
function reference(tag: string, value: string, walk: Walk): Props {
  if (tag === "image") return isPng(value) ? { href: value } : {};
  const id = /^#([\w.-]{1,200})$/.exec(value)?.[1];
  const isReferring = tag === "textPath" || tag === "linearGradient" || tag === "radialGradient";
  return id && isReferring ? { href: `#${walk.prefix}${id}` } : {};
}

/** What makes an outermost svg readable: a name, or silence for the swatch beside a word. */
function chartProps(tree: unknown[], props: Props, place: Place, walk: Walk): Props {
  if (place.isInSwatch) return { "aria-hidden": "true" };
  const isLegend = /-ramp(\s|$)/.test(String(props.class ?? ""));
  const own = ariaLabel(tree[1]);
  const label = isLegend ? `Colour scale: ${textOf(tree).slice(0, 200)}` : own || walk.label;
  const hasPoints = carriesHover(tree, 0);
  return {
    role: "img",
    "aria-label": label,
    "aria-hidden": undefined,
    ...(hasPoints ? { tabindex: 0 } : {}),
  };
}

const ariaLabel = (attributes: unknown): string =>
  entriesOf(attributes).find(([name]) => name === "aria-label")?.[1] ?? "";

function carriesHover(tree: unknown, depth: number): boolean {
  if (!Array.isArray(tree) || depth > MAX_DEPTH) return false;
  if (entriesOf(tree[1]).some(([name]) => name === "data-hover")) return true;
  return tree.slice(2, 2 + MAX_NODES).some((child) => carriesHover(child, depth + 1));
}

function textOf(tree: Tree | unknown, depth = 0): string {
  if (typeof tree === "string") return tree;
  if (!Array.isArray(tree) || depth > MAX_DEPTH || tree[0] === "style") return "";
  return tree
    .slice(2, 200)
    .map((child) => textOf(child, depth + 1))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

/** The text of the title that Plot writes above a chart. */
function titleOf(tree: unknown): string {
  if (!Array.isArray(tree) || tree[0] !== "figure") return "";
  const title: unknown = tree
    .slice(2, 10)
    .find((child: unknown) => Array.isArray(child) && child[0] === "h2");
  return textOf(title);
}
