/**
 * What may stand in a drawing that a cell sent. Everything else is dropped with its content.
 * Left out on purpose: `use` (nested uses multiply without a bound), `a`, `foreignObject`, `feImage`, `style`,
 * `script` and the animation elements (`set` can write any attribute).
 */
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

export const SVG_TAGS = words(
  "svg g path circle ellipse rect line polyline polygon text tspan textPath title desc defs clipPath mask pattern " +
    "marker linearGradient radialGradient stop symbol image filter feDropShadow feGaussianBlur feOffset feMerge " +
    "feMergeNode feFlood feComposite feColorMatrix feBlend",
);

/** The wrappers that Plot puts around a chart and its legends. */
export const HTML_TAGS = words("figure figcaption div span h2 h3");

/** Elements whose content is referred to by others. References from inside them are dropped: chains multiply. */
export const DEFINITIONS = words("clipPath mask pattern marker symbol filter linearGradient radialGradient");

export const ATTRIBUTES = words(
  "viewBox preserveAspectRatio width height x y x1 x2 y1 y2 cx cy r rx ry fx fy fr d points pathLength " +
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset " +
    "stroke-linecap stroke-linejoin stroke-miterlimit vector-effect opacity transform transform-origin " +
    "gradientTransform gradientUnits spreadMethod patternTransform patternUnits patternContentUnits " +
    "clipPathUnits maskUnits maskContentUnits clip-path clip-rule mask marker-start marker-mid marker-end " +
    "markerWidth markerHeight markerUnits refX refY orient offset stop-color stop-opacity text-anchor " +
    "dominant-baseline alignment-baseline font-family font-size font-style font-variant font-weight " +
    "letter-spacing dx dy rotate startOffset textLength lengthAdjust shape-rendering image-rendering " +
    "paint-order color visibility display mix-blend-mode pointer-events filter in in2 result stdDeviation " +
    "flood-color flood-opacity operator mode values type filterUnits primitiveUnits aria-hidden",
);

export const STYLES = words(
  "color background background-color fill fill-opacity stroke stroke-width stroke-opacity stroke-dasharray " +
    "opacity font font-family font-size font-style font-variant font-weight line-height letter-spacing " +
    "text-align text-anchor white-space width height min-width max-width min-height max-height display columns " +
    "flex-wrap align-items gap margin margin-top margin-right margin-bottom margin-left padding padding-top " +
    "padding-right padding-bottom padding-left border border-radius overflow mix-blend-mode paint-order " +
    "user-select --plot-background --color",
);

/** Class names that the site's stylesheet knows. */
export const CLASS_NAME = /^plot-[\w-]{1,80}$/;

const PNG = /^data:image\/png;base64,[A-Za-z0-9+/]+={0,2}$/;
const OWN_REFERENCE = /^\s*url\(\s*(["']?)#([\w.-]{1,200})\1\s*\)\s*$/;
const ANY_FUNCTION = /url|image|expression|element|attr|env|src|@|\\|\/\*|[<>{};:]/i;
/** Colours, transforms and lengths need these; nothing that fetches is among them. */
const SAFE_FUNCTION =
  /^(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark|var|calc|min|max|clamp|translate[XY]?|scale[XY]?|rotate|skew[XY]|matrix)$/i;

export const isPng = (value: string): boolean => PNG.test(value);

/** `url(#clip)` → `clip`; undefined for every other url. */
export const referenceIn = (value: string): string | undefined => OWN_REFERENCE.exec(value)?.[2];

export function isSafeValue(value: string): boolean {
  if (!value.includes("(")) return !/[\\<>{};:@]/.test(value);
  if (ANY_FUNCTION.test(value)) return false;
  return [...value.matchAll(/([\w-]*)\(/g)].every(([, name]) => !name || SAFE_FUNCTION.test(name));
}
