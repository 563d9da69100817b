import fc from "fast-check";
import { renderToString } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import type { Tree } from "#src/notebook/runtime/bundle.ts";
import { buildDrawing } from "./build-drawing.ts";
import { styleObject } from "./svg-style.ts";
import { SvgTree } from "./svg-tree.tsx";

const draw = (tree: unknown, description = "A line that rises"): string =>
  renderToString(<SvgTree tree={tree as Tree} prefix="p-a-0-" description={description} />);

const svg = (...children: unknown[]): unknown => ["svg", { viewBox: "0 0 640 400" }, ...children];

describe("a hostile drawing", () => {
  const url = "http://evil.example/x";
  const hostile: [string, unknown][] = [
    ["script", svg(["script", {}, "steal()"])],
    ["script in HTML", ["figure", {}, ["script", {}, "steal()"]]],
    ["script with a src", svg(["script", { href: url }])],
    ["onload on the root", ["svg", { onload: "steal()" }]],
    ["onclick", svg(["circle", { onclick: "steal()", r: "1" }])],
    ["ONERROR in capitals", svg(["image", { ONERROR: "steal()", href: "x" }])],
    ["onbegin of an animation", svg(["animate", { onbegin: "steal()", attributeName: "x" }])],
    ["set that writes an href", svg(["a", {}, ["set", { attributeName: "href", to: "javascript:steal()" }]])],
    ["a javascript link", svg(["a", { href: "javascript:steal()" }, "click"])],
    ["a link away", svg(["a", { href: url }, "click"])],
    ["xlink:href javascript", svg(["a", { "xlink:href": "java\nscript:steal()" }])],
    ["an image from elsewhere", svg(["image", { href: url }])],
    ["an image by xlink", svg(["image", { "xlink:href": url }])],
    ["an SVG image as data", svg(["image", { href: "data:image/svg+xml;base64,PHN2Zy8+" }])],
    ["a data image with an appendix", svg(["image", { href: 'data:image/png;base64,AA" onload="steal()' }])],
    ["feImage", svg(["filter", {}, ["feImage", { href: url }]])],
    ["use from elsewhere", svg(["use", { href: `${url}#a` }])],
    ["use of its own parts, which can multiply", svg(["use", { href: "#bomb" }])],
    ["foreignObject", svg(["foreignObject", {}, ["div", {}, ["iframe", { src: url }]]])],
    ["iframe", ["figure", {}, ["iframe", { src: url }]]],
    ["object", ["figure", {}, ["object", { data: url }]]],
    ["img", ["figure", {}, ["img", { src: url }]]],
    ["form", ["figure", {}, ["form", { action: url }, ["input", { name: "password" }]]]],
    ["meta refresh", ["figure", {}, ["meta", { "http-equiv": "refresh", content: `0;url=${url}` }]]],
    ["base", ["figure", {}, ["base", { href: url }]]],
    ["style element", svg(["style", {}, `@import "${url}"`])],
    ["link element", ["figure", {}, ["link", { rel: "stylesheet", href: url }]]],
    ["fill from elsewhere", svg(["rect", { fill: `url(${url}#a)` }])],
    ["filter from elsewhere", svg(["rect", { filter: `url("${url}#a")` }])],
    ["url with an escape", svg(["rect", { fill: `u\\72l(${url})` }])],
    ["url with a comment", svg(["rect", { mask: `url/**/(${url})` }])],
    ["image-set", svg(["rect", { mask: `image-set("${url}" 1x)` }])],
    ["style with a url", ["div", { style: `background: url(${url})` }]],
    ["style with an escaped url", ["div", { style: `background: u\\rl(${url})` }]],
    ["style with an import", ["div", { style: `color: red; @import "${url}"` }]],
    ["style that covers the page", ["div", { style: "position: fixed; inset: 0; z-index: 9999" }]],
    ["expression", ["div", { style: "width: expression(steal())" }]],
    ["behavior", ["div", { style: `-moz-binding: url(${url}); behavior: url(${url})` }]],
    ["a class of the site", ["div", { class: "site-header hover-tip" }]],
    ["contenteditable", ["div", { contenteditable: "true", autofocus: "", tabindex: "1" }]],
    ["markup for Preact", ["div", { dangerouslySetInnerHTML: { __html: "<script>steal()</script>" } }]],
    ["a vnode as a child", svg({ type: "script", props: { children: "steal()" }, constructor: undefined })],
    ["a vnode as an attribute", svg(["rect", { fill: { toString: () => "url(x)" } }])],
    ["a tag with markup", svg(['g onload="steal()"', {}])],
    ["a prototype's name as a tag", svg(["constructor", {}, "x"], ["__proto__", {}])],
  ];
  const forbidden =
    /steal|evil|javascript|script|iframe|onload|onclick|onerror|foreign|<use|<a[ >]|<style|import|fixed|z-index|contenteditable|autofocus|site-header|class="hover|svg\+xml|url\(|<form|<meta|<base|<link/i;

  test.each(hostile)("loses %s", (_, tree) => {
    expect(draw(tree)).not.toMatch(forbidden);
  });

  test("shows text that looks like markup as text", () => {
    expect(draw(svg(["text", {}, "<script>x</script>"]))).toContain("&lt;script>x&lt;/script>");
  });

  test("of any shape is drawn without a failure and with allowed names only", () => {
    const name = fc.oneof(
      fc.constantFrom(
        "svg",
        "g",
        "script",
        "style",
        "a",
        "use",
        "image",
        "div",
        "h2",
        "foreignObject",
        "onload",
        "href",
      ),
      fc.string(),
    );
    const value = fc.oneof(fc.constantFrom("url(#a)", "url(http://x)", "javascript:x", "#a"), fc.string());
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.string(),
        fc
          .tuple(
            name,
            fc.dictionary(fc.oneof(name, fc.constantFrom("style", "id", "fill")), value),
            fc.array(tie("tree")),
          )
          .map(([tag, attributes, children]) => [tag, attributes, ...children]),
        fc.anything(),
      ),
    }));
    fc.assert(
      fc.property(tree, (any) => {
        const html = draw(any);
        const tags = [...html.matchAll(/<([a-zA-Z]+)((?: [\w:-]+(?:="[^"]*")?)*) ?\/?>/g)];
        for (const [, tag, attributes] of tags) {
          expect(tag).not.toMatch(/^(script|style|a|use|iframe|foreignObject|object|img|form|input)$/i);
          expect(attributes?.replace(/ (aria-label|data-hover)="[^"]*"/g, "")).not.toMatch(
            / on\w+=|javascript:|url\((?!#p-a-0-)/i,
          );
        }
        for (const [, id] of html.matchAll(/ id="([^"]*)"/g)) expect(id).toMatch(/^p-a-0-/);
      }),
      { numRuns: 500 },
    );
  });

  test("that is endless is cut, and says so", () => {
    const points = Array.from({ length: 60_100 }, () => ["circle", { r: "1" }]);
    const drawing = buildDrawing(svg(...points), "p-", "dots");
    expect(drawing.isCut).toBe(true);
    let deep: unknown = ["g", {}];
    for (let k = 0; k < 100; k++) deep = ["g", {}, deep];
    expect(draw(svg(deep))).toContain("This drawing has more than 60,000 elements, or nests too deeply");
    const loop: unknown[] = ["g", { "data-hover": "{}" }];
    loop.push(loop);
    expect(draw(svg(loop))).toContain("the rest is left out");
  });
});

describe("a chart", () => {
  test("keeps its marks, Plot's classes and its colours", () => {
    const html = draw(
      [
        "svg",
        { class: "plot-d6a7b5 other", viewBox: "0 0 1 1", fill: "currentColor" },
        ["path", { d: "M0,0L1,1" }],
      ],
      "x",
    );
    expect(html).toContain('class="plot-d6a7b5"');
    expect(html).toContain('viewBox="0 0 1 1"');
    expect(html).toContain('<path d="M0,0L1,1"></path>');
  });

  test("has ids of its own, and references that follow them", () => {
    const clip = ["clipPath", { id: "plot-clip-1", clipPathUnits: "userSpaceOnUse" }, ["rect", {}]];
    const html = draw(svg(clip, ["g", { "clip-path": "url(#plot-clip-1)" }]));
    expect(html).toContain('id="p-a-0-plot-clip-1"');
    expect(html).toContain('clip-path="url(#p-a-0-plot-clip-1)"');
    expect(html).toContain("clipPathUnits=");
  });

  test("cannot chain definitions, which would multiply", () => {
    const html = draw(svg(["mask", { id: "a" }, ["g", { mask: "url(#b)" }], ["g", { mask: "url(#b)" }]]));
    expect(html).not.toContain("url(");
  });

  test("has a name: its own, else its title, else the bundle's text", () => {
    expect(draw(["svg", { "aria-label": "Loss" }])).toContain('role="img" aria-label="Loss"');
    expect(draw(["figure", {}, ["h2", {}, "Loss falls"], ["svg", {}]])).toContain('aria-label="Loss falls"');
    expect(draw(["svg", {}])).toContain('aria-label="A line that rises"');
  });

  test("names no parts inside, and no swatches beside words", () => {
    const html = draw([
      "figure",
      {},
      ["span", { class: "plot-1-swatch" }, ["svg", { "aria-label": "no" }], "train"],
      ["svg", {}, ["g", { "aria-label": "dot" }]],
    ]);
    expect(html).toContain('<svg aria-hidden="true"></svg>train');
    expect(html.match(/aria-label/g)).toHaveLength(1);
  });

  test("describes the colour scale of a legend", () => {
    const ramp = ["svg", { class: "plot-1-ramp" }, ["text", {}, "0"], ["text", {}, "10"]];
    expect(draw(ramp)).toContain('aria-label="Colour scale: 0 10"');
  });

  test("can be focused when it has points to read", () => {
    const points = '{"x":[1],"y":[2],"label":["loss 2"]}';
    expect(draw(svg(["g", { "data-hover": points }]))).toMatch(/<svg[^>]*tabindex="0"/);
    expect(draw(svg(["g", {}]))).not.toContain("tabindex");
  });

  test("draws rasters that carry their bytes", () => {
    expect(draw(svg(["image", { href: "data:image/png;base64,iVBORw0KGgo=" }]))).toContain(
      '<image href="data:image/png;base64,iVBORw0KGgo="></image>',
    );
  });

  test("writes no headings into the lesson", () => {
    expect(draw(["figure", {}, ["h2", {}, "T"], ["h3", {}, "s"]])).toContain(
      '<div class="plot-title">T</div><div class="plot-subtitle">s</div>',
    );
  });
});

test("styles keep what dresses text and boxes", () => {
  expect(
    styleObject("max-width:initial; font-variant: tabular-nums; --plot-background: var(--paper)"),
  ).toEqual({
    maxWidth: "initial",
    fontVariant: "tabular-nums",
    "--plot-background": "var(--paper)",
  });
  expect(styleObject("position: absolute; top: 0")).toBeUndefined();
});
