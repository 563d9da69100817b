import { parseHTML } from "linkedom/worker";
import { createCanvasContext } from "./canvas.ts";

interface CanvasLike {
  width: number;
  height: number;
  getContext(kind: string): unknown;
  toDataURL(): string;
}

/** A document to draw into where there is none: linkedom's, with canvases that know how to become pictures. */
export function createDocument(): Document {
  const { document } = parseHTML("<!doctype html><html><body></body></html>") as { document: Document };
  const createElement = document.createElement.bind(document);
  const create = (name: string) => {
    const element = createElement(name);
    return name.toLowerCase() === "canvas" ? withPixels(element as unknown as CanvasLike) : element;
  };
  Object.assign(document, { createElement: create });
  return document;
}

function withPixels(canvas: CanvasLike): unknown {
  let context: ReturnType<typeof createCanvasContext> | undefined;
  Object.defineProperties(canvas, {
    width: { value: 300, writable: true },
    height: { value: 150, writable: true },
    getContext: {
      value: (kind: string) => (kind === "2d" ? (context ??= createCanvasContext(canvas)) : null),
    },
    toDataURL: { value: () => context?.toDataURL() ?? "data:," },
  });
  return canvas;
}
