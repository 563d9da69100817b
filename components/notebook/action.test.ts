import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { need, route } from "./action.ts";

const { document } = parseHTML(`
  <section data-cell="train">
    <pre data-source tabindex="0"><code><span id="word">const</span></code></pre>
    <div data-editor id="frame"><div id="inside"></div></div>
    <button data-action="run"><svg id="mark"></svg></button>
    <input data-input="rate" data-cell="train" type="range">
    <button data-input="again" data-cell="train">Again</button>
    <svg id="chart"><g data-hover="{}"><g id="plot"></g></g></svg><svg id="icon"></svg>
  </section>
  <button data-action="run-all">Run all</button>
  <p id="prose">Text</p>`);
const at = (selector: string) => document.querySelector(selector) as unknown as HTMLElement;
const key = (name: string, selector: string, more = {}) =>
  route({ type: "keydown", key: name, target: at(selector), ...more });

describe("what a reader's event asks for", () => {
  it("runs the cell whose run mark is pressed, also on the mark's drawing", () => {
    expect(route({ type: "click", target: at("#mark") })).toMatchObject({ name: "run", cell: "train" });
    expect(route({ type: "click", target: at("[data-action=run-all]") })).toMatchObject({
      name: "run-all",
      cell: undefined,
    });
  });
  it("opens the editor where the code is clicked, but not when text was selected", () => {
    const click = { type: "click", target: at("#word"), clientX: 10, clientY: 20 };
    expect(route(click)).toMatchObject({ name: "edit", cell: "train", point: { x: 10, y: 20 } });
    expect(route({ ...click, isSelecting: true })).toBeUndefined();
  });
  it("knows the keys on code at rest: Enter, Shift+Enter, Ctrl+Enter, Cmd+Enter", () => {
    expect(key("Enter", "pre")).toMatchObject({ name: "edit", cell: "train" });
    expect(key("Enter", "pre", { shiftKey: true })).toEqual({ name: "run-next", cell: "train" });
    expect(key("Enter", "pre", { ctrlKey: true })).toMatchObject({ name: "run", cell: "train" });
    expect(key("Enter", "pre", { metaKey: true })).toMatchObject({ name: "run", cell: "train" });
    expect(key("Enter", "#frame")).toMatchObject({ name: "edit", cell: "train" });
  });
  it("leaves the editor's keys to the editor and the page's keys to the browser", () => {
    expect(key("Enter", "#inside")).toBeUndefined();
    expect(key("Enter", "#prose")).toBeUndefined();
    expect(key("a", "pre")).toBeUndefined();
  });
  it("stops with Ctrl+. and Cmd+. from anywhere, unless the editor has done it", () => {
    expect(key(".", "#prose", { ctrlKey: true })).toEqual({ name: "stop" });
    expect(key(".", "#prose", { metaKey: true })).toEqual({ name: "stop" });
    expect(key(".", "#inside", { ctrlKey: true, defaultPrevented: true })).toBeUndefined();
  });
  it("takes the first touch of a control", () => {
    expect(route({ type: "input", target: at("input") })).toMatchObject({ name: "input", cell: "train" });
    expect(route({ type: "click", target: at("[data-input=again]") })).toMatchObject({
      name: "input",
      cell: "train",
    });
  });
  it("finds nothing in the prose", () => {
    expect(route({ type: "click", target: at("#prose") })).toBeUndefined();
    expect(need({ type: "pointerover", target: at("#prose") })).toBeUndefined();
  });
});

describe("what a reader is about to need", () => {
  it("is the notebook near a button or a control, the editor at code, the hover layer over a plot", () => {
    expect(need({ type: "pointerover", target: at("#mark") })).toBe("notebook");
    expect(need({ type: "focusin", target: at("input") })).toBe("notebook");
    expect(need({ type: "focusin", target: at("pre") })).toBe("editor");
    expect(need({ type: "pointerover", target: at("pre") })).toBeUndefined();
    expect(need({ type: "pointerover", target: at("#plot") })).toBe("hover");
    expect(need({ type: "focusin", target: at("#chart") })).toBe("hover");
    expect(need({ type: "pointerover", target: at("#icon") })).toBeUndefined();
  });
});
